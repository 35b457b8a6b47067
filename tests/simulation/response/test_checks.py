"""Checks before what was switched off is on again: work for teams, which may be busy, and which levers shorten."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest

from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.recovery_events import Stage
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_day_h
from simulation.replication import PreparedCampaign
from simulation.response.computer_teams import ComputerTeams
from simulation.response.deciding.checks import Checks
from simulation.response.deciding.inquiry import Inquiry
from simulation.response.deciding.leaving_trust import LeavingTrust
from simulation.response.deciding.switch_off import SwitchOff
from simulation.response.prepared import PreparedResponse
from simulation.response.teams import TURN_H, Teams
from tests.campaigns import beyond_measure

SPARED, PEER = Node(0), Node(1)
UNTIL_H, BUSY_H = 3_000.0, 1_000.0


def spared(
    small: PreparedCampaign,
    response: PreparedResponse,
    *,
    busy_h: float = 0.0,
    rebuilds: Node | None = None,
    held: bool = False,
    struck: Node | None = None,
    investigated_h: float = UNTIL_H,
    values: Mapping[str, float] | None = None,
) -> Situation:
    """One establishment cuts its links and switches off at hour 1.

    Its team is busy until an hour; or rebuilds elsewhere for longer; or the directory that it shares is held; or a site
    has been struck, and is investigated by an hour.
    """
    situation = Situation.at_start(small.nodes, Luck(1, 0), UNTIL_H)
    certain = dict.fromkeys(("switches_off_spared", "switches_off_quiet"), 1.0)
    p = beyond_measure(small.campaign.parameters, {**certain, **(values or {})})
    teams = Teams(situation, response, p)
    inquiry = Inquiry(situation, response, p)
    checks = Checks(situation, response, p, teams, inquiry)
    switch_off = SwitchOff(
        situation, response, p, checks, LeavingTrust(situation, response, p, teams, checks)
    )
    shared = response.supervision.shared_of[SPARED]
    assert shared is not None
    if held:
        situation.states[shared].directory_held_h = 0.0
    if struck is not None:
        situation.states[struck].wave = "first"
        situation.states[struck].impact_h = 0.0
        first_sign = EventKind.RANSOM_NOTE
        situation.note(struck, first_sign)
        inquiry.hear_hit(Hit(node=struck, machines=0.5, first_sign=first_sign))
        situation.after(investigated_h, partial(inquiry.hear, struck, Stage.INVESTIGATE))
        situation.after(investigated_h, partial(switch_off.begin_checks, struck, Stage.INVESTIGATE))
    if busy_h:
        situation.env.process(teams.own(SPARED, busy_h))
    if rebuilds is not None:
        situation.env.process(teams.whoever_is_free(rebuilds, BUSY_H))
    teams.call(SPARED)
    situation.states[SPARED].isolated_h = 1.0
    situation.note(SPARED, EventKind.ISOLATION)
    situation.after(1.0, partial(switch_off.decide, SPARED))
    situation.env.run(until=UNTIL_H)
    return situation


def on_h(situation: Situation) -> float:
    """When all was on again."""
    return situation.states[SPARED].switched_on_h or UNTIL_H


def first_on_h(situation: Situation) -> float:
    return next(e.at_h for e in situation.timeline.events if e.what.kind is EventKind.SWITCHED_ON)


@pytest.fixture(scope="module")
def alone(small: PreparedCampaign) -> PreparedResponse:
    """Nobody comes from outside."""
    return replace(small.response, rebuilders=(), leaders=())


def test_checks_wait_for_the_own_team_or_for_one_from_outside(
    small: PreparedCampaign, alone: PreparedResponse
) -> None:
    free, busy = spared(small, alone), spared(small, alone, busy_h=BUSY_H)
    helped = spared(small, small.response, busy_h=BUSY_H)
    assert on_h(busy) - BUSY_H == pytest.approx(on_h(free) - 1.0), "then they take as long"
    assert first_on_h(free) < first_on_h(helped) < first_on_h(busy)
    order = [e.what.detail for e in free.timeline.events if e.what.kind is EventKind.SWITCHED_ON]
    assert order[0] == Stage.CORE_SERVERS
    assert len(order) == 5


def test_who_shares_a_team_waits_for_a_turn_and_not_for_all_that_it_rebuilds_elsewhere(
    small: PreparedCampaign, alone: PreparedResponse
) -> None:
    """And takes its part of that team."""
    one_team = ComputerTeams(members=(SPARED, PEER), teams=1)
    several = len(small.nodes)
    pooled = replace(
        alone,
        computer_teams=(one_team,),
        computer_team_of=(0,) * several,
        part_of_team=(0.5,) * several,
        priorities=(-2, *(-1,) * (several - 1)),
    )
    free, shared = spared(small, pooled), spared(small, pooled, rebuilds=PEER)
    assert first_on_h(free) < first_on_h(shared) <= first_on_h(free) + TURN_H
    assert on_h(shared) < BUSY_H


def test_who_was_spared_waits_for_what_the_inquiry_finds_at_the_first_victim(
    small: PreparedCampaign, alone: PreparedResponse
) -> None:
    """What can be prepared is: where the list comes late, the first check takes less; where never, all stays off."""
    elsewhere = next(node for node in small.nodes.sites if node not in alone.supervision.peers_of(SPARED))
    unstruck = spared(small, alone)
    late = spared(small, alone, struck=elsewhere, investigated_h=BUSY_H)
    kinds = {event.what.kind: number for number, event in enumerate(late.timeline.events)}
    listed = late.timeline.events[kinds[EventKind.CLEAN_UP_LIST]]
    begun = late.timeline.events[kinds[EventKind.CHECKS_BEGIN]]
    assert listed.at_h > BUSY_H
    assert (begun.at_h, begun.cause) == (listed.at_h, kinds[EventKind.CLEAN_UP_LIST])
    assert 0.0 < first_on_h(late) - listed.at_h < first_on_h(unstruck) - 1.0
    assert on_h(spared(small, alone, struck=elsewhere)) == UNTIL_H


def test_sister_sites_of_one_who_has_been_investigated_wait_for_no_list(
    small: PreparedCampaign, alone: PreparedResponse
) -> None:
    """Their body has the findings; the list is for the others, who are told by day."""
    bodies = frozenset(alone.supervision.directory_of)
    body = replace(alone, supervision=replace(alone.supervision, run_as_one=bodies))
    late = {"clean_up_list_days": 20.0}
    sister = spared(small, body, struck=PEER, investigated_h=BUSY_H, values=late)
    other = spared(small, alone, struck=PEER, investigated_h=BUSY_H, values=late)
    begun, listed = (
        next(e.at_h for e in situation.timeline.events if e.what.kind is kind)
        for situation, kind in ((sister, EventKind.CHECKS_BEGIN), (other, EventKind.CLEAN_UP_LIST))
    )
    assert begun == BUSY_H < listed < first_on_h(other)
    assert until_day_h(alone.starts_at_h + listed) == 0.0


def test_who_shares_a_directory_waits_for_it_where_it_was_held_and_else_for_the_inquiry_alone(
    small: PreparedCampaign, alone: PreparedResponse
) -> None:
    """Another's own directory is nothing to wait for."""
    waits = replace(alone, defences=tuple(replace(one, leaves_trust_chance=0.0) for one in alone.defences))
    reached = spared(small, waits, struck=PEER, investigated_h=BUSY_H, held=True)
    spared_too = spared(small, waits, struck=PEER, investigated_h=BUSY_H)
    assert on_h(reached) == UNTIL_H
    assert BUSY_H < first_on_h(spared_too) < on_h(spared_too) < UNTIL_H


def test_machines_that_are_watched_are_checked_sooner(
    small: PreparedCampaign, alone: PreparedResponse
) -> None:
    watched = replace(alone, defences=tuple(replace(one, checks=0.6) for one in alone.defences))
    assert on_h(spared(small, watched)) < on_h(spared(small, alone))


def test_who_was_spared_may_leave_a_directory_that_was_held(
    small: PreparedCampaign, alone: PreparedResponse
) -> None:
    """One that waits, or that is one network with the others, is off until somebody has rebuilt it."""
    leaves = replace(alone, defences=tuple(replace(one, leaves_trust_chance=1.0) for one in alone.defences))
    waits = replace(alone, defences=tuple(replace(one, leaves_trust_chance=0.0) for one in alone.defences))
    tied = replace(leaves, may_leave_trust=(False,) * len(small.nodes))
    gone = spared(small, leaves, held=True)
    state = gone.states[SPARED]
    assert state.left_trust_h is not None
    assert state.left_trust_h < first_on_h(gone) < on_h(gone) < UNTIL_H
    for response in (waits, tied):
        kept = spared(small, response, held=True)
        assert kept.states[SPARED].left_trust_h is None
        assert on_h(kept) == UNTIL_H


def test_a_large_hospital_checks_longer_and_has_more_to_do_to_leave(
    small: PreparedCampaign, alone: PreparedResponse
) -> None:
    leaves = replace(alone, defences=tuple(replace(one, leaves_trust_chance=1.0) for one in alone.defences))
    fourfold = tuple(4.0 * beds for beds in alone.beds)
    for response, held in ((alone, False), (leaves, True)):
        as_it_is, large = (
            spared(small, each, held=held) for each in (response, replace(response, beds=fourfold))
        )
        assert on_h(as_it_is) < on_h(large) < UNTIL_H


def test_nobody_whose_team_is_pooled_leaves_by_themselves(small: PreparedCampaign) -> None:
    pooled = [
        len(small.response.computer_teams[team].members) > 1 for team in small.response.computer_team_of
    ]
    assert not any(may and is_one for may, is_one in zip(small.response.may_leave_trust, pooled, strict=True))
