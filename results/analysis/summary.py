"""The summary of a campaign: whether the region held, where it broke first, and what it cost, with intervals."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.analysis.departments import Department, departments_of
from results.analysis.statistics import Interval, mean_interval, quantiles, share_interval
from results.store.store import Store
from results.tables.arrays import values_of
from results.tables.schema import SCHEMAS, unit_of


class Verdict(StrEnum):
    """The verdict of a campaign, against the scenario's target."""

    HOLDS = "holds"
    BREAKS = "breaks"
    UNDECIDED = "undecided"
    """The target lies inside the interval: more replications would tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """The distribution of an indicator over the replications of a campaign; the mean of a yes-or-no is a share."""

    unit: str | None
    observed: int
    missing: int
    """Replications in which it did not occur."""
    mean: float | None
    mean_ci: Interval | None
    p05: float | None
    p50: float | None
    p95: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdResult:
    """How often a threshold of the scenario held."""

    indicator: str
    at_most: float
    held_share: float
    held_share_ci: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstBroken:
    """Where a region that breaks breaks first: the most frequent place and indicator."""

    finess: str | None
    name: str | None
    indicator: str
    replications: int
    breaking_share: float
    """Among the replications that broke."""
    median_h: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a sealed campaign says."""

    campaign: str
    region: str
    scenario: str
    posture: str
    seed: int
    replications: int
    held: int
    held_share: float
    held_share_ci: Interval
    target: float
    verdict: Verdict
    thresholds: tuple[ThresholdResult, ...]
    indicators: Mapping[str, Distribution]
    first_broken: FirstBroken | None
    departments: tuple[Department, ...]
    """Of the people of the region; none where it does not say where they live."""


def summarise(store: Store, campaign_id: str) -> Summary:
    """The campaign's verdict, its thresholds and its indicators; `BadStore` where a part of any table is damaged."""
    snapshot = store.snapshot(campaign_id)
    snapshot.refuse_damage()
    (description,) = snapshot.descriptions
    inputs, replications = store.inputs(campaign_id), snapshot.table("replications")
    held, total = sum(replications.column("held").to_pylist()), replications.num_rows
    target = inputs["scenario"]["held_share_target"]
    share, interval = _share(held, total)
    return Summary(
        campaign=campaign_id,
        region=inputs["region"]["name"],
        scenario=inputs["scenario"]["name"],
        posture=inputs["posture"]["name"],
        seed=description.seed,
        replications=total,
        held=held,
        held_share=share,
        held_share_ci=interval,
        target=target,
        verdict=verdict_of(interval, target),
        thresholds=tuple(
            threshold_result(replications, threshold) for threshold in inputs["scenario"]["thresholds"]
        ),
        indicators=distributions_of(replications),
        first_broken=first_broken_of(replications, inputs),
        departments=departments_of(snapshot),
    )


def verdict_of(held_share_ci: Interval, target: float) -> Verdict:
    """The region holds or breaks when the whole interval says so.

    >>> verdict_of((0.85, 0.97), 0.9)
    <Verdict.UNDECIDED: 'undecided'>
    """
    low, high = held_share_ci
    if low >= target:
        return Verdict.HOLDS
    return Verdict.BREAKS if high < target else Verdict.UNDECIDED


def threshold_result(replications: pa.Table, threshold: Mapping[str, Any]) -> ThresholdResult:
    """How often one threshold held."""
    broken = replications.column("thresholds_broken").to_pylist()
    held = sum(threshold["indicator"] not in some for some in broken)
    share, interval = _share(held, len(broken))
    return ThresholdResult(
        indicator=threshold["indicator"],
        at_most=threshold["at_most"],
        held_share=share,
        held_share_ci=interval,
    )


def distributions_of(replications: pa.Table) -> dict[str, Distribution]:
    """Every column of the replications table that is a number or a yes-or-no."""
    fields = [field for field in SCHEMAS["replications"] if field.name != "replication"]
    return {
        field.name: _distribution(replications.column(field.name), unit_of(field))
        for field in fields
        if not (pa.types.is_dictionary(field.type) or pa.types.is_list(field.type))
    }


def _distribution(column: pa.ChunkedArray, unit: str | None) -> Distribution:
    if pa.types.is_boolean(column.type):
        return _yes_or_no(
            sum(map(bool, column.to_pylist())), len(column) - column.null_count, column.null_count
        )
    values = _values(column)
    p05, p50, p95 = quantiles(values, [0.05, 0.5, 0.95])
    return Distribution(
        unit=unit,
        observed=len(values),
        missing=column.null_count,
        mean=float(values.mean()) if len(values) else None,
        mean_ci=mean_interval(values),
        p05=p05,
        p50=p50,
        p95=p95,
    )


def _values(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """The values that are not missing."""
    return values_of(column.drop_null().combine_chunks()).astype(np.float64)


def _yes_or_no(count: int, observed: int, missing: int) -> Distribution:
    return Distribution(
        unit="1",
        observed=observed,
        missing=missing,
        mean=count / observed if observed else None,
        mean_ci=share_interval(count, observed) if observed else None,
        p05=None,
        p50=None,
        p95=None,
    )


def first_broken_of(replications: pa.Table, inputs: Mapping[str, Any]) -> FirstBroken | None:
    """Where it most often broke first; of equals, the first in alphabetical order. `None` when it never broke."""
    columns = ("first_broken_finess", "first_broken_indicator", "first_broken_h")
    rows = zip(*(replications.column(name).to_pylist() for name in columns), strict=True)
    breaches = [(finess, indicator, hour) for finess, indicator, hour in rows if indicator is not None]
    if not breaches:
        return None
    counts = Counter((finess, indicator) for finess, indicator, _ in breaches)
    (finess, indicator), count = min(counts.items(), key=lambda item: (-item[1], str(item[0])))
    hours = [hour for *place, hour in breaches if place == [finess, indicator]]
    return FirstBroken(
        finess=finess,
        name=_name_of(finess, inputs),
        indicator=indicator,
        replications=count,
        breaking_share=count / len(breaches),
        median_h=float(np.median(hours)),
    )


def _name_of(finess: str | None, inputs: Mapping[str, Any]) -> str | None:
    establishment: Mapping[str, str] = inputs["region"]["establishments"].get(finess, {})
    return establishment.get("name")


def _share(count: int, total: int) -> tuple[float, Interval]:
    """A share and its interval; a sealed campaign has at least one replication."""
    return count / total, share_interval(count, total)
