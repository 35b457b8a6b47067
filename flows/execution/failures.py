"""Failures: each of a region's likely single points of failure is tried alone, on all cores.

Every trial has the same replications of the same week, with the same patients: what differs is the failure. Results
depend on the seed alone, never on the workers.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import simulation
from flows.workers.pool import Pool, worker_count
from results.analysis.single_points import Care, Failure, care_of, points_of, ranked
from simulation.inputs.campaign import Campaign
from simulation.inputs.scenarios.failure import failing, week_of
from topologies.region import Region

SCENARIO, POSTURE = "ordinary-month", "baseline"
"""The week without a failure, and how prepared the region is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How failures are tried."""

    hours: float
    """How long each is down."""
    replications: int
    candidates: int
    """How many are tried, at most."""
    seed: int


def failures_of(
    region: Region, trial: Trial, workers: int | None, tell: Callable[[str], None]
) -> list[Failure]:
    """What is lost with each of the region's likely single points of failure, the worst first."""
    week = week_of(simulation.load_scenario(SCENARIO), trial.hours)
    ordinary = Campaign(
        region=region, scenario=week, posture=simulation.load_posture(POSTURE), seed=trial.seed
    )
    simulation.check(ordinary)
    points = points_of(region, trial.candidates)
    with Pool(worker_count(workers), partial(make_ready, ordinary, trial)) as pool:
        calm = pool.submit(run_week, None)
        futures = [pool.submit(run_week, point.node) for point in points]
        tried = []
        for point, future in zip(points, futures, strict=True):
            tried.append((point, future.result()))
            tell(point.node)
        return ranked(calm.result(), tried)


# In a worker

_place: list[tuple[Campaign, Trial]] = []
"""The ordinary week, once this process is ready."""


def make_ready(ordinary: Campaign, trial: Trial) -> None:
    """This process can try failures of this week, which is checked."""
    _place[:] = [(ordinary, trial)]


def run_week(node: str | None) -> list[Care]:
    """The care given in each replication of the week, with this node down, or with none."""
    ((ordinary, trial),) = _place
    scenario = failing(ordinary.scenario, node, trial.hours) if node else ordinary.scenario
    prepared = simulation.prepare(replace(ordinary, scenario=scenario))
    numbers = range(trial.replications)
    return [care_of(simulation.replicate(prepared, trial.seed, number)) for number in numbers]
