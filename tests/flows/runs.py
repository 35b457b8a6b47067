"""Runs: small campaigns, with and without Prefect, and the files that they leave."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import results
import simulation
from flows.execution import plan as planning
from flows.execution.execution import Execution
from flows.execution.plan import Order, Plan, plan_of
from results import Store
from simulation import Campaign, PreparedCampaign
from tests.flows.commands import QUICK


@cache
def plan_as_asked(region: str, scenario: str, seed: int) -> Plan:
    """A campaign as the command plans it: it never changes, so one stands for all of a process."""
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


def plan_with(
    store: Path, *, replications: int, workers: int, seed: int = 5, asked: Sequence[str] = QUICK
) -> Plan:
    """A campaign of so many replications."""
    region, scenario = asked
    return replace(
        plan_as_asked(region, scenario, seed),
        store=results.prepare(store),
        replications=replications,
        workers=workers,
    )


def run_without_prefect(plan: Plan) -> None:
    """What the command does, less Prefect."""
    assert Execution(plan).start().summary.result(120).replications == plan.replications


def run_here(plan: Plan) -> None:
    """The same in this process, without workers: the bytes are the same for less than half the time."""
    numbers = range(plan.replications)
    write_chunk(plan, numbers)
    _write(plan.store, plan.ordinary, simulation.spared(_prepared(plan)), numbers)
    for campaign in (plan.ordinary, plan.campaign):
        with plan.store.begin(campaign):
            plan.store.seal(campaign.id, plan.replications)


def write_chunk(plan: Plan, numbers: range) -> None:
    """These replications wait for sealing."""
    _write(results.prepare(plan.store.path), plan.campaign, _prepared(plan), numbers)


_kept: dict[str, PreparedCampaign] = {}
"""What this process has prepared, by the name of its campaign."""


def _prepared(plan: Plan) -> PreparedCampaign:
    if plan.campaign.id not in _kept:
        _kept[plan.campaign.id] = simulation.prepare(plan.campaign)
    return _kept[plan.campaign.id]


def _write(store: Store, campaign: Campaign, prepared: PreparedCampaign, numbers: range) -> None:
    with store.begin(campaign):
        outcomes = (simulation.replicate(prepared, campaign.seed, number) for number in numbers)
        store.write_chunk(campaign.id, outcomes)


def files_of(store: Path) -> dict[str, bytes]:
    """The Parquet files of a store, by their path in it."""
    return {str(path.relative_to(store)): path.read_bytes() for path in sorted(store.rglob("*.parquet"))}


def in_chunks_of(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chunks have this size, whoever computes."""

    def cut(replications: Sequence[int], _workers: int, _together: int) -> list[tuple[int, ...]]:
        return [tuple(replications[first : first + size]) for first in range(0, len(replications), size)]

    monkeypatch.setattr(planning, "cut", cut)
