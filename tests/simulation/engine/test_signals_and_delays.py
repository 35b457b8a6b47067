"""What mechanisms say to one another, how long things take, and what can happen."""

from functools import partial

import pytest

from simulation.attack.attack_events import OF_ATTACKS
from simulation.engine.delays import CommonDelay, Delay
from simulation.engine.event_kinds import WITH_FIELDS
from simulation.engine.nodes import Node, Nodes
from simulation.engine.random_streams import Luck
from simulation.engine.recovery_events import OF_RECOVERY
from simulation.engine.signals import Signal
from simulation.engine.situation import Situation
from simulation.response.deciding.site_events import OF_SITES
from simulation.response.deciding.supplier_events import OF_SUPPLIERS
from topologies.fields.quantity import Quantity
from topologies.region import Region

SPREAD = Quantity(value=6.0, unit="h", low=1.0, high=9.0, log_sd=0.5, source="made for the tests")
FIXED = Quantity(value=2.0, unit="days", low=1.0, high=3.0, source="made for the tests")


@pytest.fixture
def situation(small_region: Region) -> Situation:
    return Situation.at_start(Nodes.of(small_region), Luck(1, 0), 240.0)


def test_all_react_in_the_order_in_which_they_subscribed() -> None:
    heard: list[tuple[str, int]] = []
    signal: Signal[[int]] = Signal()
    signal.subscribe(lambda number: heard.append(("first", number)))
    signal.subscribe(
        lambda number: heard.append(("second", number)), lambda number: heard.append(("third", number))
    )
    signal.send(7)
    assert heard == [("first", 7), ("second", 7), ("third", 7)]


def test_a_delay_is_its_parameter_times_a_draw_of_each_node_times_what_shortens_it(
    situation: Situation,
) -> None:
    nodes = len(situation.nodes)
    paces = situation.luck.paces("made_up", nodes, SPREAD.log_sd)
    shortened = Delay(situation, "made_up", SPREAD, shortened_by=[0.5] * nodes)
    for number, pace in enumerate(paces):
        assert shortened.hours(Node(number)) == 6.0 * pace * 0.5
    assert len(set(paces)) == nodes
    assert Delay(situation, "made_up", FIXED, unit_h=24.0).hours(Node(1)) == 48.0


def test_what_follows_a_delay_happens_to_its_node_at_its_hour(situation: Situation) -> None:
    happened: list[tuple[float, Node, str]] = []

    def act(node: Node, how: str) -> None:
        happened.append((situation.now_h, node, how))

    Delay(situation, "made_up", FIXED).then(Node(2), act, "slowly")
    CommonDelay(situation, "made_up", FIXED, shortened_by=0.5).then(partial(act, Node(0), "at once"))
    situation.env.run(until=situation.horizon_h)
    assert happened == [(1.0, 0, "at once"), (2.0, 2, "slowly")]


def test_each_kind_of_event_has_one_type_of_fields_at_most() -> None:
    kinds = [fields.kind for fields in (*WITH_FIELDS, *OF_ATTACKS, *OF_RECOVERY, *OF_SITES, *OF_SUPPLIERS)]
    assert len(set(kinds)) == len(kinds)
