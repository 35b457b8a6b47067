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
    Path, typer.Option("--output", metavar=_("FILE.html"), help=_("The file that is written."))
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
    if output.suffix.lower() != ".html":
        raise NoPage(Message("{file} does not end in .html; give it a name that does", {"file": output}))
    import results
    from results.report import Asked, NamesShown, Tlp, page_of
    from topologies.writing.file import refuse_file, written_file

    refuse_file(output, replace=replace)
    page = page_of(results.open(store), name, Asked(tlp=Tlp(tlp), names=NamesShown(names)))
    written_file(page.encode(), output, replace=replace)
    told = _("{file} is written: open it in a browser; it needs no network.")
    console.facts().print(told.format(file=output), soft_wrap=True)
