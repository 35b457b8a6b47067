"""When and where a region breaks first."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.care import CareRecord
from simulation.crisis import replicate
from simulation.journal import Fate
from simulation.outcome import ReplicationOutcome
from simulation.scenario import Gauge, Scenario, Threshold
from simulation.stream import Stream
from simulation.theatre import Theatre
from simulation.title import Title
from simulation.verdict import Breach, Toll, breaches_of, toll_of
from tests.simulation.conftest import FIRST, SECOND


def with_thresholds(theatre: Theatre, bounds: dict[Gauge, float]) -> Theatre:
    reason = Title(fr="essai", en="test")
    thresholds = tuple(Threshold(indicator=g, at_most=most, reason=reason) for g, most in bounds.items())
    scenario: Scenario = theatre.scenario.model_copy(update={"thresholds": thresholds})
    return replace(theatre, scenario=scenario)


def quiet(theatre: Theatre) -> CareRecord:
    """Hours in which nothing happens."""
    shape = theatre.wards.expected.shape
    none = np.zeros(shape, np.int32)
    return CareRecord(
        demand=none,
        served=none,
        diverted_out=none,
        diverted_in=none,
        unmet=none,
        waiting=none.copy(),
        capacity=np.ones(shape),
        time_critical=none,
        journey_min=np.zeros(shape),
    )


@pytest.fixture
def outcome(small: Theatre) -> ReplicationOutcome:
    row = replicate(small, 1, 0).replication
    return replace(row, regional_cell_delay_h=3.0, restoration_h=None, ed_visits=1000)


def first_breach(
    theatre: Theatre, care: CareRecord, toll: Toll, some: list[Fate], outcome: ReplicationOutcome
) -> Breach | None:
    return next(iter(breaches_of(theatre, care, toll, some, outcome)), None)


def fates(theatre: Theatre) -> list[Fate]:
    return [Fate() for _ in theatre.nodes]


def test_the_running_sum_breaks_at_the_hour_and_site_that_brought_it(
    small: Theatre, outcome: ReplicationOutcome
) -> None:
    theatre = with_thresholds(small, {Gauge.ICU_UNMET: 4.0})
    care = quiet(theatre)
    first, second = (theatre.wards.of_site[f][Stream.CRITICAL_CARE] for f in (FIRST, SECOND))
    care.waiting[10, first] = 2
    care.waiting[20, second] = 3
    breach = first_breach(theatre, care, toll_of(theatre, care), fates(theatre), outcome)
    assert breach is not None
    assert (breach.at_h, breach.indicator, breach.finess) == (21.0, Gauge.ICU_UNMET, SECOND)


def test_a_bound_that_is_just_met_holds(small: Theatre, outcome: ReplicationOutcome) -> None:
    theatre = with_thresholds(small, {Gauge.ICU_UNMET: 2.0})
    care = quiet(theatre)
    care.waiting[10, theatre.wards.of_site[FIRST][Stream.CRITICAL_CARE]] = 2
    assert first_breach(theatre, care, toll_of(theatre, care), fates(theatre), outcome) is None


def test_a_wait_for_a_team_that_never_comes_breaks_too(small: Theatre, outcome: ReplicationOutcome) -> None:
    theatre = with_thresholds(small, {Gauge.RESPONDER_WAIT: 24.0})
    some = fates(theatre)
    some[theatre.nodes.index(SECOND)].responders_asked_h = 100.0
    care = quiet(theatre)
    breach = first_breach(theatre, care, toll_of(theatre, care), some, outcome)
    assert breach is not None
    assert (breach.at_h, breach.finess) == (124.0, SECOND)


def test_a_restoration_that_does_not_come_breaks_at_its_due_hour(
    small: Theatre, outcome: ReplicationOutcome
) -> None:
    theatre = with_thresholds(small, {Gauge.RESTORATION: 240.0, Gauge.REGIONAL_CELL_DELAY: 8.0})
    some = fates(theatre)
    for finess in (FIRST, SECOND):
        some[theatre.nodes.index(finess)].impact_h = 72.0
    care = quiet(theatre)
    breach = first_breach(theatre, care, toll_of(theatre, care), some, outcome)
    assert breach is not None
    assert (breach.at_h, breach.indicator, breach.finess) == (312.0, Gauge.RESTORATION, FIRST)


def test_without_an_impact_nothing_is_due(small: Theatre, outcome: ReplicationOutcome) -> None:
    theatre = with_thresholds(small, {Gauge.RESTORATION: 1.0, Gauge.REGIONAL_CELL_DELAY: 1.0})
    spared = replace(outcome, first_impact_h=None, regional_cell_delay_h=None)
    care = quiet(theatre)
    assert first_breach(theatre, care, toll_of(theatre, care), fates(theatre), spared) is None


def test_an_operation_is_postponed_once_on_the_day_for_which_it_was_planned(small: Theatre) -> None:
    care = quiet(small)
    ward = small.wards.of_site[FIRST][Stream.SURGERY]
    care.demand[:, ward] = 0
    care.demand[2, ward] = 5
    care.waiting[2:60, ward] = 3
    toll: Toll = toll_of(small, care)
    assert toll.postponed.sum() == 3
