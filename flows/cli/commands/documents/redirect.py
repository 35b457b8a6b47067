"""`tocsin redirect`: who takes the patients of a hospital that can take none, as a booklet to print."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.commands import completing
from flows.cli.commands.documents.report import NoPage, Replace, Sharing
from flows.cli.commands.options import Lang, Store
from flows.terminal import console
from results.presentation.language import _
from topologies.errors import Message

Planned = Annotated[
    str,
    typer.Argument(
        metavar=_("REGION"),
        autocompletion=completing.regions,
        help=_("A region: its name, or a folder of your own."),
    ),
]
Out = Annotated[
    Path, typer.Option("--out", metavar=_("FILE.html|FILE.pdf"), help=_("The file that is written."))
]
Crises = Annotated[
    str | None,
    typer.Option(
        "--campaign",
        metavar=_("CAMPAIGN"),
        help=_(
            "A campaign of the region: who is down in a crisis has no room in it. Without it, an ordinary day."
        ),
    ),
]


def redirect(
    region: Planned,
    *,
    out: Out,
    campaign: Crises = None,
    store: Store = "store",
    tlp: Sharing = "AMBER",
    replace: Replace = False,
    lang: Lang = None,
) -> None:
    """The booklet is written, and it is said to be printed."""
    if out.suffix.lower() not in {".html", ".pdf"}:
        raise NoPage(
            Message("{file} ends neither in .html nor in .pdf; give it a name that does", {"file": out})
        )
    import results
    import topologies
    from results.redirect import booklet_of
    from results.report import Tlp
    from topologies.writing.file import refuse_file, written_file

    refuse_file(out, replace=replace)
    crises = results.open(store).snapshot(campaign) if campaign else None
    booklet = booklet_of(topologies.load(region), Tlp(tlp), crises)
    content = booklet.pdf() if out.suffix.lower() == ".pdf" else booklet.page().encode()
    written_file(content, out, replace=replace)
    told = _("{file} is written: print it now, and keep it where it is read when nothing else works.")
    console.facts().print(told.format(file=out), soft_wrap=True)
