"""`tocsin store views`: a folder of results as views, for who asks it in SQL."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.commands.documents.report import Replace
from flows.cli.commands.options import Lang
from flows.cli.commands.store.check import Folder
from flows.terminal import console
from results.presentation.language import _
from results.presentation.numbers import number

if TYPE_CHECKING:
    from results import Store

Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        metavar=_("FILE.sql"),
        help=_("The file that is written; without it, standard output."),
    ),
]


def views(
    folder: Folder = "store", *, output: Output = None, replace: Replace = False, lang: Lang = None
) -> None:
    """The statements are written, and it is told what no view holds yet."""
    import results
    from topologies.writing.file import written_file

    opened = results.open(folder)
    statements = results.views(opened)
    if output is None:
        print(statements, end="")
    else:
        written_file(statements.encode(), output, replace=replace)
        told = _("{file} is written. To ask: duckdb -init {file}")
        console.facts().print(told.format(file=output), soft_wrap=True)
    _tell_what_is_missing(opened)


def _tell_what_is_missing(opened: "Store") -> None:
    """Campaigns that are not sealed, and how far they are."""
    from results.sql.views import unsealed

    for campaign, finished in unsealed(opened):
        told = _(
            "{campaign} is not sealed yet, and in no view: {count} {count:replication is|replications are} finished; "
            "run it again to its end."
        )
        sentence = told.format(campaign=campaign, count=number(finished))
        console.say_at_once(sentence)
