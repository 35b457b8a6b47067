"""What a site knows: what others of its body have found, and what cannot be found any more."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest

from simulation.engine.event_kinds import Channel, EventKind, Order
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_day_h
from simulation.replication import PreparedCampaign
from simulation.response.crisis_cells import CrisisCells
from simulation.response.deciding.checks import Checks
from simulation.response.deciding.inquiry import Inquiry
from simulation.response.deciding.leaving_trust import LeavingTrust
from simulation.response.deciding.switch_off import SwitchOff
from simulation.response.detecting.hunts import Hunts
from simulation.response.prepared import PreparedResponse
from simulation.response.teams import Teams
from tests.campaigns import beyond_measure

HERE, SISTER = Node(0), Node(1)
UNTIL_H = 5_000.0


def crisis_cells(small: PreparedCampaign) -> tuple[Situation, CrisisCells]:
    """Two sites of one body, of which one is cut off and knows why."""
    situation = Situation.at_start(small.nodes, Luck(1, 0), UNTIL_H)
    given = small.response.supervision
    as_one = replace(given, run_as_one=frozenset(given.directory_of))
    cells = CrisisCells(situation, replace(small.response, supervision=as_one), small.campaign.parameters)
    for node in (HERE, SISTER):
        situation.note(node, EventKind.ISOLATION)
        situation.states[node].wave, situation.states[node].isolated_h = "wave", 0.0
    situation.states[SISTER].detected_h = 0.0
    return situation, cells


def kinds(situation: Situation) -> list[EventKind]:
    return [event.what.kind for event in situation.timeline.events if event.node == HERE]


def test_nobody_reports_what_the_body_has_cut_its_sites_off_for(small: PreparedCampaign) -> None:
    situation, cells = crisis_cells(small)
    cells.triage_report(HERE, Channel.OWN)
    cells.overlook(HERE, Channel.OWN)
    situation.env.run(until=UNTIL_H)
    assert kinds(situation) == [EventKind.ISOLATION]


@pytest.mark.parametrize("sister_learns", [True, False])
def test_nobody_takes_a_report_for_nothing_once_a_sister_knows(
    small: PreparedCampaign, sister_learns: bool
) -> None:
    situation, cells = crisis_cells(small)
    situation.states[HERE].isolated_h = situation.states[SISTER].detected_h = None
    cells.overlook(HERE, Channel.OWN)
    situation.states[SISTER].detected_h = 0.0 if sister_learns else None
    situation.env.run(until=UNTIL_H)
    assert (EventKind.ALERT_CLOSED in kinds(situation)) is not sister_learns


def test_who_was_hit_and_has_switched_everything_off_reads_no_note(small: PreparedCampaign) -> None:
    situation, cells = crisis_cells(small)
    situation.states[HERE].impact_h = situation.states[HERE].switched_off_h = 0.0
    cells.gather(HERE)
    situation.env.run(until=UNTIL_H)
    assert kinds(situation)[1:3] == [EventKind.DETECTION, EventKind.CRISIS_CELL]
    assert EventKind.RANSOM_NOTE not in kinds(situation)


def test_a_cell_that_sits_already_declares_what_is_found_then(small: PreparedCampaign) -> None:
    situation, cells = crisis_cells(small)
    situation.states[HERE].crisis_cell_h = 0.0
    cells.detect(HERE, Channel.HUNT)
    situation.env.run(until=UNTIL_H)
    assert EventKind.DECLARATION in kinds(situation)
    assert EventKind.CRISIS_CELL not in kinds(situation)


@pytest.mark.parametrize("is_struck_again", [False, True])
def test_a_crisis_cell_closes_some_days_after_all_is_over_there(
    small: PreparedCampaign, is_struck_again: bool
) -> None:
    situation, cells = crisis_cells(small)
    state = situation.states[HERE]
    state.detected_h = state.crisis_cell_h = state.impact_h = 0.0
    cells.reconnect(HERE)
    cells.stand_down(HERE)
    state.restored_h = 0.0
    cells.stand_down(HERE)
    if is_struck_again:
        situation.begin_anew(HERE)
    situation.env.run(until=UNTIL_H)
    closed_h = [e.at_h for e in situation.timeline.events if e.what is EventKind.CRISIS_CELL_CLOSES]
    calm_h = 24 * small.campaign.parameters.response.cell_calm_days.value
    assert len(closed_h) is (0 if is_struck_again else 1)
    assert all(calm_h <= at_h <= calm_h + 72.0 for at_h in closed_h)


def found(
    prepared: PreparedResponse,
    small: PreparedCampaign,
    *,
    thrown_out: bool = False,
    replication: int = 0,
    again: bool = False,
) -> list[Node]:
    """Where the attackers were, and were looked for once one had declared; twice where more is known later."""
    situation = Situation.at_start(small.nodes, Luck(1, replication), UNTIL_H)
    hunts, where = Hunts(situation, prepared, small.campaign.parameters), list[Node]()
    situation.signals.recognised.subscribe(_add_to(where))
    for node in situation.nodes.sites:
        state = situation.states[node]
        state.wave = "wave"
        state.isolated_h = state.reconnected_h = 0.0 if thrown_out else None
        situation.note(node, EventKind.FOOTHOLD)
    hunts.hear(HERE)
    hunts.hear_regional_cell(0)
    if again:
        situation.after(UNTIL_H / 2.0, partial(hunts.look_again, "wave", 0))
    situation.env.run(until=UNTIL_H)
    return where


def _add_to(where: list[Node]) -> Callable[[Node, Channel], None]:
    return lambda node, _channel: where.append(node)


def test_nobody_hunts_where_the_body_has_cut_a_site_off_for_it(small: PreparedCampaign) -> None:
    situation, _cells = crisis_cells(small)
    given = small.response.supervision
    as_one = replace(given, run_as_one=frozenset(given.directory_of))
    sure = tuple(replace(defence, hunt_finds_chance=1.0) for defence in small.response.defences)
    response = replace(small.response, supervision=as_one, defences=sure)
    hunts = Hunts(situation, response, small.campaign.parameters)
    hunts.look_for(HERE, "wave", 0)
    situation.env.run(until=UNTIL_H)
    assert kinds(situation) == [EventKind.ISOLATION]


@pytest.mark.parametrize("left_on", [False, True])
def test_what_a_body_has_left_on_is_left_on_at_its_other_sites(
    small: PreparedCampaign, left_on: bool
) -> None:
    situation = Situation.at_start(small.nodes, Luck(1, 0), UNTIL_H)
    given = small.response.supervision
    as_one = replace(given, run_as_one=frozenset(given.directory_of))
    unready = tuple(replace(defence, rehearsed=0.0) for defence in small.response.defences)
    response = replace(small.response, supervision=as_one, defences=unready)
    certain = {"switches_off_hit": 1.0, "switches_off_spared": 0.0, "switches_off_quiet": 0.0}
    p = beyond_measure(small.campaign.parameters, certain)
    teams, inquiry = Teams(situation, response, p), Inquiry(situation, response, p)
    checks = Checks(situation, response, p, teams, inquiry)
    switch_off = SwitchOff(
        situation, response, p, checks, LeavingTrust(situation, response, p, teams, checks)
    )
    for node in (HERE, SISTER)[: 1 + left_on]:
        situation.states[node].isolated_h = 0.0
        situation.note(node, EventKind.ISOLATION)
    situation.states[HERE].ordered = Order.SWITCH_OFF
    switch_off.decide(HERE)
    assert situation.states[HERE].is_switched_off is not left_on


@pytest.mark.parametrize("thrown_out", [False, True])
def test_who_was_thrown_out_is_not_found_any_more(small: PreparedCampaign, thrown_out: bool) -> None:
    sure = tuple(replace(defence, hunt_finds_chance=1.0) for defence in small.response.defences)
    where = found(replace(small.response, defences=sure), small, thrown_out=thrown_out)
    assert len(where) == (0 if thrown_out else len(small.nodes.sites))


def test_the_sites_of_one_body_are_searched_by_one_team_with_one_end(small: PreparedCampaign) -> None:
    given = small.response.supervision
    as_one = replace(given, run_as_one=frozenset(given.directory_of))
    body = {node for node in as_one.body_of(HERE) if small.nodes.is_establishment(node)}
    unsure = tuple(replace(defence, hunt_finds_chance=0.5) for defence in small.response.defences)
    response = replace(small.response, supervision=as_one, defences=unsure)
    ends: set[int] = set()
    for replication in range(20):
        where = found(response, small, replication=replication)
        ends.add(len(body.intersection(where)))
    assert ends == {0, len(body)}


def test_traces_are_shared_once_with_what_the_inquiry_tells_at_the_latest(small: PreparedCampaign) -> None:
    """And searches end by day."""
    slow = beyond_measure(small.campaign.parameters, {"indicators_h": 1_000.0})
    situation = Situation.at_start(small.nodes, Luck(1, 0), UNTIL_H)
    hunts, told = Hunts(situation, small.response, slow), 100.0
    situation.states[HERE].wave = "wave"
    declared = situation.note(HERE, EventKind.DECLARATION)
    for node in situation.nodes.sites:
        situation.states[node].ordered = Order.WATCH
    hunts.hear(HERE)
    hunts.hear_regional_cell(declared)
    situation.after(told, partial(hunts.look_again, "wave", declared))
    situation.env.run(until=UNTIL_H)
    hours = {kind: [e.at_h for e in situation.timeline.events if e.what.kind is kind] for kind in EventKind}
    assert hours[EventKind.INDICATORS_SHARED] == [told]
    ends = [small.response.starts_at_h + at_h for at_h in hours[EventKind.NOTHING_FOUND]]
    assert ends
    assert all(until_day_h(hour) < 1e-6 or until_day_h(hour) > 24 - 1e-6 for hour in ends)


@pytest.mark.parametrize("of_the_same", [False, True])
def test_attackers_who_set_in_again_are_found_by_the_traces_of_their_first_wave(
    small: PreparedCampaign, of_the_same: bool
) -> None:
    sure = tuple(replace(defence, hunt_finds_chance=1.0) for defence in small.response.defences)
    follows = {"second": "first"} if of_the_same else {}
    response = replace(small.response, defences=sure, attackers=follows)
    situation = Situation.at_start(small.nodes, Luck(1, 0), UNTIL_H)
    hunts, where = Hunts(situation, response, small.campaign.parameters), list[Node]()
    situation.signals.recognised.subscribe(_add_to(where))
    situation.states[SISTER].wave = "second"
    hunts.look_for(SISTER, "first", situation.note(SISTER, EventKind.FOOTHOLD))
    situation.env.run(until=UNTIL_H)
    assert bool(where) is of_the_same


def test_what_the_inquiry_tells_is_looked_for_once_more(small: PreparedCampaign) -> None:
    unsure = tuple(replace(defence, hunt_finds_chance=0.3) for defence in small.response.defences)
    response = replace(small.response, defences=unsure)
    once, twice = (
        sum(len(found(response, small, replication=replication, again=again)) for replication in range(20))
        for again in (False, True)
    )
    assert once < twice
