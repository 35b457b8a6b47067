"""Waits: times that may not be over at the horizon, over the replications in which there was something to wait for."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.analysis.compared.survival import curve_of
from simulation.inputs.indicators.indicator import Wait
from simulation.inputs.indicators.registry import INDICATORS

WAITS = {name: each.wait for name, each in INDICATORS.items() if each.wait is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """How long something took over the replications of a campaign, those in which it was not over included."""

    unit: str
    concerned: int
    """Replications in which there was something to wait for; in the others nothing was."""
    over: int
    """Those in which it was over by the horizon."""
    median: float | None
    """By when it is over in half of those concerned; `None` where it is not in so many."""
    nine_in_ten: float | None
    restricted_mean: float | None
    """The mean, no wait counted for longer than `restricted_to`; `None` where there was never anything to wait for."""
    restricted_to: float | None
    """The longest that any was followed."""
    deadline: float | None
    """The scenario's threshold, else `restricted_to`."""
    beyond_share: float | None
    """The share of those concerned in which it is not over by the deadline."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One wait in each replication."""

    times: NDArray[np.float64]
    """How long it took, or has lasted at the horizon; not a number where there was nothing to wait for."""
    over: NDArray[np.bool_]
    concerned: NDArray[np.bool_]


def followed(rows: Rows, indicator: str, horizon_h: float) -> Followed:
    """How long a wait took in each replication, or how long it was followed."""
    wait, values = WAITS[indicator], rows.of(indicator)
    since = rows.of(wait.since) if wait.since else np.zeros(len(rows))
    is_over, concerned = _state_of(rows, wait, values, since)
    return Followed(np.where(np.isnan(values), horizon_h - since, values), is_over, concerned)


def _state_of(
    rows: Rows, wait: Wait, values: NDArray[np.float64], since: NDArray[np.float64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where it was over, and where there was something to wait for."""
    if wait.over is not None:
        over = rows.of(wait.over)
        return over == 1.0, ~np.isnan(over)
    return ~np.isnan(values), ~np.isnan(since)


def waited(rows: Rows, indicator: str, horizon_h: float, deadline: float | None) -> Waited:
    """A wait over these replications, beside the scenario's threshold if it has one."""
    found, unit = followed(rows, indicator, horizon_h), INDICATORS[indicator].unit
    concerned = int(found.concerned.sum())
    if not concerned:
        return _nothing(unit, deadline)
    is_over = found.over[found.concerned]
    curve = curve_of(found.times[found.concerned], is_over)
    by = curve.until if deadline is None else deadline
    return Waited(
        unit=unit,
        concerned=concerned,
        over=int(is_over.sum()),
        median=curve.quantile(0.5),
        nine_in_ten=curve.quantile(0.9),
        restricted_mean=curve.restricted_mean(),
        restricted_to=curve.until,
        deadline=by,
        beyond_share=curve.left_at(by),
    )


def _nothing(unit: str, deadline: float | None) -> Waited:
    return Waited(
        unit=unit,
        concerned=0,
        over=0,
        median=None,
        nine_in_ten=None,
        restricted_mean=None,
        restricted_to=None,
        deadline=deadline,
        beyond_share=None,
    )
