"""Attacked once more: where all is over, a later blow is found, cut and switched off as the first was."""

from dataclasses import replace
from datetime import UTC, datetime

from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node, NodeState
from simulation.engine.situation import Situation
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import After, Detonation
from simulation.outcome.told import told
from simulation.replication import PreparedCampaign, crisis_of, prepare
from tests.campaigns import beyond_measure
from tests.regions import FIRST

QUICK = {
    "investigate_days": 0.05,
    "directory_days": 0.05,
    "core_servers_days": 0.05,
    "vital_applications_days": 0.05,
    "care_applications_days": 0.05,
    "other_applications_days": 0.05,
    "first_workstations_days": 0.05,
    "workstations_days": 0.05,
    "next_check_days": 0.05,
    "switches_off_hit": 1.0,
    "trust_separate": 0.0,
}
"""All is rebuilt within days."""


def struck_twice(small: PreparedCampaign) -> Situation:
    """The same hospital is attacked by a second wave, ten days after the first has gone off."""
    scenario: Scenario = small.campaign.scenario
    (first,) = scenario.waves
    second = first.model_copy(
        update={
            "name": "second",
            "after": After(wave=first.name, delay_h=240.0),
            "detonation": Detonation(at=datetime(2024, 8, 7, 6, tzinfo=UTC)),
        }
    )
    both = scenario.model_copy(update={"waves": (first, second)})
    p = beyond_measure(small.campaign.parameters, QUICK)
    return crisis_of(prepare(replace(small.campaign, scenario=both, parameters=p)), 1, 0)


def test_a_site_that_has_come_back_is_hit_cut_and_switched_off_once_more(small: PreparedCampaign) -> None:
    situation = struck_twice(small)
    node: Node = situation.nodes.number_of[FIRST]
    events = [event for event in situation.timeline.events if event.node == node]
    hours = {
        kind: [event.at_h for event in events if event.what.kind is kind]
        for kind in (
            EventKind.IMPACT,
            EventKind.DETECTION,
            EventKind.ISOLATION,
            EventKind.SWITCHED_OFF,
            EventKind.RESTORED,
        )
    }
    assert all(len(twice) == 2 for twice in hours.values()), hours
    restored_h, again_h = hours[EventKind.RESTORED][0], hours[EventKind.IMPACT][1]
    assert restored_h < again_h < hours[EventKind.ISOLATION][1] <= hours[EventKind.SWITCHED_OFF][1]
    first = told(situation.states[node])
    assert (first.impact_h, first.restored_h) == (hours[EventKind.IMPACT][0], restored_h)
    assert first.switched_off_h == hours[EventKind.SWITCHED_OFF][0]


def test_what_is_told_of_a_node_is_the_first_of_each_thing_with_its_end() -> None:
    spared = NodeState(isolated_h=1.0, reconnected_h=5.0)
    hit = spared.once_more()
    hit.compromised_h, hit.impact_h, hit.isolated_h, hit.reconnected_h = 10.0, 11.0, 12.0, 20.0
    hit.restored_h = 30.0
    again = hit.once_more()
    again.compromised_h = 40.0
    state = told(again)
    assert (state.isolated_h, state.reconnected_h) == (1.0, 5.0)
    assert (state.compromised_h, state.impact_h, state.restored_h) == (10.0, 11.0, 30.0)
    assert told(spared) is spared
