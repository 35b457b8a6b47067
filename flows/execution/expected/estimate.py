"""The estimate of a run: what a trial of a few replications says of all that the store lacks.

What a trial takes of the processor is what a quiet machine needs; what it takes by the clock, what this one needs, as
busy as it is now. What is expected lies between the two.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flows.execution.expected.trial import TRIED, Range, Trial, tried
from flows.execution.plan import Plan
from results.tables.detail import WHOLE
from simulation import Campaign

MOST_TRIED = 3
"""Campaigns of a comparison that are tried; the others are taken to lie among them."""
NOTHING = Range(0.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a run is expected to take."""

    seconds: Range
    """From Enter to the verdict, but for what Prefect takes to start and to end."""
    size: Range
    """Bytes by which the store grows."""
    replications: int
    """Those that were tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """A campaign, or an ordinary twin, of which the store lacks replications."""

    part: Plan
    campaign: Campaign
    replications: int

    @property
    def is_ordinary(self) -> bool:
        """It is the twin."""
        return self.campaign.id != self.part.campaign.id

    @property
    def is_extended(self) -> bool:
        """The store holds some of it."""
        return self.part.store.sealed(self.campaign.id) > 0


def lacking(parts: Sequence[Plan]) -> list[Lacking]:
    """What the store lacks of these plans, twins first; one that several share is there once."""
    twins = {part.ordinary.id: (part, part.ordinary, part.missing_ordinary()) for part in parts}
    asked = {part.campaign.id: (part, part.campaign, part.missing()) for part in parts}
    return [
        Lacking(part=part, campaign=campaign, replications=len(missing))
        for part, campaign, missing in (*twins.values(), *asked.values())
        if missing
    ]


def estimated(some: Sequence[Lacking], checked: Range, advance: Callable[[str], None]) -> Estimate:
    """What it takes to run these, of which there is one at least; `advance` is told of each campaign that is tried.

    To check the order has taken these seconds, and a worker takes about as long to load what it needs.
    """
    chosen = tried_of(some)
    trials = dict[bool, list[Trial]]()
    for one in chosen:
        advance(one.campaign.scenario.name)
        trials.setdefault(one.is_ordinary, []).append(tried(one.part, one.campaign))
    workers = min(some[0].part.workers, sum(one.replications for one in some))
    began = _envelope([trial.computing.once for each in trials.values() for trial in each])
    seconds, size = began.plus(checked.times(2)), NOTHING
    for one in some:
        of_its_kind = trials[one.is_ordinary]
        computed = _envelope([trial.computing.each for trial in of_its_kind]).times(
            one.replications / workers
        )
        sealed = _envelope([trial.sealing.of(one.replications) for trial in of_its_kind])
        seconds = seconds.plus(computed).plus(sealed)
        size = size.plus(_envelope([_grown(trial, one) for trial in of_its_kind]))
    return Estimate(seconds=seconds, size=size, replications=TRIED * len(chosen))


def tried_of(some: Sequence[Lacking]) -> list[Lacking]:
    """Those that are tried for all: one twin, and the first campaigns."""
    twins, asked = ([one for one in some if one.is_ordinary is which] for which in (True, False))
    return [*twins[:1], *asked[:MOST_TRIED]]


def _grown(trial: Trial, one: Lacking) -> Range:
    """Bytes that it adds; what there is once is there already where it is extended."""
    grown = trial.size.each.times(one.replications) if one.is_extended else trial.size.of(one.replications)
    sealed = one.part.store.sealed(one.campaign.id)
    return grown.plus(trial.of_first.times(max(0, min(one.part.replications, WHOLE) - sealed)))


def _envelope(ranges: Sequence[Range]) -> Range:
    """From the least to the most of these."""
    return Range(min(each.low for each in ranges), max(each.high for each in ranges))
