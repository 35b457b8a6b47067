"""`tocsin report`: a campaign, or a comparison, as a page."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli.commands.evidence.sensitivity import Folder
from flows.cli.commands.options import FLAG, Lang
from flows.terminal import console
from results.presentation.language import _
from topologies.errors import InputError, Message

Name = Annotated[
    str,
    typer.Argument(
        metavar=_("CAMPAIGN|COMPARISON"),
        help=_("Its name in the store, as `tocsin run` or `tocsin compare` tells it."),
    ),
]
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
Replace = Annotated[
    bool, typer.Option("--replace", metavar=FLAG, help=_("Replace the file if it exists already."))
]


class NoPage(InputError):
    """The file cannot be a page."""


def report(
    name: Name,
    *,
    output: Output,
    store: Folder = "store",
    tlp: Sharing = "AMBER",
    names: Names = "real",
    replace: Replace = False,
    lang: Lang = None,
) -> None:
    """The page is written, and said where."""
    if output.suffix.lower() not in {".html", ".pdf"}:
        raise NoPage(
            Message("{file} ends neither in .html nor in .pdf; give it a name that does", {"file": output})
        )
    import results
    from results.report import Asked, NamesShown, Tlp, page_of, pdf_of
    from topologies.writing.file import refuse_file, written_file

    refuse_file(output, replace=replace)
    opened, asked = results.open(store), Asked(tlp=Tlp(tlp), names=NamesShown(names))
    if output.suffix.lower() == ".pdf":
        content, told = pdf_of(opened, name, asked), _("{file} is written.")
    else:
        content = page_of(opened, name, asked).encode()
        told = _("{file} is written: open it in a browser; it needs no network.")
    written_file(content, output, replace=replace)
    console.facts().print(told.format(file=output), soft_wrap=True)
