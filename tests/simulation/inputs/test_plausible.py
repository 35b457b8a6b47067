"""Is what no region can hold, and whoever is counted twice, refused?"""

from typing import Any

import pytest
from pydantic import ValidationError

import simulation
import topologies
from simulation.inputs.events.event import Event
from simulation.inputs.events.fit import check_event_fit
from simulation.inputs.indicators.bounds import HIGHEST_BOUNDS
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario, Threshold
from simulation.inputs.scenarios.wave import Wave
from tests.campaigns import campaign_of, prepare_campaign
from topologies.errors import BadInput

REGION = topologies.load("ile-de-france")
SCENARIO = simulation.load_scenario("ransomware-opening-ceremony")
PLAIN = {"venue": "Plaine Saint-Denis", "latitude": 48.92, "longitude": 2.36}
DAY = {"days": ["2024-07-27"]}
CROWD = {**PLAIN, **DAY, "attendance": 1_000}
HUGE = (10**9, 10**30)


def event(**fields: Any) -> Event:
    title = {"fr": "Fête", "en": "Feast"}
    return Event.model_validate({"name": "feast", "title": title, "sources": ["made up"], **fields})


def quantity(value: float) -> dict[str, Any]:
    return {"value": value, "unit": "1", "low": 0, "high": value, "source": "made up"}


def fits(*sessions: dict[str, Any]) -> None:
    check_event_fit(campaign_of(REGION, SCENARIO, event=event(sessions=sessions)))


@pytest.mark.parametrize(
    "twice",
    [
        {"days": ["2024-07-27", "2024-07-27"]},
        {"days": ["2024-07-27", "2024-07-28", "2024-07-27"], "hours": [[9, 12]]},
        {"days": ["2024-07-27"], "hours": [[9, 12], [11, 14]]},
        {"days": ["2024-07-27"], "hours": [[9, 12], [9, 12]]},
        {"days": ["2024-07-27", "2024-07-28"], "hours": [[9, 12], [20, 34]]},
        {"first_day": "2024-07-27", "last_day": "2024-07-29", "hours": [[12, 36.0], [35, 36]]},
    ],
)
def test_a_session_is_not_held_twice_at_once(twice: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="twice"):
        event(sessions=[{**PLAIN, "attendance": 55_000, "capacity": 60_000, **twice}])


def test_sessions_may_follow_one_another_without_a_gap() -> None:
    fits(
        {**PLAIN, "capacity": 10, "attendance": 10, "hours": [[9, 12], [12, 24]], **DAY},
        {**PLAIN, "capacity": 10, "attendance": 10, "days": ["2024-07-28"]},
    )


@pytest.mark.parametrize("field", ["sessions", "casualties", "visitors"])
def test_the_same_people_are_not_told_twice(field: str) -> None:
    entry = {
        "sessions": CROWD,
        "casualties": {**PLAIN, "at": "2024-07-27T21:00+02:00", "people": 10},
        "visitors": {"first_day": "2024-07-27", "last_day": "2024-07-29", "people": 10},
    }[field]
    with pytest.raises(ValidationError, match="same people"):
        event(**{"sessions": [CROWD], field: [entry, entry]})
    if field == "sessions":
        again = {
            **PLAIN,
            "begins": "2024-07-27T00:00+02:00",
            "ends": "2024-07-27T22:00Z",
            "attendance": 1_000,
        }
        with pytest.raises(ValidationError, match="same people"):
            event(sessions=[entry, {**again, "outdoor": True}])
    event(**{field: [entry, {**entry, "people": 11} if field != "sessions" else {**entry, "attendance": 11}]})


@pytest.mark.parametrize(
    "sessions",
    [
        [{**CROWD, "capacity": 1_500}, {**CROWD, "capacity": 1_500, "attendance": 600}],
        [
            {"venue": "venue:stade-de-france", **DAY},
            {"venue": "venue:stade-de-france", **DAY, "attendance": 10_000},
        ],
        [{**CROWD, "capacity": 1_000, "hours": [[9, 12]]}, {**CROWD, "capacity": 1_000, "hours": [[11, 14]]}],
    ],
)
def test_sessions_at_once_in_one_place_do_not_overfill_it(sessions: list[dict[str, Any]]) -> None:
    with pytest.raises(BadInput, match="and its sessions bring") as refusal:
        fits(*sessions)
    [finding] = refusal.value.findings
    assert "sessions.1" in finding.where


def test_sessions_at_once_fit_where_there_is_room_or_rooms() -> None:
    fits({**CROWD, "capacity": 2_000}, {**CROWD, "capacity": 2_000, "attendance": 900})
    fits({**CROWD, "capacity": 1_000}, {**CROWD, "capacity": 1_200})
    fits(CROWD, {**CROWD, "attendance": 900})


def test_leave_and_closures_that_overlap_are_the_most_of_them() -> None:
    week = {"first_day": "2024-07-22", "last_day": "2024-07-28"}
    closed = {**PLAIN, **week, "within_km": 5}
    twice = event(
        sessions=[CROWD], leave=[{**week, "share": 0.2}, {**week, "share": 0.2}], closures=[closed, closed]
    )
    once = event(sessions=[CROWD], leave=[{**week, "share": 0.2}], closures=[closed])
    for each in (twice, once):
        table = prepare_campaign(
            REGION, SCENARIO, simulation.load_posture("baseline"), simulation.load_parameters(), event=each
        ).care.wards.table
        assert table.opening_profile[0].min() == 0.8
        assert table.slowdown.max() == simulation.load_parameters().crowds.closure_slows.value


@pytest.mark.parametrize("number", HUGE)
@pytest.mark.parametrize(
    "wrong",
    [
        {"sessions": [{**CROWD, "attendance": "#"}]},
        {"sessions": [{**CROWD, "capacity": "#"}]},
        {"sessions": [{**PLAIN, **DAY, "hours": [[0, "#"]], "attendance": 1}]},
        {"casualties": [{**PLAIN, "at": "2024-07-27T21:00+02:00", "people": "#"}]},
        {"casualties": [{**PLAIN, "at": "2024-07-27T21:00+02:00", "people": 9, "critical": "#"}]},
        {"visitors": [{"first_day": "2024-07-27", "last_day": "2024-07-28", "people": "#"}]},
        {"sessions": [CROWD], "closures": [{**PLAIN, "within_km": "#"}]},
        {"sessions": [CROWD], "weather": [{"day": "2024-07-27", "heat_index_c": "#"}]},
        {"sessions": [CROWD], "leave": [{"first_day": "2024-07-27", "last_day": "2024-07-27", "share": "#"}]},
    ],
    ids=["attendance", "capacity", "hours", "people", "critical", "visitors", "within_km", "heat", "share"],
)
def test_an_event_beyond_measure_is_refused(wrong: dict[str, Any], number: int) -> None:
    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: filled(each) for name, each in value.items()}
        if isinstance(value, list):
            return [filled(each) for each in value]
        return number if value == "#" else value

    with pytest.raises(ValidationError, match="less than"):
        event(**filled(wrong))


@pytest.mark.parametrize(
    "days",
    [
        {"first_day": "1990-01-01", "last_day": "2100-01-01"},
        {"days": ["2024-07-27"] * 400},
        {"begins": "1990-01-01T00:00Z", "ends": "2100-01-01T00:00Z"},
        {
            "first_day": "2024-01-01",
            "last_day": "2024-12-31",
            "hours": [[hour, hour + 1] for hour in range(9, 15)],
        },
    ],
    ids=["first", "days", "begins", "hours"],
)
def test_an_event_does_not_last_for_years(days: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match=r"more than a year|at most 366|too often"):
        event(sessions=[{**PLAIN, "attendance": 1, **days}])


@pytest.mark.parametrize("number", HUGE)
def test_a_scenario_beyond_measure_is_refused(number: int) -> None:
    fields = SCENARIO.model_dump()
    wave = fields["waves"][0]
    for changed in (
        {"horizon_h": number},
        {"surge": {"begins": SCENARIO.start, "ends": SCENARIO.end, "emergency": quantity(number)}},
        {"thresholds": [{**fields["thresholds"][0], "at_most": number}]},
        {"waves": [{**wave, "detonation": {"sites": number}}]},
        {"waves": [{**wave, "skill": {**wave["skill"], "value": number, "high": number}}]},
        {"waves": [wave, {**wave, "name": "next", "after": {"wave": wave["name"], "delay_h": number}}]},
    ):
        with pytest.raises(ValidationError):
            Scenario.model_validate({**fields, **changed})


@pytest.mark.parametrize("indicator", HIGHEST_BOUNDS)
def test_a_threshold_that_can_never_break_is_refused(indicator: str) -> None:
    reason = {"fr": "x", "en": "x"}
    with pytest.raises(ValidationError, match="can be"):
        Threshold.model_validate({"indicator": indicator, "at_most": 10**9, "reason": reason})
    assert Threshold.model_validate({"indicator": indicator, "at_most": 0, "reason": reason}).at_most == 0


def test_a_deadline_after_the_horizon_is_refused() -> None:
    fields, reason = SCENARIO.model_dump(), {"fr": "x", "en": "x"}

    def due_in(hours: int) -> Scenario:
        deadline = {"indicator": "restoration_h", "at_most": hours, "reason": reason}
        return Scenario.model_validate({**fields, "thresholds": [deadline]})

    assert due_in(SCENARIO.horizon_h).thresholds[0].at_most == SCENARIO.horizon_h
    with pytest.raises(ValidationError, match="after the horizon") as refused:
        due_in(SCENARIO.horizon_h + 1)
    assert refused.value.errors()[0]["loc"] == ("thresholds", 0)


def test_nobody_is_tried_twice() -> None:
    wave = SCENARIO.waves[0].model_dump()
    with pytest.raises(ValidationError, match="twice"):
        Wave.model_validate({**wave, "entry_points": ["930000328", "930100037", "930000328"]})


@pytest.mark.parametrize("number", [-1, *HUGE])
def test_a_posture_and_parameters_beyond_measure_are_refused(number: int) -> None:
    posture, parameters = (
        simulation.load_posture("baseline").model_dump(),
        simulation.load_parameters().model_dump(),
    )
    teams = {**posture["responders"]["teams"]["regional"], "value": number, "low": -1, "high": number}
    with pytest.raises(ValidationError):
        Posture.model_validate(
            {**posture, "responders": {**posture["responders"], "teams": {"regional": teams}}}
        )
    for group, name in (
        ("attack", "foothold_h"),
        ("beds", "medicine_stay_h"),
        ("crowds", "presentations_per_1000"),
    ):
        numbers = parameters[group]
        changed = {**numbers[name], "value": number, "low": min(0, number), "high": max(1, number)}
        with pytest.raises(ValidationError):
            Parameters.model_validate({**parameters, group: {**numbers, name: changed}})
