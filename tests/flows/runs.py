"""Runs: small campaigns, with and without Prefect, and the files that they leave."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import results
import simulation
from flows.execution.execution import Execution
from flows.execution.plan import Order, Plan, plan_of
from tests.flows.commands import SCENARIO


@cache
def plan_as_asked(seed: int) -> Plan:
    """The default campaign as the command plans it: it never changes, so one stands for all of a process."""
    region, scenario = SCENARIO
    with TemporaryDirectory() as store:
        order = Order(
            region=region,
            scenario=scenario,
            posture="baseline",
            replications=1,
            seed=seed,
            store=store,
            workers=1,
        )
        return plan_of(order)


def plan_with(store: Path, *, replications: int, workers: int, seed: int = 5) -> Plan:
    """The default campaign, of so many replications."""
    return replace(
        plan_as_asked(seed), store=results.prepare(store), replications=replications, workers=workers
    )


def run_without_prefect(plan: Plan) -> None:
    """What the command does, less Prefect."""
    assert Execution(plan).start().summary.result(120).replications == plan.replications


def run_here(plan: Plan) -> None:
    """The same in this process, without workers: the bytes are the same for less than half the time."""
    write_chunk(plan, range(plan.replications))
    with plan.store.begin(plan.campaign):
        plan.store.seal(plan.campaign.id, plan.replications)


def write_chunk(plan: Plan, numbers: range) -> None:
    """These replications wait for sealing."""
    campaign = plan.campaign
    prepared = simulation.prepare(campaign)
    store = results.prepare(plan.store.path)
    with store.begin(campaign):
        outcomes = (simulation.replicate(prepared, campaign.seed, number) for number in numbers)
        store.write_chunk(campaign.id, outcomes)


def files_of(store: Path) -> dict[str, bytes]:
    """The Parquet files of a store, by their path in it."""
    return {str(path.relative_to(store)): path.read_bytes() for path in sorted(store.rglob("*.parquet"))}
