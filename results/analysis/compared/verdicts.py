"""Verdicts: whether care held, and whether systems came back, each by thresholds of the scenario.

A threshold on care bounds what the attack adds: the indicator less that of the same replication of the ordinary twin.
So what ordinary life strains breaks nothing, and an ordinary month always holds. A threshold on systems is a deadline.
Both are judged over the replications in which something went off: one in which nothing did says nothing of the region.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import reduce
from operator import and_
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.analysis.compared.waits import followed
from results.analysis.statistics import Interval
from results.analysis.witnesses import Witnesses
from results.tables.tables import record_tables
from simulation.inputs.campaign import Uncertainty
from simulation.inputs.indicators.bounds import DEADLINES
from simulation.inputs.scenarios.scenario import Scenario
from simulation.outcome.records import Outcome
from topologies.fields.title import Title


class Verdict(StrEnum):
    """A verdict on the region, against the scenario's target."""

    HOLDS = "holds"
    BREAKS = "breaks"
    UNDECIDED = "undecided"
    """The target lies inside the interval: more replications would tell."""
    UNTESTED = "untested"
    """Nothing went off in any replication: the campaign says nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """In how many replications something was so, and in how many of all that would be."""

    count: int
    of: int
    share: float | None
    """`None` of none."""
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdResult:
    """How often a threshold of the scenario held."""

    indicator: str
    at_most: float
    reason: Title
    given: Share
    """Of the replications in which something went off."""
    over_all: Share
    not_due: int
    """Of these, those whose horizon came before the deadline, and that count as held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict, and what it rests on."""

    verdict: Verdict
    given: Share
    """Replications that held every threshold, of those in which something went off: by this it is judged."""
    over_all: Share
    thresholds: tuple[ThresholdResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crises:
    """The replications of a campaign beside those of its twin."""

    asked: Rows
    ordinary: Rows
    witnesses: Witnesses
    horizon_h: float
    went_off: NDArray[np.bool_]
    """In which replications something went off; in all where nobody attacks, so that ordinary life is judged too."""

    @property
    def are_ordinary(self) -> bool:
        """Nobody attacks: the campaign is its own twin."""
        return self.asked is self.ordinary

    @property
    def shown(self) -> NDArray[np.bool_]:
        """What is told of in full: where something went off; all where nothing ever did, for what precautions cost."""
        return self.went_off if self.went_off.any() else ~self.went_off

    def first(self, replications: int) -> "Crises":
        """The first replications."""
        asked = self.asked.first(replications)
        those = np.arange(len(self.asked)) < replications
        return replace(
            self,
            asked=asked,
            ordinary=asked if self.are_ordinary else self.ordinary.first(replications),
            witnesses=self.witnesses.among(those),
            went_off=self.went_off[those],
        )

    def added(self, indicator: str) -> NDArray[np.float64]:
        """What the attack adds to the ordinary twin, in each replication."""
        return self.asked.of(indicator) - self.ordinary.of(indicator)


def share_of(those: NDArray[np.bool_], among: NDArray[np.bool_], witnesses: Witnesses) -> Share:
    """How many of these are among those, of replications by their draws."""
    count, total = int((those & among).sum()), int(among.sum())
    if not total:
        return Share(count=0, of=0, share=None, interval=None)
    interval = witnesses.among(among).share_interval(those[among])
    return Share(count=count, of=total, share=count / total, interval=interval)


def of_care(thresholds: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The thresholds that bound what the attack adds."""
    return [each for each in thresholds if each["indicator"] not in DEADLINES]


def of_systems(thresholds: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The thresholds that are deadlines of response and recovery."""
    return [each for each in thresholds if each["indicator"] in DEADLINES]


def judged(crises: Crises, thresholds: Sequence[Mapping[str, Any]], target: float) -> Judgement | None:
    """The verdict by these thresholds; `None` where the scenario sets none.

    Ordinary life, to which nothing is added, holds however few replications there are.
    """
    if not thresholds:
        return None
    held, everywhere = held_all(crises, thresholds), np.ones(len(crises.asked), np.bool_)
    given = share_of(held, crises.went_off, crises.witnesses)
    return Judgement(
        verdict=_verdict(crises, given, target),
        given=given,
        over_all=share_of(held, everywhere, crises.witnesses),
        thresholds=tuple(_result(crises, threshold) for threshold in thresholds),
    )


def _verdict(crises: Crises, given: Share, target: float) -> Verdict:
    if crises.are_ordinary:
        return Verdict.HOLDS
    return Verdict.UNTESTED if given.interval is None else verdict_of(given.interval, target)


def verdict_of(held_share_ci: Interval, target: float) -> Verdict:
    """What is judged holds or breaks when the whole interval says so.

    >>> verdict_of((0.85, 0.97), 0.9)
    <Verdict.UNDECIDED: 'undecided'>
    """
    low, high = held_share_ci
    if low >= target:
        return Verdict.HOLDS
    return Verdict.BREAKS if high < target else Verdict.UNDECIDED


def held_all(crises: Crises, thresholds: Sequence[Mapping[str, Any]]) -> NDArray[np.bool_]:
    """In which replications every one of these thresholds held."""
    return reduce(and_, (_held(crises, each) for each in thresholds), np.ones(len(crises.asked), np.bool_))


def _held(crises: Crises, threshold: Mapping[str, Any]) -> NDArray[np.bool_]:
    """In which replications it held; a wait that the horizon cut short of its deadline did."""
    indicator, at_most = threshold["indicator"], threshold["at_most"]
    if indicator not in DEADLINES:
        within: NDArray[np.bool_] = crises.added(indicator) <= at_most
        return within
    wait = followed(crises.asked, indicator, crises.horizon_h)
    late: NDArray[np.bool_] = np.where(wait.over, wait.times > at_most, wait.times >= at_most)
    return ~(wait.concerned & late)


def _not_due(crises: Crises, threshold: Mapping[str, Any]) -> NDArray[np.bool_]:
    """Where it was not over, and the horizon came before the deadline."""
    if threshold["indicator"] not in DEADLINES:
        return np.zeros(len(crises.asked), np.bool_)
    wait = followed(crises.asked, threshold["indicator"], crises.horizon_h)
    early: NDArray[np.bool_] = wait.concerned & ~wait.over & (wait.times < threshold["at_most"])
    return early


def _result(crises: Crises, threshold: Mapping[str, Any]) -> ThresholdResult:
    held = _held(crises, threshold)
    return ThresholdResult(
        indicator=threshold["indicator"],
        at_most=threshold["at_most"],
        reason=Title.model_validate(threshold["reason"]),
        given=share_of(held, crises.went_off, crises.witnesses),
        over_all=share_of(held, np.ones(len(held), np.bool_), crises.witnesses),
        not_due=int(_not_due(crises, threshold).sum()),
    )


def care_held(scenario: Scenario, asked: Sequence[Outcome], ordinary: Sequence[Outcome]) -> list[bool]:
    """In which of these replications care held, beside the same without the attack; both in order of their numbers."""
    rows, twin = (Rows(record_tables(outcomes)["replications"]) for outcomes in (asked, ordinary))
    everywhere = np.ones(len(rows), np.bool_)
    crises = Crises(
        asked=rows,
        ordinary=twin,
        witnesses=Witnesses.of_campaign(len(rows), Uncertainty.CENTRAL),
        horizon_h=float(scenario.horizon_h),
        went_off=everywhere,
    )
    thresholds = [{"indicator": each.indicator, "at_most": each.at_most} for each in scenario.thresholds]
    return [bool(held) for held in held_all(crises, of_care(thresholds))]
