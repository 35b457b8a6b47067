"""Who calls a plan blanc, what it adds, and when it ends."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from simulation.care.capacity.surge import HIGHEST, PlanBlanc
from simulation.inputs.events.event import Event
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario, Surge
from simulation.inputs.streams import EMERGENCY, NUMBER, STREAMS, Stream
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


def kind_of_cause(outcome: Outcome, event: TimelineRow) -> str | None:
    return None if event.cause is None else outcome.timeline[event.cause].kind


def share_of(outcome: Outcome, territory: str, stream: Stream) -> list[float]:
    """The capacity of each hour over the ordinary one."""
    group = outcome.hours.groups.index((territory, str(stream)))
    shares: list[float] = outcome.hours.capacity_share[:, group].tolist()
    return shares


def act(parameters: Parameters, level: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    left = np.tile([1.0, 1.0, 0.0], (len(STREAMS), 1))
    PlanBlanc(parameters).act(level, left)
    return left


def test_no_plan_changes_nothing(parameters: Parameters) -> None:
    assert np.array_equal(act(parameters, 0), np.tile([1.0, 1.0, 0.0], (len(STREAMS), 1)))


@pytest.mark.parametrize("level", [1, 2])
def test_a_plan_recalls_staff_opens_beds_and_puts_operations_off(parameters: Parameters, level: int) -> None:
    left = act(parameters, level)
    staff, beds, deprograms = (
        parameters.quantities[f"plan_blanc_{level}_{what}"].value for what in ("staff", "beds", "deprograms")
    )
    expected = {
        **dict.fromkeys(EMERGENCY, 1.0 + staff),
        Stream.MEDICINE: 1.0 + beds,
        Stream.CRITICAL_CARE: 1.0 + beds,
        Stream.SURGERY_SCHEDULED: 1.0 - deprograms,
    }
    for stream in STREAMS:
        assert left[NUMBER[stream], 0] == pytest.approx(expected.get(stream, 1.0)), stream
    shorter = 1.0 - parameters.plan_blanc.discharge_lounge_share.value
    assert left[NUMBER[Stream.MEDICINE], 1] == pytest.approx(shorter)
    assert np.all(np.delete(left[:, 1], NUMBER[Stream.MEDICINE]) == 1.0)
    assert np.all(left[:, 2] == 0.0)


def test_the_second_level_does_more_than_the_first(parameters: Parameters) -> None:
    none, first, second = (act(parameters, level)[:, 0] for level in range(HIGHEST + 1))
    scheduled = NUMBER[Stream.SURGERY_SCHEDULED]
    others = np.delete(np.arange(len(STREAMS)), scheduled)
    assert np.all(none[others] <= first[others])
    assert np.all(first[others] <= second[others])
    assert none[scheduled] > first[scheduled] > second[scheduled]


def test_a_plan_acts_on_what_an_outage_has_left(parameters: Parameters) -> None:
    left = np.tile([0.5, 1.2, 7.0], (len(STREAMS), 1))
    PlanBlanc(parameters).act(1, left)
    staff = parameters.plan_blanc.plan_blanc_1_staff.value
    assert left[NUMBER[Stream.EMERGENCY_ADULT]].tolist() == pytest.approx([0.5 * (1 + staff), 1.2, 7.0])


def test_the_crisis_cell_of_an_establishment_that_was_hit_calls_it(small: PreparedCampaign) -> None:
    outcome = replicate(small, 1, 0)
    for finess in (FIRST, SECOND, THIRD):
        called = calls(outcome, finess)[0]
        assert kind_of_cause(outcome, called) == "crisis_cell"
        assert called.detail == "level 1"
        assert called.actor == "establishment"


def test_a_cell_that_was_open_before_the_payload_calls_it_when_the_payload_goes_off(
    small: PreparedCampaign,
) -> None:
    """Who noticed, and could not stop it, does not call later than who was surprised."""
    p = small.campaign.parameters
    alert = {
        name: p.quantities[name].model_copy(update={"value": value, "log_sd": None})
        for name, value in (
            ("detection_h", 1.0),
            ("triage_h", 1.0),
            ("crisis_cell_h", 1.0),
            ("isolation_h", 10_000.0),
        )
    }
    posture = small.campaign.posture.model_copy(update={"regional_cell": False})
    prepared = prepare_campaign(small.campaign.region, small.campaign.scenario, posture, p.changed(alert))
    outcome = replicate(prepared, 1, 0)
    opened = {event.finess: event.at_h for event in outcome.timeline if event.kind == "crisis_cell"}
    hit = {row.finess: row.impact_h for row in outcome.establishments if row.impact_h is not None}
    early = [finess for finess, impact_h in hit.items() if opened.get(finess, impact_h) < impact_h]
    assert early
    for finess in early:
        called = calls(outcome, finess)[0]
        assert called.at_h == hit[finess]
        assert kind_of_cause(outcome, called) == "impact"


def test_the_regional_cell_calls_it_for_all_that_take_emergencies(small: PreparedCampaign) -> None:
    outcome = replicate(small, 1, 0)
    (called,) = calls(outcome, ALONE)
    assert kind_of_cause(outcome, called) == "regional_cell"
    assert called.at_h == outcome.replication.regional_cell_h
    assert {event.finess for event in calls(outcome)} == {FIRST, SECOND, THIRD, ALONE}


def test_without_a_regional_cell_who_is_spared_and_not_full_calls_none(small: PreparedCampaign) -> None:
    posture = small.campaign.posture.model_copy(update={"regional_cell": False})
    roads = tuple(link for link in small.campaign.region.links if link.minutes is None)
    prepared = prepare_campaign(
        replace(small.campaign.region, links=roads),
        small.campaign.scenario,
        posture,
        small.campaign.parameters,
    )
    assert calls(replicate(prepared, 1, 0), ALONE) == []


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
        assert first.at_h % 24 == second.at_h % 24 == 0
        assert 48 <= first.at_h < second.at_h
        assert first.cause is None, "nobody attacked"


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
        assert capacity[after:] == [1.0] * (len(capacity) - after)


def test_a_plan_helps_some_hours_after_it_was_called(small: PreparedCampaign) -> None:
    outcome = next(
        outcome
        for outcome in (replicate(small, 1, number) for number in range(20))
        if len(calls(outcome, ALONE)) == 1 and ALONE in ended_in(outcome)
    )
    p, (called,) = small.campaign.parameters, calls(outcome, ALONE)
    capacity = share_of(outcome, "Hors GHT (75)", Stream.EMERGENCY_ADULT)
    helps = int(called.at_h + p.plan_blanc.plan_blanc_1_h.value) + 1
    assert capacity[:helps] == [1.0] * helps
    assert capacity[helps] == pytest.approx(1.0 + p.plan_blanc.plan_blanc_1_staff.value)
    scheduled = share_of(outcome, "Hors GHT (75)", Stream.SURGERY_SCHEDULED)
    assert scheduled[helps] == pytest.approx(1.0 - p.plan_blanc.plan_blanc_1_deprograms.value)
    assert capacity[int(ended_in(outcome)[ALONE]) + 1] == 1.0


def test_an_establishment_that_is_not_restored_keeps_its_plan(small: PreparedCampaign) -> None:
    outcome = replicate(small, 1, 0)
    restored = {row.finess for row in outcome.establishments if row.restored_h is not None}
    assert not set(ended_in(outcome)) & ({FIRST, SECOND, THIRD} - restored)


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
