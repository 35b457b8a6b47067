"""The verb `run`: a campaign, and its verdict."""

import time
from typing import TYPE_CHECKING

from flows.cli.commands.campaigns.asked import (
    AtMost,
    DryRun,
    Event,
    Hours,
    Parameters,
    Posture,
    Precision,
    Region,
    Replications,
    Scenario,
    Seed,
    Settings,
)
from flows.cli.commands.campaigns.dry_run import show_what_would_be_run
from flows.cli.commands.campaigns.precision import run_until_precise, say_how_far
from flows.cli.commands.campaigns.show import Details, show_campaign
from flows.cli.commands.campaigns.whereabouts import say_where
from flows.cli.commands.options import Dask, Json, Lang, Profile, Store, Workers
from flows.terminal import console
from flows.terminal.screen import Unwritten
from results.presentation.language import _, later
from topologies.errors import Message, RunFailed

if TYPE_CHECKING:
    from results import Summary

KEPT = later(
    "the campaign is finished and kept in {store}, but its verdict could not be shown: {problem}; "
    "the same command shows it at once"
)


def run(
    region: Region,
    scenario: Scenario,
    *,
    posture: Posture = "baseline",
    settings: Settings = None,
    replications: Replications = 200,
    precision: Precision = None,
    at_most: AtMost = 10_000,
    seed: Seed = 1,
    store: Store = "store",
    workers: Workers = None,
    dask: Dask = None,
    event: Event = None,
    parameters: Parameters = "drawn",
    hours: Hours = None,
    dry_run: DryRun = False,
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
    from flows.execution.plan import Order, plan_of, planned
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
        hours=hours,
    )
    if dask is not None:
        console.say_at_once(
            _("Asking the Dask cluster at {address} which workers it has…").format(address=dask)
        )
    if dry_run:
        plan = planned(order, dask)
        if precision is not None:
            say_how_far(plan, precision, at_most)
        show_what_would_be_run(plan, began, json=json)
        return
    reached = None if precision is None else run_until_precise(order, precision, at_most, dask)
    plan = reached.plan if reached else plan_of(order, dask)
    say_where(plan)
    new_replications, new_ordinary = len(plan.missing()), len(plan.missing_ordinary())
    if reached:
        new_replications, new_ordinary = reached.replications, reached.ordinary

    def tell(summary: "Summary") -> None:
        took = Took(replications=new_replications, ordinary=new_ordinary, seconds=time.monotonic() - began)
        done = Shown(
            campaign=plan.campaign, store=plan.store, summary=summary, left_out=plan.left_out, took=took
        )
        try:
            show_campaign(done, details=details, json=json, more=reached.facts if reached else {})
        except Unwritten as unwritten:
            raise RunFailed(Message(KEPT, {"store": store, "problem": unwritten.message})) from unwritten

    run_for_command(order, plan, tell)
