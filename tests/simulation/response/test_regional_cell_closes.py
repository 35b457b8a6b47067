"""The regional cell closes once nobody needs it, and opens anew on the next declaration."""

from collections.abc import Callable
from functools import partial

import pytest

from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_day_h
from simulation.replication import PreparedCampaign
from simulation.response.deciding.partner_links import PartnerLinks
from simulation.response.detecting.detection import Detection
from simulation.response.regional_cell import RegionalCell
from topologies.region import LinkKind

VICTIM, OTHER = Node(0), Node(3)
BACK_H, AGAIN_H, UNTIL_H, DAY_H = 100.0, 800.0, 900.0, 24.0


@pytest.fixture
def situation(small: PreparedCampaign) -> Situation:
    """One has declared, is cut off for some days, and another declares weeks later."""
    return Situation.at_start(small.nodes, Luck(1, 0), UNTIL_H)


@pytest.fixture
def cell(small: PreparedCampaign, situation: Situation) -> RegionalCell:
    p = small.campaign.parameters
    cell = RegionalCell(situation, small.response, p, PartnerLinks(situation, small.response))
    detection = Detection(situation, small.response, p)
    situation.signals.regional_cell_opened.subscribe(detection.raise_vigilance)
    situation.signals.regional_cell_closed.subscribe(detection.lower_vigilance)
    situation.env.process(cell.run())
    state = situation.states[VICTIM]
    state.detected_h = state.isolated_h = 0.0
    situation.note(VICTIM, EventKind.DECLARATION)
    cell.hear(VICTIM)
    situation.after(BACK_H, partial(setattr, state, "reconnected_h", BACK_H))
    return cell


def told_h(situation: Situation, kind: EventKind) -> list[float]:
    return [event.at_h for event in situation.timeline.events if event.what is kind]


def test_it_closes_by_day_some_days_after_nobody_is_cut_off_any_more(
    small: PreparedCampaign, situation: Situation, cell: RegionalCell
) -> None:
    situation.env.run(until=UNTIL_H)
    (closed_h,) = told_h(situation, EventKind.REGIONAL_CELL_CLOSES)
    calm_h = DAY_H * small.campaign.parameters.response.cell_calm_days.value
    assert BACK_H + calm_h - DAY_H <= closed_h <= BACK_H + calm_h + 2 * DAY_H
    assert not until_day_h(small.response.starts_at_h + closed_h)
    assert not cell.has_closed(OTHER, LinkKind.MAINTENANCE), "its common orders have ended"


@pytest.mark.parametrize(
    "keep",
    [
        lambda situation, _: setattr(situation.states[OTHER], "switched_off_h", 0.0),
        lambda situation, _: setattr(situation.states[OTHER], "ed_shut_h", 0.0),
        lambda situation, _: setattr(situation.states[OTHER], "outage", 0.2),
        lambda _, cell: cell.lose(OTHER, 0.5),
    ],
    ids=["dark", "shut", "down", "fewer"],
)
def test_it_sits_while_anybody_is_dark_shut_down_or_takes_clearly_fewer(
    situation: Situation, cell: RegionalCell, keep: Callable[[Situation, RegionalCell], None]
) -> None:
    keep(situation, cell)
    situation.env.run(until=UNTIL_H)
    assert not told_h(situation, EventKind.REGIONAL_CELL_CLOSES)


def test_the_next_declaration_opens_it_anew(situation: Situation, cell: RegionalCell) -> None:
    def declare() -> None:
        situation.states[OTHER].detected_h = situation.now_h
        situation.note(OTHER, EventKind.DECLARATION)
        cell.hear(OTHER)

    situation.after(AGAIN_H, declare)
    situation.env.run(until=UNTIL_H)
    first_h, again_h = told_h(situation, EventKind.REGIONAL_CELL)
    assert first_h < BACK_H < AGAIN_H < again_h
    assert cell.opened_h == first_h, "when it opened first is what is counted"
