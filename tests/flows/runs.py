"""Runs: small campaigns, with and without Prefect, and the files that they leave."""

from pathlib import Path

from flows.execution.execution import Execution
from flows.execution.plan import Order, Plan, plan_of
from tests.flows.commands import SCENARIO


def plan_with(store: Path, *, replications: int, workers: int, seed: int = 5) -> Plan:
    """The default campaign, of so many replications."""
    region, scenario = SCENARIO
    order = Order(
        region=region,
        scenario=scenario,
        posture="baseline",
        replications=replications,
        seed=seed,
        store=str(store),
        workers=workers,
    )
    return plan_of(order)


def run_without_prefect(plan: Plan) -> None:
    """What the command does, less Prefect."""
    assert Execution(plan).start().summary.result(120).replications == plan.replications


def files_of(store: Path) -> dict[str, bytes]:
    """The Parquet files of a store, by their path in it."""
    return {str(path.relative_to(store)): path.read_bytes() for path in sorted(store.rglob("*.parquet"))}
