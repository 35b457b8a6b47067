"""What an ordinary month does, in the terms of published statistics: neither attack nor event."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray
from simpy import Environment

from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.flow.arrivals import Arrivals, draw_arrivals
from simulation.care.flow.care import Care
from simulation.care.flow.codes import Exit, Where
from simulation.engine.random_streams import Luck
from simulation.inputs.clock import PARIS
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream, WardKind
from topologies.region import Region

DAYS = 28
"""Four whole weeks, so that each weekday counts as often."""
COUNTED_AT_H = 6
"""The hour at which patients on trolleys are counted, and at which the month begins."""
NIGHT_H = 3.0
"""Who has waited for a bed for so long has spent the night on a trolley."""
SETTLED_DAYS = 3
"""Nobody waits at the start; nights are counted from here."""
DEPARTMENTS_COUNTED = 100
"""The hundred or so departments that counted: the largest sites are taken for them."""
SMALL, LARGE = 40.0, 120.0
"""Patients per day up to which a department is of the first fifth of the survey, and from which of the last."""
SHORT_STAY = 5.0 / 16.0
"""Of those hospitalised, the share in short stay: 5 % of all against 11 % in wards. Their passage lasts 14 h 50."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """Four weeks of a region, and who passed through its emergency departments."""

    wards: Wards
    care: Care
    arrivals: Arrivals
    trolleys: NDArray[np.float64]
    """Patients who have waited for a bed since midnight, by night, in the hundred largest sites."""


def month_of(region: Region, parameters: Parameters, month: int, number: int = 0) -> Month:
    """One replication of four weeks that begin with the first Monday of a month of 2026."""
    first = datetime(2026, month, 1, COUNTED_AT_H, tzinfo=PARIS)
    start = first + timedelta(days=-first.weekday() % 7)
    scenario = load_scenario("ordinary-month").model_copy(
        update={"start": start, "horizon_h": DAYS * 24, "thresholds": ()}
    )
    wards, luck = wards_of(region, scenario, parameters), Luck(14, number)
    env = Environment()
    care = Care(env, wards, parameters, luck, history=True)
    nights: list[float] = []
    counted = _largest(wards, region)
    care.each_morning.append(lambda _: nights.append(_trolleys(care, counted)))
    env.process(care.run())
    env.run(until=len(care.followed))
    care.finish()
    return Month(
        wards=wards,
        care=care,
        arrivals=draw_arrivals(wards, parameters, luck),
        trolleys=np.array(nights[SETTLED_DAYS:]),
    )


def _largest(wards: Wards, region: Region) -> NDArray[np.bool_]:
    """The emergency departments of the largest sites, of shape (wards,)."""
    departments = wards.emergency_departments
    visits = np.array(
        [region.establishments[wards.finess[ward]].ed_visits_per_year or 0 for ward in departments]
    )
    least = np.sort(visits)[-min(DEPARTMENTS_COUNTED, len(visits))]
    chosen = np.zeros(len(wards.finess), dtype=np.bool_)
    chosen[departments[visits >= least]] = True
    return chosen


def _trolleys(care: Care, counted: NDArray[np.bool_]) -> float:
    """Patients who hold a place in these departments and have waited for a bed since midnight."""
    state = care.state
    is_there = np.ones(len(state.free), dtype=np.bool_)
    is_there[state.free[: int(state.clock.free_seats)]] = False
    patients = state.patients[: len(is_there)][is_there]
    boards = (patients["where"] == Where.WAITING) & (patients["holds"] >= 0)
    boards &= float(care.env.now) - patients["queued_h"] >= NIGHT_H
    return float(counted[patients["holds"][boards]].sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Passages:
    """Emergency patients; arrays of shape (patients,)."""

    ward: NDArray[np.int32]
    came_h: NDArray[np.float64]
    wait_h: NDArray[np.float64]
    stay_h: NDArray[np.float64]
    """From coming to leaving the department; NaN for those who left unseen or are still there."""
    is_hospitalised: NDArray[np.bool_]
    is_unseen: NDArray[np.bool_]


def _passages(month: Month) -> _Passages:
    arrivals, history = month.arrivals, month.care.record.history
    kind = month.wards.table.kind[arrivals.ward]
    mine = (kind == WardKind.EMERGENCY) & (arrivals.came_h >= 0.0)
    ward, came_h, past = arrivals.ward[mine], arrivals.came_h[mine], history[mine]
    is_seen = ~np.isnan(past["taken_h"])
    at_once = is_seen & ((past["exit"] == Exit.DISCHARGED) | (past["exit"] == Exit.HOSPITALISED_ELSEWHERE))
    is_hospitalised = ~np.isnan(past["moved_h"])
    is_hospitalised |= at_once & (past["exit"] == Exit.HOSPITALISED_ELSEWHERE)
    left_h = np.where(np.isnan(past["moved_h"]), np.where(at_once, past["left_h"], np.nan), past["moved_h"])
    return _Passages(
        ward=ward,
        came_h=came_h,
        wait_h=past["taken_h"] - came_h,
        stay_h=left_h - came_h,
        is_hospitalised=is_hospitalised,
        is_unseen=~is_seen & (past["exit"] == Exit.UNMET),
    )


def measures(month: Month) -> Mapping[str, float]:
    """The month in the terms of `published.csv`, by its names."""
    all_passages, record, wards = _passages(month), month.care.record, month.wards
    # Those who came late are still there.
    full = all_passages.came_h < (DAYS - 3) * 24.0
    each = _Passages(**{name: getattr(all_passages, name)[full] for name in _Passages.__dataclass_fields__})
    known = ~np.isnan(each.stay_h)
    home, ward = known & ~each.is_hospitalised, known & each.is_hospitalised
    a_day = _visits_a_day(month)[each.ward]
    clock = (each.came_h.astype(np.intp) + COUNTED_AT_H) % 24
    critical, samu = wards.of(Stream.CRITICAL_CARE), wards.of(Stream.SAMU)

    def share(name: str, of: NDArray[np.bool_]) -> float:
        return float(getattr(record, name)[:, of].sum() / record.demand[:, of].sum())

    return {
        "visits_per_day": float(len(all_passages.ward) / DAYS),
        "visits_by_day_share": float(((clock >= 8) & (clock < 20)).mean()),
        "left_unseen_share": float(each.is_unseen.mean()),
        "wait_mean_min": float(np.nanmean(each.wait_h)) * 60.0,
        "wait_evening_min": float(np.nanmean(each.wait_h[(clock >= 16) & (clock < 22)])) * 60.0,
        "wait_morning_min": float(np.nanmean(each.wait_h[(clock >= 6) & (clock < 10)])) * 60.0,
        "stay_median_h": _median_of(each, known),
        "stay_home_median_h": float(np.median(each.stay_h[home])),
        "stay_ward_median_h": float(np.median(each.stay_h[ward])),
        "stay_over_5_5_h_share": _over(each, known, 5.5),
        "stay_over_8_h_share": _over(each, known, 8.0),
        "stay_small_median_h": _median_of(each, known & (a_day <= SMALL)),
        "stay_large_median_h": _median_of(each, known & (a_day > LARGE)),
        "hospitalised_share": float(each.is_hospitalised[known].mean()),
        "trolleys_per_night": float(month.trolleys.mean()),
        "critical_refused_share": share("diverted_out", critical) + share("unmet", critical),
        "critical_never_share": share("unmet", critical),
        "calls_unanswered_share": _unanswered_share(
            share("unmet", samu), month.wards.table.rings_again_share
        ),
        "ambulances_diverted_share": float(record.ambulances_diverted_out.sum() / len(all_passages.ward)),
    }


def _unanswered_share(lost: float, again: float) -> float:
    """Of all calls, those rung again included, the share that nobody answers; so many callers are lost in the end."""
    unanswered = lost / (1.0 - again)
    return unanswered / (1.0 + again * unanswered)


def _visits_a_day(month: Month) -> NDArray[np.float64]:
    """By ward: the patients per day of all departments of its site, on the mean of the year."""
    of_site: dict[str, float] = {}
    for ward in month.wards.emergency_departments:
        finess = month.wards.finess[ward]
        of_site[finess] = of_site.get(finess, 0.0) + 24.0 * float(month.wards.table.hourly[ward])
    return np.array([of_site.get(finess, 0.0) for finess in month.wards.finess])


def _weights(each: _Passages) -> NDArray[np.float64]:
    return np.where(each.is_hospitalised, 1.0 - SHORT_STAY, 1.0)


def _over(each: _Passages, which: NDArray[np.bool_], hours: float) -> float:
    """The share who stay longer than that; those in short stay all do, as the survey counts them."""
    weights = _weights(each)[which]
    in_short_stay = float(len(weights) - weights.sum())
    return float((weights[each.stay_h[which] > hours].sum() + in_short_stay) / len(weights))


def _median_of(each: _Passages, which: NDArray[np.bool_]) -> float:
    """The median stay; that of those in short stay is longer, as the survey counts them."""
    stays, weights = each.stay_h[which], _weights(each)[which]
    order = np.argsort(stays)
    below = np.cumsum(weights[order])
    return float(stays[order][np.searchsorted(below, len(weights) / 2.0)])
