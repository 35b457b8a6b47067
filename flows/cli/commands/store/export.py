"""`tocsin store export`: what a campaign, or a comparison, says, for a spreadsheet."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.commands.campaigns.show import Name
from flows.cli.commands.documents.report import Replace, Sharing
from flows.cli.commands.options import Lang, Store
from flows.terminal import console
from results.exports.names import TableName
from results.presentation.language import _
from topologies.errors import InputError, Message

Output = Annotated[
    Path, typer.Option("--output", metavar=_("FILE.xlsx|FILE.csv"), help=_("The file that is written."))
]
Tables = Annotated[
    list[TableName] | None,
    typer.Argument(
        metavar=_("TABLE"),
        help=_(
            "Of a campaign: verdict, added, waits, departments, indicators, hours_bands; of a comparison: standing, "
            "added, differences. Without one, all but hours_bands."
        ),
    ),
]


class NoSpreadsheet(InputError):
    """The file cannot be a spreadsheet."""


def export(
    name: Name,
    tables: Tables = None,
    *,
    output: Output,
    tlp: Sharing = "AMBER",
    store: Store = "store",
    replace: Replace = False,
    lang: Lang = None,
) -> None:
    """The file is written, and it is told with whom it may be shared."""
    suffix = output.suffix.lower()
    if suffix not in {".xlsx", ".csv"}:
        told = Message("{file} ends neither in .xlsx nor in .csv; give it a name that does", {"file": output})
        raise NoSpreadsheet(told)
    if suffix == ".csv" and len(tables or ()) != 1:
        raise NoSpreadsheet(
            Message(
                "a CSV file holds one table: name one, or write {file}, which holds several",
                {"file": output.with_suffix(".xlsx")},
            )
        )
    import results
    from results.exports.export import csv_file, workbook
    from results.report import Tlp
    from topologies.writing.file import refuse_file, written_file

    refuse_file(output, replace=replace)
    opened = results.open(store)
    content = (
        csv_file(opened, name, tables[0])
        if suffix == ".csv" and tables
        else workbook(opened, name, tables or [], Tlp(tlp))
    )
    written_file(content, output, replace=replace)
    told_where = (
        _("{file} is written. A CSV file bears no mark: tell those who get it that it is TLP:{tlp}.")
        if suffix == ".csv"
        else _("{file} is written, marked TLP:{tlp}.")
    ).format(file=output, tlp=tlp)
    console.facts().print(told_where, soft_wrap=True)
