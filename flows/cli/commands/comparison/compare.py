"""The verb `compare`: campaigns on the same random numbers, and what each avoids or costs."""

import time
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.commands import completing
from flows.cli.commands.campaigns.asked import DryRun, Event, Hours, Parameters, Replications, Seed, Settings
from flows.cli.commands.campaigns.dry_run import show_what_would_be_run
from flows.cli.commands.campaigns.run import KEPT
from flows.cli.commands.campaigns.whereabouts import say_where
from flows.cli.commands.options import FLAG, Dask, Json, Lang, Profile, Store, Workers
from flows.terminal import console
from flows.terminal.screen import Unwritten
from results.presentation.language import _
from topologies.errors import InputError, Message, RunFailed

if TYPE_CHECKING:
    from results import Comparison

Region = Annotated[
    str | None,
    typer.Argument(
        metavar=_("REGION"),
        autocompletion=completing.regions,
        help=_("The health region that is attacked: a name, or a folder of your own."),
    ),
]
Scenario = Annotated[
    str | None,
    typer.Argument(
        metavar=_("SCENARIO"),
        autocompletion=completing.scenarios,
        help=_("The attack under which postures or events are compared; of scenarios, the reference."),
    ),
]
NAMES = _("A,B,…")
Postures = Annotated[
    str | None,
    typer.Option(
        metavar=NAMES, help=_("Postures to compare, by name or by file; the first is the reference.")
    ),
]
Scenarios = Annotated[
    str | None,
    typer.Option(metavar=NAMES, help=_("Scenarios to compare, which begin and end at the same hour.")),
]
Events = Annotated[
    str | None, typer.Option(metavar=NAMES, help=_("Events to compare; none for nobody who gathers."))
]
Study = Annotated[
    str | None,
    typer.Option(metavar=_("NAME"), help=_("Postures to compare, by the name of a study (see --list).")),
]
Posture = Annotated[
    str | None,
    typer.Option(
        metavar=_("NAME|FILE"),
        autocompletion=completing.postures,
        help=_("How prepared the region is, where scenarios or events are compared."),
    ),
]
Listed = Annotated[
    bool, typer.Option("--list", metavar=FLAG, help=_("The studies that come with the program."))
]


class NoRegion(InputError):
    """Nothing says what is attacked."""


def compare(
    region: Region = None,
    scenario: Scenario = None,
    *,
    postures: Postures = None,
    scenarios: Scenarios = None,
    events: Events = None,
    study: Study = None,
    posture: Posture = None,
    event: Event = None,
    settings: Settings = None,
    replications: Replications = 200,
    seed: Seed = 1,
    store: Store = "store",
    workers: Workers = None,
    dask: Dask = None,
    parameters: Parameters = "drawn",
    hours: Hours = None,
    dry_run: DryRun = False,
    listed: Listed = False,
    prefect_profile: Profile = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The request is checked, what is missing is run, and what each alternative avoids or costs is shown."""
    if listed:
        from flows.cli.commands.comparison.studies import show_studies

        show_studies(json)
        return
    if region is None:
        raise NoRegion(Message("no region is named; name one, or see the studies with --list"))
    began = time.monotonic()
    console.say_at_once(_("Checking what was asked…"))
    from flows.cli.briefing import Took
    from flows.cli.commands.comparison.shown import Compared, show_comparison
    from flows.execution.comparison import ComparisonOrder, comparison_of, comparison_planned
    from flows.recording.campaign_run import lacking_asked, lacking_ordinary, run_for_command
    from flows.server.profiles import use

    use(prefect_profile)
    order = ComparisonOrder(
        region=region,
        scenario=scenario,
        study=study,
        postures=names_in(postures),
        scenarios=names_in(scenarios),
        events=names_in(events),
        posture=posture,
        event=event,
        settings=tuple(settings or ()),
        replications=replications,
        seed=seed,
        store=store,
        workers=workers,
        parameters=parameters,
        hours=hours,
    )
    if dask is not None:
        console.say_at_once(
            _("Asking the Dask cluster at {address} which workers it has…").format(address=dask)
        )
    if dry_run:
        show_what_would_be_run(comparison_planned(order, dask), began, json=json)
        return
    plan = comparison_of(order, dask)
    say_where(plan)
    new_replications, new_ordinary = lacking_asked(plan), lacking_ordinary(plan)

    def tell(comparison: "Comparison") -> None:
        done = Compared(
            reference=plan.parts[0].campaign,
            store=plan.store,
            comparison=comparison,
            left_out=plan.parts[0].left_out,
            took=Took(replications=new_replications, ordinary=new_ordinary, seconds=time.monotonic() - began),
        )
        try:
            show_comparison(done, json=json)
        except Unwritten as unwritten:
            raise RunFailed(Message(KEPT, {"store": store, "problem": unwritten.message})) from unwritten

    run_for_command(order, plan, tell)


def names_in(written: str | None) -> tuple[str, ...]:
    """The names between the commas.

    >>> names_in("pooled, isolated"), names_in(None)
    (('pooled', 'isolated'), ())
    """
    return tuple(filter(None, (name.strip() for name in (written or "").split(","))))
