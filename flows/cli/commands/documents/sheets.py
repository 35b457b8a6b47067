"""`tocsin sheets`: a page for the director of each establishment, as a file each."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.commands.documents.report import Names, Replace, Sharing
from flows.cli.commands.options import CampaignName, Lang, Store
from flows.terminal import console, progress
from results.presentation.language import _
from results.presentation.numbers import number

Into = Annotated[
    Path,
    typer.Option(
        "--output",
        "--out",
        metavar=_("FOLDER"),
        help=_("The folder that the sheets and their index are written to."),
    ),
]


def sheets(
    campaign: CampaignName,
    *,
    output: Into,
    store: Store = "store",
    tlp: Sharing = "AMBER",
    names: Names = "real",
    replace: Replace = False,
    lang: Lang = None,
) -> None:
    """A PDF of one page for each establishment, and an index; it is said where."""
    import results
    from results.report import Asked, NamesShown, Tlp
    from results.sheets import INDEX, index_of, printed, sheets_of
    from topologies.writing.file import refuse_file, written_file

    with progress.counting(_("Sheets")) as count:
        made = sheets_of(results.open(store), campaign, Asked(tlp=Tlp(tlp), names=NamesShown(names)))
        every = [*made]
        for file in (*(sheet.file for sheet in every), INDEX):
            refuse_file(output / file, replace=replace)
        for done, (sheet, pdf) in enumerate(printed(every)):
            written_file(pdf, output / sheet.file, replace=replace)
            count(done + 1, len(every))
        written_file(index_of(made.findings, every), output / INDEX, replace=replace)
    told = _("{folder}: {count} {count:sheet|sheets}, a page each, and {index}, which says who is told what.")
    console.facts().print(told.format(folder=output, count=number(len(every)), index=INDEX), soft_wrap=True)
