"""Sensitivity: which of the drawn assumptions a verdict turns on.

Replications that share a draw are one point, so that no draw is counted twice. Numbers are taken by their ranks: a
crisis ten times as bad as the next one would else decide alone. What is told apart is told with all assumptions in
mind: were there none on which a number turns, one would be named in one campaign of twenty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.analysis.assumptions.given_data import Index, indices_of
from results.analysis.compared.added import UNMET
from results.analysis.compared.rows import Rows
from results.analysis.compared.twin import crises_of
from results.analysis.compared.verdicts import Crises, of_care
from results.analysis.compared.waits import followed
from results.analysis.statistics import Interval
from results.store.snapshot import Snapshot
from results.store.store import Store
from simulation.inputs.campaign import Uncertainty
from simulation.inputs.parameters.parameters import ORDINARY_LIFE
from simulation.inputs.parameters.uncertainty import unknown_of
from topologies.errors import InputError, Message

CARE, BACK = "care", "restoration_h"
"""What is explained beside those whom care does not take: how near it comes to the thresholds on care; one wait."""
MOST_NAMED = 3


class NothingDrawn(InputError):
    """All replications of the campaign take the parameters' central values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A parameter, or what several of an outage's costs hang on, and how much of a number it explains."""

    name: str
    low: float
    high: float
    """Between which values the replications drew it."""
    share: float
    """Of the variance of the number over the draws, chance included."""
    interval: Interval
    rises: bool
    """The number is worse, in the mean, where it is high."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Assumptions that are drawn together, of the crisis or of ordinary life."""

    draws: int
    assumptions: int
    level: float | None
    """A share up to which no assumption can be told apart; `None` where the draws are too few, or all are equal."""
    told_apart: tuple[Assumption, ...]
    """From chance; those that explain most first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What a number turns on."""

    crisis: Group
    ordinary: Group

    @property
    def told_apart(self) -> tuple[Assumption, ...]:
        """The assumptions of both groups that are told apart from chance, those that explain most first."""
        return tuple(sorted(self.crisis.told_apart + self.ordinary.told_apart, key=lambda one: -one.share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """What the numbers of a campaign turn on."""

    campaign: str
    replications: int
    crises: int
    """Replications in which something went off, of which alone it is asked."""
    explained: Mapping[str, Explained]

    @property
    def turns_on(self) -> tuple[Assumption, ...]:
        """The assumptions on which the verdict on care turns: three at most, and none that chance may have named."""
        care = self.explained.get(CARE)
        return care.told_apart[:MOST_NAMED] if care else ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn of the unknowns of the crisis, or of ordinary life, draw by draw."""

    names: tuple[str, ...]
    values: NDArray[np.float64]
    """Of shape (draws, unknowns)."""

    @classmethod
    def of(cls, snapshot: Snapshot) -> tuple["Drawn", "Drawn"]:
        """Those of the crisis, and those of ordinary life."""
        rows = Rows(snapshot.table("draws", ["parameter", "value"]))
        codes, labels = rows.codes_of("parameter")
        is_ordinary = np.array([label in ORDINARY_LIFE for label in labels], np.bool_)[codes]
        values = rows.of("value")
        crisis, ordinary = (
            cls._of(codes[those], labels, values[those]) for those in (~is_ordinary, is_ordinary)
        )
        return crisis, ordinary

    @classmethod
    def _of(cls, codes: NDArray[np.intp], labels: list[str], values: NDArray[np.float64]) -> "Drawn":
        """All draws have the same unknowns, in the same order."""
        names = tuple(unknown_of(labels[code]) for code in dict.fromkeys(codes.tolist()))
        return cls(names, values.reshape(-1, len(names)) if names else np.empty((0, 0)))


def sensitivity_of(store: Store, campaign_id: str) -> Sensitivity:
    """What the numbers of a campaign turn on; `NothingDrawn` where it draws no parameters."""
    snapshot, inputs = store.snapshot(campaign_id), store.inputs(campaign_id)
    if inputs["uncertainty"] != Uncertainty.DRAWN:
        raise NothingDrawn(
            Message(
                "all replications of campaign {campaign} take the parameters' central values; run the same with "
                "--parameters drawn",
                {"campaign": campaign_id},
            )
        )
    crises = crises_of(store, snapshot, inputs)
    return _sensitivity(crises, snapshot, _numbers(crises, of_care(inputs["scenario"]["thresholds"])))


def turning_of(crises: Crises, snapshot: Snapshot, inputs: Mapping[str, Any]) -> Sensitivity | None:
    """What the verdict on care alone turns on; `None` where nothing is drawn, or nobody attacks."""
    if inputs["uncertainty"] != Uncertainty.DRAWN or crises.are_ordinary:
        return None
    numbers = _numbers(crises, of_care(inputs["scenario"]["thresholds"]))
    return _sensitivity(crises, snapshot, {name: number for name, number in numbers.items() if name == CARE})


def _sensitivity(
    crises: Crises, snapshot: Snapshot, numbers: Mapping[str, NDArray[np.float64]]
) -> Sensitivity:
    (description,), drawn = snapshot.descriptions, Drawn.of(snapshot)
    return Sensitivity(
        campaign=description.campaign,
        replications=len(crises.asked),
        crises=int(crises.went_off.sum()),
        explained={
            name: _explained(number, crises, drawn, seed)
            for seed, (name, number) in enumerate(numbers.items())
        },
    )


def _numbers(crises: Crises, thresholds: Sequence[Mapping[str, Any]]) -> dict[str, NDArray[np.float64]]:
    """What is to be explained, in each replication; not a number where there is nothing to ask."""
    numbers = {UNMET: crises.added(UNMET), BACK: _until_back(crises)}
    if thresholds:
        numbers = {CARE: nearest_to_limit(crises, thresholds), **numbers}
    return {name: np.where(crises.went_off, number, np.nan) for name, number in numbers.items()}


def nearest_to_limit(crises: Crises, thresholds: Sequence[Mapping[str, Any]]) -> NDArray[np.float64]:
    """What the attack adds, as a share of the threshold to which it comes nearest; care holds up to 1.

    Where nothing may be added, what is added is left as it is.
    """
    shares = [crises.added(each["indicator"]) / (each["at_most"] or 1.0) for each in thresholds]
    nearest: NDArray[np.float64] = np.max(shares, axis=0)
    return nearest


def _until_back(crises: Crises) -> NDArray[np.float64]:
    """How long until capacity is back; longer than all others where it is not by the horizon."""
    wait = followed(crises.asked, BACK, crises.horizon_h)
    return np.where(wait.concerned, np.where(wait.over, wait.times, crises.horizon_h), np.nan)


def _explained(
    number: NDArray[np.float64], crises: Crises, drawn: tuple[Drawn, Drawn], seed: int
) -> Explained:
    known, (of_crisis, of_ordinary) = ~np.isnan(number), drawn
    ranks, witnesses = ranks_of(number[known]), crises.witnesses.among(known)
    return Explained(
        crisis=_group(ranks, witnesses.crisis, of_crisis, seed),
        ordinary=_group(ranks, witnesses.ordinary, of_ordinary, seed),
    )


def ranks_of(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The rank of each value, equal ones sharing theirs.

    >>> ranks_of(np.array([5.0, 2.0, 5.0]))
    array([2.5, 1. , 2.5])
    """
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    shared: NDArray[np.float64] = (np.cumsum(counts) - (counts - 1) / 2.0)[place]
    return shared


def _group(ranks: NDArray[np.float64], draws: NDArray[np.intp], drawn: Drawn, seed: int) -> Group:
    """What the unknowns explain of the mean rank of each draw."""
    those, draw, counts = np.unique(draws, return_inverse=True, return_counts=True)
    number = np.bincount(draw, ranks) / counts
    inputs = drawn.values[those] if drawn.names else np.empty((len(those), 0))
    found = indices_of(inputs, number, seed)
    return Group(
        draws=len(number),
        assumptions=len(drawn.names),
        level=found.level,
        told_apart=tuple(_assumption(one, drawn) for one in found.told_apart),
    )


def _assumption(index: Index, drawn: Drawn) -> Assumption:
    values = drawn.values[:, index.input]
    return Assumption(
        name=drawn.names[index.input],
        low=float(values.min()),
        high=float(values.max()),
        share=index.share,
        interval=index.interval,
        rises=index.rises,
    )
