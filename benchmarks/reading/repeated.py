"""Repeated: a store of ten thousand replications of Île-de-France, made of a few real ones and of their twins.

They are written again and again, with the parameters that each replication draws: the higher the first of these, the
worse the crisis that stands for it, so that there is something to tell apart. What fills a store (hours, events,
communes) is written of as many replications as a reading of ours opens, and of no other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

import benchmarks.campaign
import simulation
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

T = TypeVar("T", Hours, EstablishmentHours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Of how many replications what fills a store is written."""

    hours: int = 0
    timelines: int = 0


def order_in(store: Path, parameters: str) -> Order:
    """The default campaign, of so many replications."""
    alike = benchmarks.campaign.order_in(store)
    return replace(alike, replications=REPLICATIONS, workers=1, parameters=parameters)


def fill(store: Path, parameters: str, kept: Kept) -> None:
    """The campaign and its ordinary twin are sealed."""
    plan = plan_of(order_in(store, parameters))
    prepared = simulation.prepare(plan.campaign)
    spared = simulation.spared(prepared)
    ordinary = [simulation.replicate(spared, 1, one) for one in range(REAL)]
    asked = [simulation.replicate(prepared, 1, one) for one in range(REAL)]
    worst_last = sorted(
        range(REAL),
        key=lambda one: asked[one].replication.ed_visits_unmet - ordinary[one].replication.ed_visits_unmet,
    )
    for campaign, real in ((plan.ordinary, ordinary), (plan.campaign, asked)):
        _write(plan.store, campaign, [real[one] for one in worst_last], kept)


def _write(store: Store, campaign: Campaign, real: Sequence[Outcome], kept: Kept) -> None:
    """These outcomes, from the best crisis to the worst, are sealed again and again as those of a campaign."""
    repeated = _repeated(campaign, real, kept)
    with store.begin(campaign):
        for _ in range(0, REPLICATIONS, AT_ONCE):
            store.write_chunk(campaign.id, [next(repeated) for _ in range(AT_ONCE)])
        store.seal(campaign.id, REPLICATIONS)


def _repeated(campaign: Campaign, real: Sequence[Outcome], kept: Kept) -> Iterator[Outcome]:
    light = [_lightened(outcome) for outcome in real]
    draws = Draws(campaign.parameters) if campaign.uncertainty is Uncertainty.DRAWN else None
    first = next(one for one in campaign.parameters.quantities.values() if one.low < one.high)
    name = next(name for name, one in campaign.parameters.quantities.items() if one is first)
    chances = np.random.default_rng(1).random(REPLICATIONS)
    for number, chance in enumerate(chances.tolist()):
        drawn = draws.all(campaign.seed, number)[1] if draws else {}
        known = (drawn[name] - first.low) / (first.high - first.low) if drawn else chance
        rank = int((CHANCE * chance + (1.0 - CHANCE) * known) * len(real))
        outcome, whole = light[rank], real[rank]
        if number < kept.hours:
            of_sites = whole.establishment_hours
            outcome = replace(outcome, hours=whole.hours, establishment_hours=of_sites)
        if number < kept.timelines:
            outcome = replace(outcome, timeline=whole.timeline)
        yield _numbered(outcome, number, drawn)


def _lightened(outcome: Outcome) -> Outcome:
    """The same without hours, without events, and of communes only the sums of each department."""
    return replace(
        outcome,
        hours=_emptied(outcome.hours),
        establishment_hours=_emptied(outcome.establishment_hours),
        timeline=replace(
            outcome.timeline, columns={name: of[:0] for name, of in outcome.timeline.columns.items()}
        ),
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


def _numbered(outcome: Outcome, number: int, drawn: Mapping[str, float]) -> Outcome:
    """The same as that replication, which drew these parameters."""
    sites, events = outcome.establishments, outcome.timeline
    return replace(
        outcome,
        replication=replace(outcome.replication, replication=number),
        establishments=replace(sites, columns={**sites.columns, "replication": [number] * len(sites)}),
        timeline=replace(events, columns={**events.columns, "replication": [number] * len(events)}),
        parameters=drawn,
    )
