"""By what kind of link each kind of attack travels, and what is drawn once for many links."""

from math import isfinite

import pytest

from simulation.attack.attack_graph import AttackGraph, AttackLink, attack_graph_of
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.inputs.library import load_posture, load_scenario
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.defences import defence_of
from simulation.inputs.scenarios.wave import Wave
from topologies.region import LinkKind, Trust

SITES = 12
HUB = Node(SITES)
REPLICATIONS = 200


def graph(wave: Wave, links: list[AttackLink], p: Parameters) -> AttackGraph:
    posture = load_posture("baseline")
    defences = [defence_of(posture.at(str(number)), p) for number in range(SITES + 1)]
    return attack_graph_of(wave, links, defences, SITES, p)


def from_hub(kind: LinkKind, trust: Trust | None, *, joins_machines: bool) -> list[AttackLink]:
    return [
        AttackLink(number, HUB, Node(number), kind, trust, joins_machines=joins_machines)
        for number in range(SITES)
    ]


def crossed(wave: Wave, links: list[AttackLink], p: Parameters) -> list[int]:
    """Of each replication, over how many links the attack passes."""
    made = graph(wave, links, p)
    delays = (made.delays_h(Luck(1, number), wave.name, SITES + 1) for number in range(REPLICATIONS))
    return [sum(map(isfinite, hours[: len(links)])) for hours in delays]


@pytest.fixture(scope="module")
def worm() -> Wave:
    (wave,) = load_scenario("worm-unpatched").waves
    return wave


@pytest.fixture(scope="module")
def group() -> Wave:
    (wave,) = load_scenario("ransomware-large-hospital").waves
    return wave


def test_a_worm_crosses_a_network_and_no_messages(worm: Wave, parameters: Parameters) -> None:
    for joins_machines in (True, False):
        links = from_hub(LinkKind.EXCHANGE, None, joins_machines=joins_machines)
        assert bool(graph(worm, links, parameters).links) is joins_machines


@pytest.mark.parametrize("attack", ["worm", "group"])
def test_the_sites_of_a_legal_entity_fall_together_or_as_separate_ones_do(
    attack: str, request: pytest.FixtureRequest, parameters: Parameters
) -> None:
    wave: Wave = request.getfixturevalue(attack)
    fallen = {
        trust: crossed(wave, from_hub(LinkKind.DIRECTORY, trust, joins_machines=True), parameters)
        for trust in (Trust.NETWORK, Trust.ENTITY, Trust.SEPARATE)
    }
    alike = {Trust.NETWORK: 0, Trust.SEPARATE: 0}
    for number, many in enumerate(fallen[Trust.ENTITY]):
        both = {trust for trust in alike if fallen[trust][number] == many}
        assert both
        for trust in both:
            alike[trust] += 1
    assert min(alike.values()) > REPLICATIONS / 10


def test_who_is_written_to_from_one_mail_system_is_tried_once(group: Wave, parameters: Parameters) -> None:
    target = Node(SITES - 1)
    letters = [
        AttackLink(number, Node(number), target, LinkKind.EXCHANGE, None, joins_machines=False)
        for number in range(SITES - 1)
    ]
    for trust, once in ((Trust.ENTITY, True), (Trust.SEPARATE, False)):
        made = graph(group, letters + from_hub(LinkKind.DIRECTORY, trust, joins_machines=True), parameters)
        assert (len(set(made.draw[: len(letters)].tolist())) == 1) is once
