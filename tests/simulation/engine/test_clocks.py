"""Does time hold where clocks change, at every hour of the week, and at the ends of the calendar?"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import simulation
import topologies
from simulation.care.capacity.wards import wards_of
from simulation.care.demand.crowds import crowd_of
from simulation.care.flow.arrivals import draw_arrivals
from simulation.engine.random_streams import Luck
from simulation.inputs.clock import PARIS, by_the_clock
from simulation.inputs.events.event import Event
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.inputs.scenarios.scenario import Scenario
from tests.campaigns import campaign_of, checked
from topologies.region import Region

REGION = topologies.load("ile-de-france")
PARAMETERS = load_parameters()
MONDAY = datetime(2026, 3, 2, tzinfo=PARIS)
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
PLAIN = {"venue": "Plaine Saint-Denis", "latitude": 48.92, "longitude": 2.36}


def scenario_from(start: datetime, horizon_h: int = 720) -> Scenario:
    ordinary = simulation.load_scenario("ordinary-month")
    in_time = [each.model_dump() for each in ordinary.thresholds if each.at_most <= horizon_h]
    fields = {"start": start, "horizon_h": horizon_h, "thresholds": in_time}
    return Scenario.model_validate({**ordinary.model_dump(), **fields})


def event(**fields: Any) -> Event:
    title = {"fr": "Fête", "en": "Feast"}
    return Event.model_validate({"name": "feast", "title": title, "sources": ["made up"], **fields})


def sent(some: Event, scenario: Scenario) -> float:
    """Patients whom an event sends to hospital."""
    visits = crowd_of(checked(campaign_of(REGION, scenario, event=some))).visits.values()
    return float(sum(each.sum() for each in visits))


def expected_of(people: float) -> float:
    return people * PARAMETERS.crowds.transfers_per_1000.value / 1000


@pytest.mark.parametrize("day", range(7))
def test_a_scenario_starts_at_any_hour_of_the_week(
    small_region: Region, parameters: Parameters, day: int
) -> None:
    for hour in range(24):
        scenario = scenario_from(MONDAY + timedelta(days=day, hours=hour), horizon_h=24)
        wards = wards_of(small_region, scenario, parameters)
        assert (wards.table.present >= 0).all()
        assert len(draw_arrivals(wards, parameters, Luck(1, 0)).came_h)


@pytest.mark.parametrize("hour", [0, 4, 23])
def test_a_scenario_that_starts_where_nobody_is_operated_is_simulated_to_its_end(hour: int) -> None:
    scenario = scenario_from(MONDAY + timedelta(hours=hour), horizon_h=24)
    outcome = simulation.simulate(REGION, scenario, simulation.load_posture("baseline"), 1, 0)
    assert outcome.replication.ed_visits > 1_000


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (SPRING, (2, 3)),
        (SPRING, (2.25, 2.75)),
        (SPRING - timedelta(1), (26, 27)),
        (date(2044, 3, 27), (2, 2.5)),
    ],
)
@pytest.mark.parametrize("field", ["sessions", "closures"])
def test_hours_that_clocks_skip_are_refused_by_name(
    day: date, hours: tuple[float, float], field: str
) -> None:
    entry = {**PLAIN, "days": [day], "hours": [hours]}
    crowd = [{**PLAIN, "days": [day], "hours": [[14, 20]], "attendance": 1000}]
    fields = {"sessions": crowd} | {field: [{**entry, "attendance": 1000} if field == "sessions" else entry]}
    with pytest.raises(ValidationError, match="does not exist in Paris") as refusal:
        event(**fields)
    assert by_the_clock(day, hours[0]).strftime("%Y-%m-%d") in str(refusal.value)


def test_a_span_that_begins_or_ends_in_the_hour_skipped_stops_at_it() -> None:
    changed = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert by_the_clock(SPRING, 2.5) == by_the_clock(SPRING, 2) == by_the_clock(SPRING, 3) == changed
    assert by_the_clock(AUTUMN, 3).timestamp() - by_the_clock(AUTUMN, 2).timestamp() == 2 * 3600
    assert by_the_clock(SPRING, 24).timestamp() - by_the_clock(SPRING, 0).timestamp() == 23 * 3600
    assert by_the_clock(AUTUMN, 24).timestamp() - by_the_clock(AUTUMN, 0).timestamp() == 25 * 3600


def test_a_session_in_the_hour_skipped_takes_nothing_from_the_others() -> None:
    """Of a session that is there on both sides of the change, everybody comes."""
    scenario = scenario_from(MONDAY)
    club = {
        **PLAIN,
        "venue": "Club",
        "days": [SPRING - timedelta(1)],
        "hours": [[23, 26.5]],
        "attendance": 500,
    }
    fair = {**PLAIN, "days": [SPRING - timedelta(1)], "hours": [[14, 23]], "attendance": 80_000}
    assert sent(event(sessions=[fair, club]), scenario) == pytest.approx(expected_of(80_500))


@settings(max_examples=60, deadline=None)
@given(
    change=st.sampled_from([SPRING, AUTUMN, date(2025, 3, 30), date(2024, 2, 29), date(2027, 10, 31)]),
    away=st.integers(-2, 2),
    opens=st.floats(0, 35).map(lambda hour: round(hour * 4) / 4),
    lasts=st.floats(0.25, 12).map(lambda hour: round(hour * 4) / 4),
    start_h=st.integers(0, 47),
)
@example(change=SPRING, away=0, opens=2.0, lasts=1.0, start_h=0)
@example(change=SPRING, away=-1, opens=26.25, lasts=0.5, start_h=5)
@example(change=AUTUMN, away=0, opens=2.0, lasts=1.0, start_h=7)
def test_everybody_comes_whatever_clocks_do(
    change: date, away: int, opens: float, lasts: float, start_h: int
) -> None:
    start = datetime(change.year, change.month, change.day, tzinfo=UTC) - timedelta(days=5, hours=start_h)
    session = {**PLAIN, "days": [change + timedelta(away)], "hours": [[opens, min(36, opens + lasts)]]}
    try:
        some = event(sessions=[{**session, "attendance": 100_000}])
    except ValidationError as refusal:
        assert "does not exist in Paris" in str(refusal)  # noqa: PT017 - most examples raise nothing
        assert change.month == 3
        return
    assert sent(some, scenario_from(start, 300)) == pytest.approx(expected_of(100_000))


@settings(max_examples=30, deadline=None)
@given(begins_min=st.integers(0, 4 * 24 * 60), lasts_min=st.integers(1, 3000))
def test_an_instant_with_its_offset_is_always_real(begins_min: int, lasts_min: int) -> None:
    """Also in the nights in which clocks change: the offset says which of two equal hours is meant."""
    begins = datetime(2026, 3, 27, tzinfo=UTC) + timedelta(minutes=begins_min)
    first, last = (at.astimezone(PARIS).isoformat() for at in (begins, begins + timedelta(minutes=lasts_min)))
    some = event(sessions=[{**PLAIN, "begins": first, "ends": last, "attendance": 100_000}])
    assert sent(some, scenario_from(MONDAY, 1000)) == pytest.approx(expected_of(100_000))


@pytest.mark.parametrize(
    "start", [datetime(2026, 3, 20, 8, tzinfo=PARIS), datetime(2026, 10, 10, 8, tzinfo=PARIS)]
)
def test_a_horizon_over_a_change_keeps_visitors_leave_and_weather_finite(start: datetime) -> None:
    days = {"first_day": start.date(), "last_day": start.date() + timedelta(days=40)}
    some = event(
        sessions=[{**PLAIN, **days, "hours": [[20, 26]], "attendance": 10_000, "outdoor": True}],
        visitors=[{**days, "people": 100_000}],
        leave=[{**days, "share": 0.2}],
        closures=[{**PLAIN, **days}],
        weather=[{"day": SPRING, "heat_index_c": 35}, {"day": AUTUMN, "heat_index_c": 35}],
    )
    crowd = crowd_of(checked(campaign_of(REGION, scenario_from(start, 180 * 24), event=some)))
    for hourly in (*crowd.visits.values(), *crowd.slower.values(), crowd.staff_share):
        assert np.isfinite(hourly).all()
        assert (hourly >= 0).all()
    away_h = int((crowd.staff_share < 1).sum())
    # Forty-one days from midnight to midnight, from the start's hour; the day of a change has 23 or 25 hours.
    assert away_h == 41 * 24 - 8 + (-1 if start.month == 3 else 1)


def test_an_instant_that_a_program_gives_by_a_zone_is_kept_by_its_offset() -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS)
    begins, ends = twice.replace(fold=0), twice.replace(fold=1)
    session = event(sessions=[{**PLAIN, "begins": begins, "ends": ends, "attendance": 10}]).sessions[0]
    [(first, last)] = session.spans()
    assert (last - first) == timedelta(hours=1)
    with pytest.raises(ValidationError, match="does not exist"):
        scenario_from(datetime(2026, 3, 29, 2, 30, tzinfo=PARIS))


def test_a_leap_day_is_a_day_in_leap_years_only() -> None:
    event(visitors=[{"first_day": "2028-02-29", "last_day": "2028-02-29", "people": 1}])
    with pytest.raises(ValidationError, match="last_day"):
        event(visitors=[{"first_day": "2026-02-28", "last_day": "2026-02-29", "people": 1}])


@pytest.mark.parametrize("year", ["0001", "1899", "1949", "2200", "9999"])
def test_years_beyond_the_calendar_are_refused_wherever_they_stand(year: str) -> None:
    day, instant = f"{year}-07-01", f"{year}-07-01T08:00:00+02:00"
    crowd = {**PLAIN, "attendance": 10}
    for fields in (
        {"sessions": [{**crowd, "days": [day]}]},
        {"sessions": [{**crowd, "first_day": day, "last_day": day}]},
        {"sessions": [{**crowd, "begins": instant, "ends": instant}]},
        {"casualties": [{**PLAIN, "at": instant, "people": 1}]},
        {"visitors": [{"first_day": day, "last_day": day, "people": 1}]},
        {
            "visitors": [],
            "sessions": [{**crowd, "days": ["2026-03-04"]}],
            "weather": [{"day": day, "heat_index_c": 1}],
        },
    ):
        with pytest.raises(ValidationError, match="between the years"):
            event(**fields)
    ordinary = simulation.load_scenario("ransomware-heat-wave").model_dump()
    for changed in (
        {"start": instant},
        {"surge": {**ordinary["surge"], "begins": instant}},
        {"surge": {**ordinary["surge"], "ends": instant}},
        {"waves": [{**ordinary["waves"][0], "begins": instant}]},
        {"waves": [{**ordinary["waves"][0], "detonation": {"at": instant}}]},
    ):
        with pytest.raises(ValidationError, match="between the years"):
            Scenario.model_validate({**ordinary, **changed})


def test_a_horizon_may_pass_the_last_year_of_the_calendar() -> None:
    assert scenario_from(datetime(2199, 12, 1, 8, tzinfo=PARIS)).end.year == 2199
    assert scenario_from(datetime(2199, 12, 31, 8, tzinfo=PARIS)).end.year == 2200
