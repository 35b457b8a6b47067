"""The verb `run`: a campaign, and its verdict."""

import time
from typing import Annotated, Literal

import typer

from flows.cli.commands.campaigns.show import Details, show_campaign
from flows.cli.commands.options import Json, Lang, Profile, Store
from flows.terminal import console
from flows.terminal.screen import Unwritten
from results.presentation.language import _, later
from topologies.errors import Message, RunFailed

KEPT = later(
    "the campaign is finished and kept in {store}, but its verdict could not be shown: {problem}; "
    "the same command shows it at once"
)

REGION, SCENARIO, NUMBER = _("REGION"), _("SCENARIO"), _("NUMBER")

Region = Annotated[
    str,
    typer.Argument(
        metavar=REGION, help=_("The health region that is attacked: a name, or a folder of your own.")
    ),
]
Scenario = Annotated[
    str,
    typer.Argument(
        metavar=SCENARIO,
        help=_("The attack, and the event during which it strikes: a name, or a file of your own."),
    ),
]
Posture = Annotated[
    str,
    typer.Option(
        metavar=_("NAME|FILE"), help=_("How prepared the region is: a name, or a file of your own.")
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar=_("LEVER=LEVEL"),
        help=_("Another level of a lever of the posture, such as backups=0.9; can be given several times."),
    ),
]
Replications = Annotated[
    int, typer.Option("-n", "--replications", min=1, metavar=NUMBER, help=_("Number of replications."))
]
Seed = Annotated[int, typer.Option(min=0, metavar=NUMBER, help=_("Random seed: same seed, same draws."))]
Workers = Annotated[
    int | None,
    typer.Option(min=1, metavar=NUMBER, help=_("Number of worker processes; one per core by default.")),
]

Event = Annotated[
    str | None,
    typer.Option(
        metavar=_("NAME|FILE|none"), help=_("The event during the attack; the scenario's own by default.")
    ),
]
Parameters = Annotated[
    Literal["drawn", "central"],
    typer.Option(
        help=_(
            "drawn: each replication takes the uncertain ones from their ranges, so that the results hold what is not "
            "known too; central: all take the parameters' own values, and differ by chance alone."
        )
    ),
]


def run(
    region: Region,
    scenario: Scenario,
    *,
    posture: Posture = "baseline",
    settings: Settings = None,
    replications: Replications = 200,
    seed: Seed = 1,
    store: Store = "store",
    workers: Workers = None,
    event: Event = None,
    parameters: Parameters = "drawn",
    details: Details = False,
    prefect_profile: Profile = None,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The request is checked, the campaign run, and its briefing shown."""
    began = time.monotonic()
    checking = _("Checking what was asked: {region}, {scenario}, {posture}…")
    console.say_at_once(checking.format(region=region, scenario=scenario, posture=posture))
    from flows.cli.briefing import Shown, Took
    from flows.execution.plan import Order, plan_of
    from flows.recording.campaign_run import run_for_command
    from flows.server.profiles import use

    use(prefect_profile)
    order = Order(
        region=region,
        scenario=scenario,
        posture=posture,
        replications=replications,
        seed=seed,
        store=store,
        workers=workers,
        event=event,
        settings=tuple(settings or ()),
        parameters=parameters,
    )
    plan = plan_of(order)
    new_replications, new_ordinary = len(plan.missing()), len(plan.missing_ordinary())
    summary = run_for_command(order, plan)
    took = Took(replications=new_replications, ordinary=new_ordinary, seconds=time.monotonic() - began)
    done = Shown(campaign=plan.campaign, store=plan.store, summary=summary, left_out=plan.left_out, took=took)
    try:
        show_campaign(done, details=details, json=json)
    except Unwritten as unwritten:
        raise RunFailed(Message(KEPT, {"store": store, "problem": unwritten.message})) from unwritten
