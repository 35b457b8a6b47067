"""`tocsin report`: a campaign, or a comparison, as a page."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.cli.commands.campaigns.show import Name
from flows.cli.commands.options import FLAG, Lang, Store
from flows.terminal import console
from results.presentation.language import _
from results.presentation.numbers import number
from topologies.errors import InputError, Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from results.report import Report

Output = Annotated[
    Path, typer.Option("--output", metavar=_("FILE.html|FILE.pdf"), help=_("The file that is written."))
]
Sharing = Annotated[
    Literal["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"],
    typer.Option(
        "--tlp",
        case_sensitive=False,
        help=_("With whom it may be shared, by the Traffic Light Protocol; it names who is weak where."),
    ),
]
Names = Annotated[
    Literal["real", "anonymised"],
    typer.Option("--names", help=_("Establishments by their names, or numbered, without a map.")),
]
Figures = Annotated[
    Path | None,
    typer.Option(
        "--figures", metavar=_("FOLDER"), help=_("A folder for its figures alone, as SVG and as PNG.")
    ),
]
Replace = Annotated[
    bool, typer.Option("--replace", metavar=FLAG, help=_("Replace the file if it exists already."))
]


class NoPage(InputError):
    """The file cannot be a page."""


def report(
    name: Name,
    *,
    output: Output,
    store: Store = "store",
    tlp: Sharing = "AMBER",
    names: Names = "real",
    figures: Figures = None,
    replace: Replace = False,
    lang: Lang = None,
) -> None:
    """The page is written, and said where."""
    if output.suffix.lower() not in {".html", ".pdf"}:
        raise NoPage(
            Message("{file} ends neither in .html nor in .pdf; give it a name that does", {"file": output})
        )
    import results
    from results.report import Asked, NamesShown, Tlp, library, report_of
    from topologies.writing.file import refuse_file, written_file

    refuse_file(output, replace=replace)
    on_paper = output.suffix.lower() == ".pdf"
    if not on_paper:
        library.begin()
    told = report_of(results.open(store), name, Asked(tlp=Tlp(tlp), names=NamesShown(names)))
    written_file(told.pdf() if on_paper else told.page().encode(), output, replace=replace)
    sentence = (
        _("{file} is written.")
        if on_paper
        else _("{file} is written: open it in a browser; it needs no network.")
    )
    console.facts().print(sentence.format(file=output), soft_wrap=True)
    if figures is not None:
        written = [*_written(told, figures, replace=replace)]
        counted = _("{folder}: {count} {count:figure|figures} as SVG and as PNG.")
        console.facts().print(counted.format(folder=figures, count=number(len(written))), soft_wrap=True)


def _written(told: "Report", folder: Path, *, replace: bool) -> "Iterator[Path]":
    """Each figure in two files of its name."""
    from topologies.writing.file import written_file

    for figure in told.figures():
        for suffix, content in ((".svg", figure.svg.encode()), (".png", figure.png())):
            file = folder / f"{figure.name}{suffix}"
            written_file(content, file, replace=replace)
        yield file
