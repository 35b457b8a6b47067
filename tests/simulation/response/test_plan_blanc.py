"""Who calls a plan blanc, what it adds, and when it ends."""

from datetime import timedelta

import pytest

from simulation.care.capacity.surge import HIGHEST
from simulation.inputs.events.event import Event
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario, Surge
from simulation.inputs.streams import Stream
from simulation.outcome.records import Outcome, TimelineRow
from simulation.replication import PreparedCampaign, replicate
from tests.campaigns import prepare_campaign
from tests.regions import ALONE, FIRST, SECOND, THIRD
from topologies.fields.quantity import Quantity
from topologies.fields.title import Title
from topologies.region import Region


def calls(outcome: Outcome, finess: str | None = None) -> list[TimelineRow]:
    return [
        event for event in outcome.timeline if event.kind == "plan_blanc" and finess in {None, event.finess}
    ]


def first_act(outcome: Outcome, event: TimelineRow) -> TimelineRow:
    """Where the chain of causes of an event begins."""
    return event if event.cause is None else first_act(outcome, outcome.timeline[event.cause])


def share_of(outcome: Outcome, territory: str, stream: str) -> list[float]:
    """The capacity of each hour over the ordinary one."""
    group = outcome.hours.groups.index((territory, stream))
    shares: list[float] = outcome.hours.capacity_share[:, group].tolist()
    return shares


def test_nobody_calls_a_plan_before_anything_is_lost(small: PreparedCampaign) -> None:
    """The regional cell opens on a declaration; a plan is called where fewer can be taken, or more will come."""
    for number in range(4):
        outcome = replicate(small, 1, number)
        # On any morning a department that was full for long calls its plan, on ordinary days too.
        called = [event for event in calls(outcome) if first_act(outcome, event).kind != "ordinary_life"]
        first_impact_h = outcome.replication.first_impact_h
        assert first_impact_h is not None
        assert called
        assert min(event.at_h for event in called) > first_impact_h
        asked = {event.event for event in outcome.timeline if event.kind == "plan_blanc_asked"}
        own = {event.event for event in called if event.finess == ALONE}
        assert {event.cause for event in called if event.finess == ALONE} <= asked | own, (
            "who was not struck is asked, and goes a level higher when full"
        )


def test_struck_sites_do_not_gain_capacity(small: PreparedCampaign) -> None:
    outcome = replicate(small, 1, 0)
    struck = {row.finess: row for row in outcome.establishments if row.impact_h is not None}
    assert {FIRST, SECOND, THIRD} <= set(struck)
    begins = int(min(row.impact_h or 0.0 for row in struck.values())) + 1
    for territory, stream in outcome.hours.groups:
        if territory == "The GHT":
            assert max(share_of(outcome, territory, stream)[begins:]) <= 1.0, stream


def ended_in(outcome: Outcome) -> dict[str | None, float]:
    """When plans blancs ended, by establishment."""
    return {event.finess: event.at_h for event in outcome.timeline if event.kind == "plan_blanc_ends"}


@pytest.fixture(scope="module")
def quiet(scenario: Scenario) -> Scenario:
    """Ten days in which nobody attacks."""
    return scenario.model_copy(update={"waves": (), "event": None, "horizon_h": 10 * 24})


@pytest.fixture(scope="module")
def crowded(small_region: Region, quiet: Scenario, baseline: Posture, parameters: Parameters) -> Outcome:
    """Twice as many emergency patients as usual from the second day to the end of the fifth."""
    twice = Quantity(value=2.0, unit="ratio", low=1.0, high=3.0, source="made for the tests")
    surge = Surge(
        begins=quiet.start + timedelta(days=1), ends=quiet.start + timedelta(days=5), emergency=twice
    )
    prepared = prepare_campaign(small_region, quiet.model_copy(update={"surge": surge}), baseline, parameters)
    return replicate(prepared, 1, 0)


def test_a_department_that_was_full_for_long_calls_it_each_morning_a_level_higher(crowded: Outcome) -> None:
    for finess in (FIRST, SECOND, THIRD, ALONE):
        first, second = calls(crowded, finess)
        assert (first.detail, second.detail) == ("level 1", "level 2")
        assert 48 < first.at_h < second.at_h, "the day is over, and the director decides"
        assert first_act(crowded, first).kind == "ordinary_life", "nobody attacked"
        assert first.cause is not None
        assert crowded.timeline[first.cause].kind in {"ed_full", "ed_diverts"}
        assert crowded.timeline[first.cause].finess == finess


def test_a_plan_ends_after_days_without_a_full_department(crowded: Outcome, parameters: Parameters) -> None:
    calm_h = 24 * parameters.plan_blanc.plan_blanc_calm_days.value
    ends = ended_in(crowded)
    assert ends
    for finess, ended_h in ends.items():
        assert ended_h >= calls(crowded, finess)[-1].at_h + calm_h
    capacity = share_of(crowded, "Hors GHT (75)", Stream.EMERGENCY_ADULT)
    assert max(capacity) > 1.0
    if ALONE in ends:
        after = int(ends[ALONE]) + 1
        assert max(capacity[after:], default=0.0) < 1.0, "who was recalled rests"


def feast(scenario: Scenario, people: int) -> Event:
    """So many people are hurt at once on the third day."""
    return Event.model_validate(
        {
            "name": "feast",
            "title": Title(fr="Fête", en="Feast"),
            "sources": ["made up"],
            "casualties": [
                {
                    "venue": "square",
                    "latitude": 48.85,
                    "longitude": 2.35,
                    "at": scenario.start + timedelta(hours=55),
                    "people": people,
                }
            ],
        }
    )


@pytest.fixture(scope="module")
def hurt(small_region: Region, quiet: Scenario, baseline: Posture, parameters: Parameters) -> Outcome:
    """A hundred people are hurt at once on the third day."""
    event = feast(quiet, people=100)
    return replicate(prepare_campaign(small_region, quiet, baseline, parameters, event=event), 1, 0)


def test_those_to_whom_many_hurt_at_once_are_brought_call_the_highest_level(hurt: Outcome) -> None:
    brought = [event for event in hurt.timeline if event.kind == "casualties"]
    assert brought
    assert {event.detail for event in brought} == {"square"}
    for told in brought:
        called = calls(hurt, told.finess)[0]
        assert (called.at_h, called.detail) == (55.0, f"level {HIGHEST}")
        assert called.cause == told.event


def test_who_receives_none_of_the_hurt_calls_no_plan(
    small_region: Region, quiet: Scenario, baseline: Posture, parameters: Parameters
) -> None:
    """One person goes to one site: the others near by are left alone."""
    event = feast(quiet, people=1)
    outcome = replicate(prepare_campaign(small_region, quiet, baseline, parameters, event=event), 1, 0)
    assert len([one for one in outcome.timeline if one.kind == "casualties"]) == 1
    assert len([one for one in calls(outcome) if one.detail == f"level {HIGHEST}"]) == 1
