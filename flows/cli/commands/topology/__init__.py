"""The verbs `topology …`: a region's data in, checked, and out."""

import typer

from flows.cli.commands.options import Lang, Verb, Verbs, example
from flows.cli.commands.topology.export import export
from flows.cli.commands.topology.failures import failures
from flows.cli.commands.topology.finess import finess
from flows.cli.commands.topology.forms import merge, template
from flows.cli.commands.topology.ght import ght
from flows.cli.commands.topology.sae import sae
from flows.cli.commands.topology.synthesise import synthesise
from flows.cli.commands.topology.unknowns import unknowns
from flows.cli.commands.topology.validate import validate
from results.presentation.language import _

topology = typer.Typer(cls=Verbs, add_completion=False, subcommand_metavar=_("VERB [OPTIONS]"))
imports = typer.Typer(cls=Verbs, add_completion=False, subcommand_metavar=_("SOURCE [OPTIONS]"))

FINESS = "tocsin topology import finess etalab-cs1100507-stock.csv --departments 22,29,35,56 --out ./bretagne"
EXPORT = "tocsin topology export bretagne --to geojson bretagne.geojson"
SAE = "tocsin topology import sae MCO_2024r.csv REA_2024r.csv URGENCES2_2024r.csv --base ./bretagne --out ./essai"
GHT = "tocsin topology import ght dgos_ght_liste.xlsx ID_2024r.csv --base ./bretagne --out ./bretagne-ght"
SYNTHESISE = "tocsin topology synthesise --establishments 3000 --seed 1 --out ./essai"
TEMPLATE = "tocsin topology template formulaire.xlsx"
MERGE = "tocsin topology merge bretagne formulaires/*.xlsx --out ./bretagne-declaree"


@topology.callback(
    help=_("A region's data: in from what agencies publish, checked, and out."), epilog=example(FINESS)
)
def _without_a_verb(*, lang: Lang = None) -> None:
    """The options that stand before the verb."""


@imports.callback(
    help=_(
        "Make the folder of a region from what agencies publish, and say what was taken, completed and left out, "
        "and why."
    ),
    epilog=example(FINESS),
)
def _without_a_source(*, lang: Lang = None) -> None:
    """The options that stand before the source."""


SOURCES = (
    (
        finess,
        _(
            "The hospitals of FINESS, the national register: its stock file with coordinates (etalab-cs1100507), or "
            "structures and activities of FINESS+, as they are or compressed."
        ),
        FINESS,
    ),
    (
        sae,
        _(
            "Emergency visits and beds of the SAE, the annual survey of the DREES: its bordereaux ID, URGENCES, "
            "URGENCES2, MCO and REA of one year, put into a region."
        ),
        SAE,
    ),
    (
        ght,
        _(
            "The GHTs, from the ministry's list of their members (XLSX), put into a region; beside it, the bordereau "
            "ID of the SAE tells which sites a member has."
        ),
        GHT,
    ),
)
"""Each source with its help and its example."""

for source, text, written in SOURCES:
    imports.command(cls=Verb, help=text, epilog=example(written))(source)
topology.add_typer(imports, name="import")

VERBS = (
    (
        export,
        _(
            "Write a region for other programs: tables, a graph, a map; under its true names, or under pseudonyms to "
            "share it."
        ),
        EXPORT,
    ),
    (
        synthesise,
        _(
            "Make a region that does not exist, with the sizes, distances, GHTs and populations of those that do: to "
            "try and measure, without any real hospital."
        ),
        SYNTHESISE,
    ),
    (
        validate,
        _(
            "All that is wrong or odd about a region, each finding with its file, its line and its remedy. Errors "
            "refuse it (exit code 2); warnings are to be looked at."
        ),
        "tocsin topology validate ./our-region",
    ),
    (
        failures,
        _(
            "The single points of failure of a region: the care lost when each alone is down, by runs of an ordinary "
            "week, beside its rank in the graph."
        ),
        "tocsin topology failures bretagne --hours 48",
    ),
    (
        unknowns,
        _(
            "What is not known of a region: which declarations of establishments would most change what a campaign "
            "says, and in which column of the form they go."
        ),
        "tocsin topology unknowns bretagne ransomware-ght-support",
    ),
    (
        template,
        _(
            "Write the form that an establishment fills in ten minutes: vendors, host, directory, laboratory, beds, "
            "visits and recovery times. As XLSX with lists of answers, or as CSV."
        ),
        TEMPLATE,
    ),
    (
        merge,
        _(
            "Put filled forms into a region: a folder that extends it by what its establishments declare. All is "
            "written, or nothing, with everything that is wrong in the forms."
        ),
        MERGE,
    ),
)
"""Each other verb with its help and its example."""

for verb, text, written in VERBS:
    topology.command(cls=Verb, help=text, epilog=example(written))(verb)
