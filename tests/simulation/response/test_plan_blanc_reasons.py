"""Who has a reason to call a plan blanc, who is asked for it, and how long it lasts."""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

import numpy as np
import pytest
from numpy.typing import NDArray

from simulation.care.capacity.surge import HIGHEST
from simulation.care.flow.changes import INTACT, Doors, Left, lost_of_emergency
from simulation.engine.event_kinds import EventKind, PlanBlancAsked, PlanBlancCalled
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.signals import Footing
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_day_h
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, NUMBER, STREAMS
from simulation.replication import PreparedCampaign
from simulation.response.plan_blanc import PlanBlancCalls
from tests.regions import ALONE, FIRST, SECOND, THIRD

DAY_H = 24.0
HORIZON_H = 60 * DAY_H
ALL = (FIRST, SECOND, THIRD, ALONE)
BY_AMBULANCE = 0.3
STARTS_AT_H = 8.0
"""Monday morning."""


def left(capacity: float = 1.0, doors: Doors = Doors.OPEN) -> NDArray[np.float64]:
    """An establishment whose emergency departments keep so much."""
    streams = np.tile(INTACT, (len(STREAMS), 1))
    departments = [NUMBER[stream] for stream in EMERGENCY]
    streams[departments, Left.CAPACITY] = capacity
    streams[departments, Left.DOORS] = doors
    return streams


@dataclass
class Region:
    """A region in which directors and the agency decide, and nothing else happens."""

    situation: Situation
    calls: PlanBlancCalls
    footings: list[tuple[float, str, Footing]]

    def leave(self, finess: str, capacity: float = 1.0, doors: Doors = Doors.OPEN) -> None:
        """Something happens there, and leaves it so much."""
        self.situation.note(self.situation.nodes.number_of[finess], EventKind.OUTAGE)
        self.wear(finess, capacity, doors)

    def wear(self, finess: str, capacity: float = 1.0, doors: Doors = Doors.OPEN) -> None:
        """By itself it is left so much."""
        lost = lost_of_emergency(left(capacity, doors), BY_AMBULANCE)
        self.calls.weigh(self.situation.nodes.number_of[finess], lost)

    def live(self, days: int, full: Callable[[int], float] = lambda _: 0.0) -> None:
        """So many days pass, on each of which departments are full for a share of the hours."""
        departments = len(self.calls._place) * len(EMERGENCY)
        for day in range(days):
            self.situation.env.run(until=self.situation.now_h + DAY_H)
            self.calls.look(np.full((24, departments), full(day), np.float32))

    def told(self, kind: type | EventKind) -> list[tuple[float, str | None, int]]:
        """When something happened, where, and at which level."""
        names = self.situation.nodes.names
        return [
            (event.at_h, None if event.node is None else names[event.node], getattr(event.what, "level", 0))
            for event in self.situation.timeline.events
            if event.what is kind or (isinstance(kind, type) and isinstance(event.what, kind))
        ]


@pytest.fixture
def region(small: PreparedCampaign, parameters: Parameters) -> Region:
    situation = Situation.at_start(small.nodes, Luck(1, 0), HORIZON_H)
    calls = PlanBlancCalls(situation, small.care, parameters, STARTS_AT_H)
    footings: list[tuple[float, str, Footing]] = []

    def note(node: Node, footing: Footing) -> None:
        footings.append((situation.now_h, small.nodes.names[node], footing))

    situation.signals.plan_blanc.subscribe(note)
    return Region(situation, calls, footings)


@pytest.mark.parametrize(
    ("capacity", "doors", "level"),
    [
        (0.95, Doors.OPEN, None),
        (0.7, Doors.OPEN, 1),
        (0.3, Doors.OPEN, 2),
        (1.0, Doors.NO_AMBULANCES, 1),
        (1.0, Doors.CLOSED, 2),
    ],
)
def test_a_director_calls_the_plan_when_clearly_fewer_can_be_taken(
    region: Region, capacity: float, doors: Doors, level: int | None
) -> None:
    region.leave(FIRST, capacity, doors)
    region.live(1)
    called = region.told(PlanBlancCalled)
    assert [(where, what) for _, where, what in called] == ([] if level is None else [(FIRST, level)])
    assert all(0.0 < at_h < 12.0 for at_h, _, _ in called), "it takes a decision"
    assert [(where, one.level) for _, where, one in region.footings] == (
        [] if level is None else [(FIRST, level)]
    )


def test_a_reason_that_is_gone_before_the_decision_calls_nothing(region: Region) -> None:
    region.leave(FIRST, 0.3)
    region.leave(FIRST)
    region.live(1)
    assert region.told(PlanBlancCalled) == []


def test_the_regional_cell_asks_those_to_whom_patients_will_come(
    region: Region, parameters: Parameters
) -> None:
    region.leave(THIRD, 0.0)
    region.live(1)
    assert {where for _, where, _ in region.told(PlanBlancCalled)} == {THIRD}, "nobody else knows"
    region.calls.open_cell(0)
    region.live(1)
    receivers = region.calls._receivers
    more = dict(zip(ALL, receivers.more(region.calls._lost).tolist(), strict=True))
    expected = {
        finess for finess, share in more.items() if share >= parameters.plan_blanc.plan_blanc_1_more.value
    }
    asked = region.told(PlanBlancAsked)
    assert {where for _, where, _ in asked} == expected
    assert expected
    assert expected < set(ALL)
    assert all(DAY_H < at_h < 2 * DAY_H for at_h, _, _ in asked)
    assert {where for _, where, _ in region.told(PlanBlancCalled)} == expected | {THIRD}
    assert region.told(EventKind.ORSAN) == []


def test_a_cell_that_opens_where_nothing_is_lost_asks_nobody(region: Region) -> None:
    region.calls.open_cell(0)
    region.live(2)
    region.leave(FIRST, 0.98)
    region.live(2)
    assert not region.told(PlanBlancAsked)
    assert not region.told(PlanBlancCalled)


def test_orsan_is_for_the_region_as_a_whole_and_ends(region: Region) -> None:
    region.calls.open_cell(0)
    region.leave(FIRST, 0.0)
    region.live(2)
    assert len(region.told(EventKind.ORSAN)) == 1
    assert {where for _, where, _ in region.told(PlanBlancCalled)} == set(ALL)
    region.leave(FIRST)
    region.live(2)
    assert len(region.told(EventKind.ORSAN_ENDS)) == 1


def test_a_plan_lasts_days_then_staff_rest_then_all_is_as_before(
    region: Region, parameters: Parameters
) -> None:
    p = parameters.plan_blanc
    days = ceil(region.calls.lasting.hours(region.situation.nodes.number_of[FIRST]) / DAY_H)
    region.leave(FIRST, 0.3)
    region.live(40)
    (ended_h, _, _), *others = region.told(EventKind.PLAN_BLANC_ENDS)
    assert not others
    assert ended_h // DAY_H == days
    (_, _, helps), (_, _, rest), (rested_h, _, rested) = region.footings
    assert (helps.level, rest.level, rested) == (HIGHEST, 0, Footing(0))
    assert sum(rest.rests_for) == days
    assert rested_h == ended_h + p.plan_blanc_rest_days.value * DAY_H


def test_plans_called_at_one_hour_end_each_on_its_own_day_or_hour_by_day(region: Region) -> None:
    for finess in ALL:
        region.leave(finess, 0.3)
    region.live(40)
    ended = region.told(EventKind.PLAN_BLANC_ENDS)
    assert {where for _, where, _ in ended} == set(ALL)
    assert len({at_h for at_h, _, _ in ended}) == len(ALL)
    assert not any(until_day_h(STARTS_AT_H + at_h) for at_h, _, _ in ended)


def test_what_grows_worse_by_itself_is_weighed_by_day_and_follows_from_what_struck(region: Region) -> None:
    region.leave(FIRST, 0.7)
    region.live(1)
    region.situation.env.run(until=DAY_H + 15.0)
    region.wear(FIRST, 0.3)
    region.live(1)
    first, second = [
        each for each in region.situation.timeline.events if isinstance(each.what, PlanBlancCalled)
    ]
    assert second.at_h > 2 * DAY_H, "it is 23 h"
    assert first.cause == second.cause == 0


def test_who_was_hit_and_has_everything_off_calls_it_whoever_can_still_be_taken(region: Region) -> None:
    state = region.situation.states[region.situation.nodes.number_of[FIRST]]
    state.detected_h = state.switched_off_h = 0.0
    region.leave(FIRST, 0.99)
    region.live(1)
    assert not region.told(PlanBlancCalled), "dark by precaution"
    state.impact_h = 0.0
    region.leave(FIRST, 0.98)
    region.live(1)
    assert [level for _, _, level in region.told(PlanBlancCalled)] == [1]


def test_who_works_with_everything_off_is_asked_for_nothing(region: Region) -> None:
    region.leave(THIRD, 0.0)
    region.situation.states[region.situation.nodes.number_of[ALONE]].switched_off_h = 0.0
    region.calls.open_cell(0)
    region.live(1)
    assert ALONE not in {where for _, where, _ in region.told(PlanBlancAsked)}


def test_a_plan_ends_after_calm_days_once_nothing_calls_for_it(
    region: Region, parameters: Parameters
) -> None:
    lasting, number_of = region.calls.lasting, region.situation.nodes.number_of
    finess = max(ALL, key=lambda one: lasting.hours(number_of[one]))
    region.leave(finess, 0.7)
    region.live(2)
    region.leave(finess)
    region.live(10)
    ((ended_h, _, _),) = region.told(EventKind.PLAN_BLANC_ENDS)
    assert ended_h // DAY_H == 2 + parameters.plan_blanc.plan_blanc_calm_days.value


def test_a_department_that_stays_full_is_no_new_reason_once_its_plan_has_ended(
    region: Region, parameters: Parameters
) -> None:
    """It is one again after some calm days, once staff have rested."""
    p = parameters.plan_blanc
    calm = range(26, 26 + round(p.plan_blanc_calm_days.value))
    region.live(40, full=lambda day: 0.0 if day in calm else 1.0)
    of_first = [at_h // DAY_H for at_h, where, _ in region.told(PlanBlancCalled) if where == FIRST]
    assert of_first == [1, 2, calm.stop + 1, calm.stop + 2]


def test_a_director_calls_a_plan_once_at_the_level_that_is_needed_by_then(region: Region) -> None:
    region.leave(FIRST, 0.8)
    region.leave(FIRST, 0.3)
    region.live(2)
    assert [level for _, where, level in region.told(PlanBlancCalled) if where == FIRST] == [HIGHEST]


def test_what_a_payload_took_is_no_reason_before_it_is_seen(region: Region) -> None:
    node = region.situation.nodes.number_of[FIRST]
    state = region.situation.states[node]
    state.impact_h = 0.0
    region.leave(FIRST, 0.3)
    region.live(1)
    assert not region.told(PlanBlancCalled)
    state.detected_h = region.situation.now_h
    region.calls.learn(node)
    region.live(1)
    assert region.told(PlanBlancCalled)[0][0] > DAY_H
