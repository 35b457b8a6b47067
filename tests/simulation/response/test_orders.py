"""Orders of the regional cell: by what is known, one degree less where those behind a directory are no one body."""

from dataclasses import replace
from functools import partial

import pytest

from simulation.engine.event_kinds import EventKind, Order
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_day_h, until_working_hours_h
from simulation.replication import PreparedCampaign
from simulation.response.deciding.partner_links import PartnerLinks
from simulation.response.detecting.hunts import Hunts
from simulation.response.regional_cell import RegionalCell

VICTIM, SISTER, SPARED = Node(0), Node(1), Node(2)
UNTIL_H = 2_000.0


AGAIN_H = 1_500.0


def ordered(
    small: PreparedCampaign, *, held: bool, hits: int, as_one: bool, order_h: float | None = None
) -> Situation:
    """One of three behind a directory has declared; the attackers held it, and have struck so many.

    Much later it tells of the same attack once more.
    """
    situation = Situation.at_start(small.nodes, Luck(1, 0), UNTIL_H)
    supervision = small.response.supervision
    if as_one:
        bodies = frozenset(supervision.directory_of)
        supervision = replace(supervision, run_as_one=bodies)
    response = replace(small.response, supervision=supervision)
    p = small.campaign.parameters
    if order_h is not None:
        p = p.changed({"order_h": p.quantities["order_h"].model_copy(update={"value": order_h})})
    partner_links = PartnerLinks(situation, response)
    cell, hunts = RegionalCell(situation, response, p, partner_links), Hunts(situation, response, p)
    situation.signals.warned.subscribe(hunts.look_for)
    situation.signals.nothing_found.subscribe(partner_links.reopen)
    for node in (VICTIM, SISTER)[: max(1, hits)]:
        state = situation.states[node]
        state.wave, state.detected_h, state.isolated_h = "wave", 0.0, 0.0
        state.directory_held_h = 0.0 if held else None
        state.impact_h = 0.0 if hits else None
    situation.note(VICTIM, EventKind.DECLARATION)
    situation.env.process(cell.run())
    cell.hear(VICTIM)
    situation.after(AGAIN_H, partial(cell.learn, VICTIM))
    situation.env.run(until=UNTIL_H)
    return situation


def of_spared(situation: Situation, kind: EventKind) -> list[str]:
    return [e.what.detail for e in situation.timeline.events if e.node == SPARED and e.what.kind is kind]


@pytest.mark.parametrize(
    ("held", "hits", "as_one", "order"),
    [
        (False, 0, True, Order.WATCH),
        (True, 0, False, Order.WATCH),
        (True, 0, True, Order.CLOSE_LINKS),
        (True, 1, False, Order.CLOSE_LINKS),
        (True, 1, True, Order.CUT),
        (True, 2, False, Order.CUT),
        (True, 2, True, Order.SWITCH_OFF),
    ],
)
def test_an_order_is_as_hard_as_what_is_known_calls_for_and_ends_when_nothing_is_found(
    small: PreparedCampaign, held: bool, hits: int, as_one: bool, order: Order
) -> None:
    situation = ordered(small, held=held, hits=hits, as_one=as_one)
    assert of_spared(situation, EventKind.REGIONAL_ORDER) == [order.name.lower()]
    closed = order is Order.CLOSE_LINKS
    assert len(of_spared(situation, EventKind.PARTNERS_CLOSED)) == closed
    assert len(of_spared(situation, EventKind.PARTNERS_BACK)) == closed
    assert len(of_spared(situation, EventKind.NOTHING_FOUND)) == 1
    assert situation.states[SPARED].ordered is None
    closed_h = [e.at_h for e in situation.timeline.events if e.what.kind is EventKind.PARTNERS_CLOSED]
    assert not any(until_day_h(small.response.starts_at_h + hour) for hour in closed_h)
    opened_h = [e.at_h for e in situation.timeline.events if e.what.kind is EventKind.PARTNERS_BACK]
    assert not any(until_working_hours_h(small.response.starts_at_h + hour) for hour in opened_h)


def test_nobody_orders_a_directory(small: PreparedCampaign) -> None:
    situation = ordered(small, held=True, hits=2, as_one=True)
    told = {e.node for e in situation.timeline.events if e.what.kind is EventKind.REGIONAL_ORDER}
    assert told == {
        node for node in small.response.supervision.peers_of(VICTIM) if node in small.nodes.sites
    } - {
        VICTIM,
        SISTER,
    }


def test_a_payload_that_goes_off_behind_a_cut_is_told_once_it_has_been_seen(small: PreparedCampaign) -> None:
    situation = Situation.at_start(small.nodes, Luck(1, 0), UNTIL_H)
    cell = RegionalCell(
        situation, small.response, small.campaign.parameters, PartnerLinks(situation, small.response)
    )
    state = situation.states[VICTIM]
    state.wave, state.detected_h, state.crisis_cell_h = "wave", 0.0, 0.0
    situation.note(VICTIM, EventKind.DECLARATION)
    situation.env.process(cell.run())
    cell.hear(VICTIM)
    hit = Hit(node=VICTIM, machines=0.5, first_sign=EventKind.RANSOM_NOTE)

    def go_off() -> None:
        state.impact_h = state.directory_held_h = AGAIN_H
        situation.note(VICTIM, EventKind.IMPACT)
        cell.learn_hit(hit)

    situation.after(AGAIN_H, go_off)
    situation.env.run(until=UNTIL_H)
    orders = [e for e in situation.timeline.events if e.what.kind is EventKind.REGIONAL_ORDER]
    harder = [e.at_h for e in orders if e.what.detail != Order.WATCH.name.lower()]
    assert harder
    assert min(harder) > AGAIN_H


def test_an_order_that_has_ended_before_it_is_carried_out_is_not_carried_out(small: PreparedCampaign) -> None:
    in_time = ordered(small, held=True, hits=1, as_one=False)
    too_late = ordered(small, held=True, hits=1, as_one=False, order_h=1_000.0)
    assert of_spared(in_time, EventKind.PARTNERS_CLOSED)
    assert of_spared(too_late, EventKind.NOTHING_FOUND)
    assert not of_spared(too_late, EventKind.PARTNERS_CLOSED)
