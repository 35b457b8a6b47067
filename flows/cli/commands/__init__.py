"""The verbs of `tocsin`, a file each, with their help and examples."""

from typing import Annotated

import typer

from flows.cli.commands.campaigns.campaigns import campaigns
from flows.cli.commands.campaigns.run import run
from flows.cli.commands.campaigns.show import show
from flows.cli.commands.comparison.compare import compare
from flows.cli.commands.doctor import doctor
from flows.cli.commands.documents.redirect import redirect
from flows.cli.commands.documents.report import report
from flows.cli.commands.documents.sheets import sheets
from flows.cli.commands.events import events
from flows.cli.commands.evidence.backtest import backtest
from flows.cli.commands.evidence.sensitivity import sensitivity
from flows.cli.commands.evidence.timeline import timeline
from flows.cli.commands.frequency.frequency import frequency
from flows.cli.commands.loudness import Quiet, Verbose
from flows.cli.commands.new import new
from flows.cli.commands.options import FLAG, Lang, Verb, Verbs, example, show_version
from flows.cli.commands.postures import postures
from flows.cli.commands.regions import regions
from flows.cli.commands.scenarios import scenarios
from flows.cli.commands.serve import serve
from flows.cli.commands.store import store
from flows.cli.commands.topology import topology
from results.presentation.language import _

tocsin = typer.Typer(cls=Verbs, subcommand_metavar=_("VERB [OPTIONS]"))

VERBS = (
    (
        regions,
        _("The health regions; with a NAME or a FOLDER, what one holds and where its data come from."),
        "tocsin regions ile-de-france",
    ),
    (
        scenarios,
        _("The attacks and failures that can be run; with a NAME or a FILE, what one holds and its sources."),
        "tocsin scenarios ransomware-opening-ceremony",
    ),
    (
        events,
        _("The large events; with a NAME or a FILE, the venues, days, attendance and sources of one."),
        "tocsin events paris-2024",
    ),
    (
        postures,
        _(
            "How prepared a region can be; with a NAME or a FILE, each lever of one, its range and its source."
        ),
        "tocsin postures prepared",
    ),
    (
        run,
        _(
            "Run a SCENARIO many times against a REGION, and say whether it holds, where it breaks and what that "
            "costs. What the store holds already is not run again: a run that was stopped resumes with the same "
            "command."
        ),
        "tocsin run ile-de-france ransomware-opening-ceremony --posture prepared -n 100",
    ),
    (
        compare,
        _(
            "Run campaigns that differ in one thing on the same random numbers, and say what each avoids or costs. "
            "What the store holds already is not run again."
        ),
        "tocsin compare ile-de-france ransomware-opening-ceremony --postures exercises-half,exercises-all -n 100",
    ),
    (
        campaigns,
        _("The campaigns and comparisons that a store holds, finished or not."),
        "tocsin campaigns",
    ),
    (
        show,
        _(
            "What a CAMPAIGN or a COMPARISON of the store says, as `tocsin run` or `tocsin compare` showed it; nothing "
            "is run."
        ),
        "tocsin show c0ed762700053d09 --details",
    ),
    (
        report,
        _(
            "Write a CAMPAIGN as a page to read, send on and print: verdicts, what the attack adds, what breaks first "
            "and why, a map hour by hour, whom it harms; or a COMPARISON: what helps most. One file, no network."
        ),
        "tocsin report c0ed762700053d09 --output page.html --tlp AMBER",
    ),
    (
        sheets,
        _(
            "Write a page for the director of each establishment of a CAMPAIGN: what comes to it if others fall, who "
            "takes its patients if it falls, on what its care turns, what to prepare. A PDF each, and an index."
        ),
        "tocsin sheets c0ed762700053d09 --output sheets --tlp AMBER",
    ),
    (
        redirect,
        _(
            "Write for a REGION who takes the patients of each hospital, each GHT and each large shared service that "
            "is lost: three destinations for each kind of patient, with minutes and room. A booklet to print."
        ),
        "tocsin redirect bretagne --out redirect-plan.pdf",
    ),
    (
        sensitivity,
        _(
            "Which assumptions the verdict of a CAMPAIGN turns on, where parameters were drawn: those that can be told "
            "apart from chance."
        ),
        "tocsin sensitivity c0ed762700053d09",
    ),
    (
        timeline,
        _(
            "The timeline of a replication of a CAMPAIGN: what happened, where, and what led to it; patients among it."
        ),
        "tocsin timeline c0ed762700053d09 --replication 2 --why 840",
    ),
    (
        new,
        _(
            "Write a commented file of your own to start from: a posture, a scenario, an event or a region. "
            "A file works wherever a name does."
        ),
        "tocsin new posture ./our-posture.yaml",
    ),
    (
        frequency,
        _(
            "How many ransomware cases of each severity a REGION has to expect in a year, with an interval, by the "
            "counts of CERT Santé."
        ),
        "tocsin frequency bretagne",
    ),
    (
        backtest,
        _(
            "Replay published incidents, and compare what happened with what the model says: observed value, "
            "median and 90 % interval."
        ),
        "tocsin backtest rouen-2019 vermont-2020",
    ),
    (
        serve,
        _("Serve Prefect's pages, where campaigns are started from a form and watched, until Ctrl-C."),
        "tocsin serve --port 4200",
    ),
    (
        doctor,
        _("What this machine offers, and what would prevent a run, each with its remedy."),
        "tocsin doctor",
    ),
)
"""Each verb with its help and its example."""

Version = Annotated[
    bool,
    typer.Option(
        "--version",
        metavar=FLAG,
        is_eager=True,
        callback=show_version,
        help=_("Show the version and exit."),
    ),
]


@tocsin.callback(
    help=_(
        "Does a health region hold when a very large cyberattack strikes during a very large event? "
        "Where does it break, and what would make it hold?"
    ),
    epilog=example("tocsin run ile-de-france ransomware-opening-ceremony"),
)
def _without_a_verb(
    *, quiet: Quiet = False, verbose: Verbose = False, version: Version = False, lang: Lang = None
) -> None:
    """The options that stand before the verb."""


for verb, text, written in VERBS:
    tocsin.command(cls=Verb, help=text, epilog=example(written))(verb)
tocsin.add_typer(store, name="store")
tocsin.add_typer(topology, name="topology")
