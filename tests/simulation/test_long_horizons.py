"""Long horizons: which weeks are followed, what passes between them, and how far off a year is that they tell."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import numpy as np
import pytest

from simulation.care.capacity.length_of_stay import stays_of
from simulation.care.capacity.staffing.ordinary_day import OrdinaryDay
from simulation.care.demand import followed as module
from simulation.care.demand.calendar import clock_of
from simulation.care.demand.followed import HOURS_A_WEEK, Followed
from simulation.care.flow.skipping import by_clock_of_care, with_lists
from simulation.inputs.clock import EIGHTEEN_MONTHS_H, HALF_A_YEAR_H, PARIS
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario, Surge
from simulation.outcome.counting import replication_of
from simulation.outcome.records import ReplicationOutcome
from simulation.replication import PreparedCampaign, trace_of
from tests.campaigns import prepare_campaign
from topologies.fields.quantity import Quantity
from topologies.region import Region

A_YEAR_H = 365 * 24
REPLICATIONS = 3


def lasting(scenario: Scenario, hours: int) -> Scenario:
    return scenario.model_copy(update={"horizon_h": hours})


def weeks_of(followed: Followed) -> list[int]:
    return sorted(set((followed.hours // HOURS_A_WEEK).tolist()))


def test_up_to_half_a_year_every_hour_is_followed(scenario: Scenario) -> None:
    followed = Followed.of(lasting(scenario, HALF_A_YEAR_H))
    assert followed.are_all
    assert followed.hours.tolist() == followed.stand_in.tolist() == list(range(HALF_A_YEAR_H))
    assert followed.by_care(17.3) == 17.3


@pytest.mark.parametrize("hours", [HALF_A_YEAR_H + 1, A_YEAR_H, EIGHTEEN_MONTHS_H])
def test_of_a_longer_horizon_every_hour_has_one_that_stands_for_it(scenario: Scenario, hours: int) -> None:
    followed = Followed.of(lasting(scenario.model_copy(update={"event": None}), hours))
    assert followed.stands_for.sum() == hours
    assert np.bincount(followed.stand_in).tolist() == followed.stands_for.tolist()
    assert np.all(followed.hours[followed.stand_in] % HOURS_A_WEEK == np.arange(hours) % HOURS_A_WEEK)
    assert weeks_of(followed)[:5] == [0, 1, 2, 3, 4], "the first are followed one after the other"
    assert weeks_of(followed)[-1] == hours // HOURS_A_WEEK - 1, "what waits in the end is seen in the end"
    assert len(followed) <= 15 * HOURS_A_WEEK


def test_what_is_set_to_happen_later_is_followed_for_weeks(scenario: Scenario) -> None:
    begins = scenario.start + timedelta(weeks=30)
    more = Quantity(value=1.2, unit="ratio", low=1.0, high=1.5, source="a test")
    surge = Surge(begins=begins, ends=begins + timedelta(weeks=1), emergency=more)
    late = lasting(scenario, A_YEAR_H).model_copy(update={"surge": surge, "event": None})
    assert set(range(30, 36)) <= set(weeks_of(Followed.of(late)))


def test_a_crowd_is_followed_while_it_is_there_and_a_year_of_games_by_thirteen_weeks(
    scenario: Scenario,
) -> None:
    weeks = weeks_of(Followed.of(lasting(scenario, A_YEAR_H)))
    assert weeks[:8] == list(range(8)), "through the last session of the Paralympic Games"
    assert weeks[8] > 8
    assert len(weeks) == 13


def test_of_weeks_that_do_not_matter_each_stands_for_about_as_many(scenario: Scenario) -> None:
    followed = Followed.of(lasting(scenario.model_copy(update={"event": None}), A_YEAR_H))
    blocks = {weeks for weeks in followed.stands_for.tolist() if weeks > 2}
    assert max(blocks) - min(blocks) <= 1
    assert max(blocks) <= module.LONGEST_BLOCK


def test_a_year_by_weeks_is_staffed_for_as_many_hospitalised_as_one_followed_whole(
    small_region: Region, scenario: Scenario, parameters: Parameters
) -> None:
    year = lasting(scenario, A_YEAR_H)

    def hospitalised() -> float:
        return OrdinaryDay(small_region, year, parameters, stays_of(parameters), {}).hospitalised_now

    with patch.object(module, "HALF_A_YEAR_H", A_YEAR_H):
        whole = hospitalised()
    assert hospitalised() == pytest.approx(whole, rel=0.01)


def test_hours_of_eighteen_months_are_those_of_paris_through_a_leap_day_and_three_changes_of_clocks(
    scenario: Scenario,
) -> None:
    long = lasting(scenario, EIGHTEEN_MONTHS_H).model_copy(
        update={"start": datetime(2027, 9, 1, 6, tzinfo=UTC), "event": None, "waves": ()}
    )
    followed = Followed.of(long)
    for hour, at in zip(followed.hours.tolist(), clock_of(long), strict=True):
        assert at == (long.start + timedelta(hours=hour)).astimezone(PARIS)


def test_between_followed_weeks_the_last_change_of_each_ward_counts(scenario: Scenario) -> None:
    followed = Followed.of(lasting(scenario.model_copy(update={"event": None}), A_YEAR_H))
    gap = int(np.flatnonzero(np.diff(followed.hours) > HOURS_A_WEEK)[0])
    skipped_h, next_h = followed.hours[gap] + 20.0, followed.hours[gap + 1] + 0.5

    def left(*shares: float) -> np.ndarray:
        return np.array([[share, 1.0, 0.0, 0.0, 0.0] for share in shares])

    changes = [
        (skipped_h, np.array([1, 2]), left(0.1, 0.2)),
        (skipped_h + 1.0, np.array([2]), left(0.3)),
        (float(next_h), np.array([1]), left(0.4)),
    ]
    found = [
        (at_h, wards.tolist(), rows[:, 0].tolist())
        for at_h, wards, rows in by_clock_of_care(changes, followed)
    ]
    assert found == [(gap + 1.0, [1], [0.1]), (gap + 1.0, [2], [0.3]), (gap + 1.5, [1], [0.4])]


def for_a_year(small: PreparedCampaign) -> PreparedCampaign:
    of = small.campaign
    return prepare_campaign(of.region, lasting(of.scenario, A_YEAR_H), of.posture, of.parameters)


@pytest.fixture(scope="module")
def year(small: PreparedCampaign) -> PreparedCampaign:
    """The small region for a year, helpless before an attacker who never fails."""
    return for_a_year(small)


def test_patients_are_conserved_but_for_the_lists_that_move_on(year: PreparedCampaign) -> None:
    trace = trace_of(year, 1, 0)
    care, followed = trace.care, year.care.wards.followed
    balance = care.demand + care.diverted_in - care.served - care.diverted_out - care.unmet
    before = np.vstack([np.zeros((1, balance.shape[1]), np.int64), care.waiting[:-1]])
    off = care.waiting - before - balance
    after_a_skip = np.append(False, np.diff(followed.hours) > 1)
    moving = np.isin(np.arange(balance.shape[1]), with_lists(year.care.wards))
    assert not off[~after_a_skip].any()
    assert not off[:, ~moving].any()
    assert off[np.ix_(after_a_skip, moving)].any()


def rows_of(prepared: PreparedCampaign) -> list[ReplicationOutcome]:
    return [replication_of(trace_of(prepared, 1, number)) for number in range(REPLICATIONS)]


def total(rows: Sequence[ReplicationOutcome], name: str) -> float:
    return float(sum(getattr(row, name) for row in rows))


def test_a_year_of_followed_weeks_is_close_to_a_year_followed_whole(
    small: PreparedCampaign, year: PreparedCampaign
) -> None:
    """As decision 0052 states it, with room for chance in three replications of four hospitals."""
    with patch.object(module, "HALF_A_YEAR_H", A_YEAR_H):
        whole = rows_of(for_a_year(small))
    told = rows_of(year)
    assert [row.bed_days_lost for row in told] == pytest.approx(
        [row.bed_days_lost for row in whole], rel=0.01
    )
    for name, within in (
        ("ed_visits", 0.02),
        ("time_critical_patients", 0.03),
        ("ed_visits_unmet", 0.35),
        ("surgeries_postponed", 0.35),
    ):
        assert total(told, name) == pytest.approx(total(whole, name), rel=within), name
    assert total(told, "surgeries_backlog") == pytest.approx(total(whole, "surgeries_backlog"), abs=20.0)
