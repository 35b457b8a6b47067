"""The verbs `store …`: a folder of results checked, repaired, copied, and opened to other programs."""

import typer

from flows.cli.commands.options import Lang, Verb, Verbs, example
from flows.cli.commands.store.check import check, repair
from flows.cli.commands.store.copy import copy
from flows.cli.commands.store.export import export
from flows.cli.commands.store.views import views
from results.presentation.language import _

store = typer.Typer(cls=Verbs, add_completion=False, subcommand_metavar=_("VERB [OPTIONS]"))


@store.callback(
    help=_("A folder of results: is it still what was written, and how do other programs read it?"),
    epilog=example("tocsin store check"),
)
def _without_a_verb(*, lang: Lang = None) -> None:
    """The options that stand before the verb."""


VERBS = (
    (
        check,
        _(
            "Compare every file of the results with what was written, and report each problem with its remedy."
        ),
        "tocsin store check store",
    ),
    (
        repair,
        _(
            "Rewrite what is damaged, byte for byte, running only the replications that this needs. "
            "What cannot be repaired is reported, with what remains possible."
        ),
        "tocsin store repair store",
    ),
    (
        copy,
        _(
            "Copy the finished campaigns of a store into another, a folder or s3://bucket/folder, each file checked "
            "before and after. What was interrupted goes on; whatever reads a store reads that one too."
        ),
        "tocsin store copy store s3://bucket/store",
    ),
    (
        views,
        _(
            "Write the results as views for DuckDB: every table with the names and coordinates of sites and with "
            "what was run, what attacks add, and how compared campaigns differ. Then: duckdb -init views.sql"
        ),
        "tocsin store views store --output views.sql",
    ),
    (
        export,
        _(
            "Write what a CAMPAIGN or a COMPARISON says for a spreadsheet: verdicts, what the attack adds, waits, "
            "departments, every replication, curves; what differs, crisis by crisis. A workbook, or one table as CSV."
        ),
        "tocsin store export c0ed762700053d09 --output campaign.xlsx",
    ),
)
"""Each verb with its help and its example."""

for verb, text, written in VERBS:
    store.command(cls=Verb, help=text, epilog=example(written))(verb)
