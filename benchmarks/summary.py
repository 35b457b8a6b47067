"""The cost of reading a finished campaign: its summary and the page that is printed, over 10,000 replications.

The store is made of some real replications of Île-de-France and of their twins, repeated, with the parameters that each
replication draws: the higher the first of these, the worse the crisis that stands for it, so that there is something to
tell apart. Of what no summary reads (hours, events, communes), next to nothing is written. Each reading is a process
of its own; what it takes to start Python and its packages is told apart. It takes some eight minutes, and 0.5 GB.

    python -m benchmarks.summary [--json]
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import numpy as np

import benchmarks.campaign
import simulation
from benchmarks.table import tell
from flows.execution.plan import Order, plan_of
from results import Store
from simulation import Campaign, Outcome, Uncertainty
from simulation.outcome.communes import CommuneTotals
from simulation.outcome.establishment_hours import EstablishmentHours
from simulation.outcome.records import Hours
from simulation.replication.draws import Draws

REPLICATIONS, REAL, AT_ONCE = 10_000, 20, 50
CHANCE = 0.5
"""How much of the rank of a crisis is chance, beside the first parameter."""
READINGS = 5

T = TypeVar("T", Hours, EstablishmentHours)


def order_in(store: Path, parameters: str) -> Order:
    """The default campaign, of so many replications."""
    alike = benchmarks.campaign.order_in(store)
    return replace(alike, replications=REPLICATIONS, workers=1, parameters=parameters)


def fill(store: Path, parameters: str) -> None:
    """The campaign and its ordinary twin are sealed."""
    plan = plan_of(order_in(store, parameters))
    prepared = simulation.prepare(plan.campaign)
    ordinary = [lightened(simulation.replicate(simulation.spared(prepared), 1, one)) for one in range(REAL)]
    asked = [lightened(simulation.replicate(prepared, 1, one)) for one in range(REAL)]
    worst_last = sorted(
        range(REAL),
        key=lambda one: asked[one].replication.ed_visits_unmet - ordinary[one].replication.ed_visits_unmet,
    )
    for campaign, real in ((plan.ordinary, ordinary), (plan.campaign, asked)):
        write(plan.store, campaign, [real[one] for one in worst_last])


def write(store: Store, campaign: Campaign, real: Sequence[Outcome]) -> None:
    """These outcomes, from the best crisis to the worst, are sealed again and again as those of a campaign."""
    repeated = _repeated(campaign, real)
    with store.begin(campaign):
        for _ in range(0, REPLICATIONS, AT_ONCE):
            store.write_chunk(campaign.id, [next(repeated) for _ in range(AT_ONCE)])
        store.seal(campaign.id, REPLICATIONS)


def _repeated(campaign: Campaign, real: Sequence[Outcome]) -> Iterator[Outcome]:
    draws = Draws(campaign.parameters) if campaign.uncertainty is Uncertainty.DRAWN else None
    first = next(one for one in campaign.parameters.quantities.values() if one.low < one.high)
    name = next(name for name, one in campaign.parameters.quantities.items() if one is first)
    chances = np.random.default_rng(1).random(REPLICATIONS)
    for number, chance in enumerate(chances.tolist()):
        drawn = draws.all(campaign.seed, number)[1] if draws else {}
        known = (drawn[name] - first.low) / (first.high - first.low) if drawn else chance
        rank = int((CHANCE * chance + (1.0 - CHANCE) * known) * len(real))
        yield numbered(real[rank], number, drawn)


def lightened(outcome: Outcome) -> Outcome:
    """The same without what no summary reads: hours, events, and communes but for the sums of each department."""
    return replace(
        outcome,
        hours=_emptied(outcome.hours),
        establishment_hours=_emptied(outcome.establishment_hours),
        timeline=replace(outcome.timeline, columns=dict.fromkeys(outcome.timeline.columns, ())),
        communes=_by_department(outcome.communes),
    )


def _emptied(hours: T) -> T:
    every: dict[str, Any] = {field.name: getattr(hours, field.name) for field in fields(hours)}
    return replace(
        hours, **{name: one[:0].copy() for name, one in every.items() if isinstance(one, np.ndarray)}
    )


def _by_department(communes: CommuneTotals) -> CommuneTotals:
    names, places = np.unique(communes.departments, return_inverse=True)
    every: dict[str, Any] = {field.name: getattr(communes, field.name) for field in fields(communes)}
    sums = {
        name: np.bincount(places, one, len(names)).astype(one.dtype)
        for name, one in every.items()
        if isinstance(one, np.ndarray)
    }
    return replace(communes, codes=tuple(names.tolist()), departments=tuple(names.tolist()), **sums)


def numbered(outcome: Outcome, number: int, drawn: Mapping[str, float]) -> Outcome:
    """The same as that replication, which drew these parameters."""
    sites = outcome.establishments
    columns = {**sites.columns, "replication": [number] * len(sites)}
    return replace(
        outcome,
        replication=replace(outcome.replication, replication=number),
        establishments=replace(sites, columns=columns),
        parameters=drawn,
    )


def read(store: str, parameters: str) -> dict[str, float]:
    """Seconds that a process of its own takes for each step of reading."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.summary", "read", store, parameters]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole = time.perf_counter() - begun
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**seconds, "start": whole - sum(seconds.values())}


def read_here(store: str, parameters: str) -> None:
    """What `tocsin run` does where nothing is left to run; at last, the seconds of each step."""
    from flows.cli.briefing import Shown, Took, briefing_of
    from flows.terminal import console

    begun = time.perf_counter()
    plan = plan_of(order_in(Path(store), parameters))
    checked = time.perf_counter()
    summary = plan.summary()
    summed = time.perf_counter()
    took = Took(replications=0, ordinary=0, seconds=1.0)
    done = Shown(campaign=plan.campaign, store=plan.store, summary=summary, took=took)
    console.facts().print(briefing_of(done), crop=False)
    printed = time.perf_counter()
    steps = {"plan": checked - begun, "summary": summed - checked, "page": printed - summed}
    sys.stdout.write(f"\n{json.dumps(steps)}\n")


def main() -> None:
    """The table is told, or one reading is done."""
    if sys.argv[1:2] == ["read"]:
        read_here(*sys.argv[2:4])
        return
    for parameters in Uncertainty:
        with tempfile.TemporaryDirectory() as store:
            fill(Path(store), parameters)
            readings = [read(store, parameters) for _ in range(READINGS)]
        seconds = {step: median(one[step] for one in readings) for step in readings[0]}
        tell(
            f"reading {REPLICATIONS} replications of ile-de-france and of their twin, parameters {parameters}",
            {
                "start of Python and its packages": seconds["start"],
                "what was asked: region, scenario, posture": seconds["plan"],
                "the summary": seconds["summary"],
                "the page in words": seconds["page"],
            },
            {"room under the 2 s that we promise": 2.0 / (seconds["summary"] + seconds["page"])},
        )


if __name__ == "__main__":
    main()
