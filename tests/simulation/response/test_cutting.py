"""Cutting: a site cuts itself; to cut all of a body, or of a network that one runs, is decided for all."""

from dataclasses import replace
from functools import partial

import pytest

from simulation.engine.event_kinds import Channel, EventKind
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.replication import PreparedCampaign
from simulation.response.crisis_cells import CrisisCells
from tests.campaigns import beyond_measure

HERE, SISTER = Node(0), Node(1)
UNTIL_H = 100.0
DECIDES_H = 10.0


def detected(
    small: PreparedCampaign,
    *,
    as_one: bool = False,
    runs: bool = False,
    struck: bool = True,
    are_cut: bool = False,
    follows_h: float = 1.0,
    sister_knows_h: float = UNTIL_H,
) -> Situation:
    """A site knows at hour 0 that it is attacked, and a sister later; `are_cut`: the others are cut already."""
    situation = Situation.at_start(small.nodes, Luck(1, 0), UNTIL_H)
    given = small.response.supervision
    supervision = replace(
        given,
        run_as_one=frozenset(given.directory_of) if as_one else frozenset(),
        run_by={HERE: given.directory_of[HERE]} if runs else {},
    )
    p = beyond_measure(
        small.campaign.parameters,
        {"isolation_h": 0.5, "body_decides_h": DECIDES_H, "body_follows_h": follows_h},
    )
    still = {
        name: p.quantities[name].model_copy(update={"log_sd": None})
        for name in ("isolation_h", "body_decides_h", "body_follows_h")
    }
    response = replace(small.response, supervision=supervision, decisions=(1.0,) * len(small.nodes))
    cells = CrisisCells(situation, response, p.replaced(still))
    situation.note(HERE, EventKind.FOOTHOLD)
    situation.states[HERE].wave = "wave"
    situation.states[HERE].impact_h = 0.0 if struck else None
    for site in situation.nodes.sites if are_cut else ():
        situation.states[site].isolated_h = None if site == HERE else 0.0
    cells.detect(HERE, Channel.OWN)
    situation.states[SISTER].impact_h = situation.states[HERE].impact_h if as_one else None
    situation.after(sister_knows_h, partial(cells.detect, SISTER, Channel.OWN))
    situation.env.run(until=UNTIL_H)
    return situation


@pytest.mark.parametrize(
    ("as_one", "runs", "struck", "here_h", "others_too"),
    [
        (False, False, True, 0.5, False),
        (True, False, True, 0.5, True),
        (True, False, False, 0.5, False),
        (False, True, True, DECIDES_H, True),
        (False, True, False, 0.5, False),
    ],
)
def test_a_site_cuts_itself_at_once_and_all_are_cut_by_decision(
    small: PreparedCampaign, as_one: bool, runs: bool, struck: bool, here_h: float, others_too: bool
) -> None:
    situation = detected(small, as_one=as_one, runs=runs, struck=struck)
    assert situation.states[HERE].isolated_h == here_h
    sister_h = situation.states[SISTER].isolated_h
    assert (sister_h is not None) is others_too
    if sister_h is not None:
        assert DECIDES_H < sister_h <= DECIDES_H + 2.0


def test_who_has_been_told_and_follows_is_not_told_again(small: PreparedCampaign) -> None:
    late = detected(small, as_one=True, follows_h=50.0, sister_knows_h=DECIDES_H + 1.0)
    kinds = [event.what.kind for event in late.timeline.events]
    assert kinds.count(EventKind.BODY_CUTS) == 1


def test_the_decision_is_told_once_and_is_the_cause_of_the_cuts(small: PreparedCampaign) -> None:
    events = detected(small, as_one=True).timeline.events
    decided = [number for number, event in enumerate(events) if event.what.kind is EventKind.BODY_CUTS]
    cut = [event for event in events if event.what.kind is EventKind.ISOLATION and event.node != HERE]
    assert len(decided) == 1
    assert events[decided[0]].node == small.response.supervision.shared_of[HERE], "whoever knew first"
    assert cut
    assert {event.cause for event in cut} == set(decided)


def test_where_only_the_directory_is_left_it_is_cut_and_sites_are_told_nothing(
    small: PreparedCampaign,
) -> None:
    situation = detected(small, as_one=True, are_cut=True)
    shared = small.response.supervision.shared_of[HERE]
    assert shared is not None
    assert situation.states[shared].isolated_h is not None
    assert not any(event.what.kind is EventKind.BODY_CUTS for event in situation.timeline.events)
