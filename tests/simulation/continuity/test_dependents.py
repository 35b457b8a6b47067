"""Those who depend on a shared service: a whole outage is whole for them, paper is as hard, and it ends."""

from dataclasses import replace
from functools import partial

import pytest

from simulation.care.flow.changes import Change, Left
from simulation.continuity.degraded_mode import DegradedMode
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import NUMBER, Stream
from simulation.replication import PreparedCampaign
from tests.campaigns import beyond_measure, prepare_campaign
from tests.regions import ALONE, FIRST, SECOND, THIRD, link
from topologies.region import Basis, LinkKind, Region, Service, ServiceKind, Trust

HOST, LABORATORY = "host:ours", "laboratory:ours"
DOWN_H = 48.0


@pytest.fixture(scope="module")
def served(small_region: Region) -> Region:
    """The small region, whose first hospital has a host and an outside laboratory."""
    services = {
        name: Service(id=name, name=name, kind=kind, basis=Basis.ASSUMPTION)
        for name, kind in ((HOST, ServiceKind.HOST), (LABORATORY, ServiceKind.LABORATORY))
    }
    links = [
        *small_region.links,
        link(HOST, FIRST, LinkKind.HOSTING),
        link(LABORATORY, FIRST, LinkKind.EXCHANGE),
    ]
    return replace(
        small_region,
        services=dict(sorted({**small_region.services, **services}.items())),
        links=tuple(sorted(links, key=lambda one: (one.source, one.kind, one.target))),
    )


@pytest.fixture(scope="module", params=[HOST, LABORATORY])
def service(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def prepared(
    served: Region, small_scenario: Scenario, helpless: Posture, parameters: Parameters
) -> PreparedCampaign:
    """All that can be at the host is, and paper is learnt."""
    known = {"host_dependence": 1.0, "paper_shock": 1.3, "paper_settled": 0.7}
    return prepare_campaign(served, small_scenario, helpless, beyond_measure(parameters, known))


def told(prepared: PreparedCampaign, service: str) -> dict[float, float]:
    """What care is told of planned operations at the first hospital, by hour; the service is down from hour 24."""
    changes: list[Change] = []
    situation = Situation.at_start(prepared.nodes, Luck(1, 0), 240.0)
    mode = DegradedMode(situation, prepared.continuity, prepared.campaign.parameters, changes)
    node = prepared.nodes.number_of[service]

    def set_outage(lost: float | None) -> None:
        situation.states[node].outage = lost
        mode.end_outage(node) if lost is None else mode.go_on_paper_for_outage(node)

    situation.after(24.0, partial(set_outage, 1.0))
    situation.after(24.0 + DOWN_H, partial(set_outage, None))
    situation.env.run(until=240.0)
    ward = prepared.care.wards.of_site[FIRST][Stream.SURGERY_SCHEDULED]
    return {
        hour: row[Left.CAPACITY]
        for hour, wards, left in changes
        for number, row in zip(wards.tolist(), left.tolist(), strict=True)
        if number == ward
    }


def kept_of(prepared: PreparedCampaign, service: str) -> float:
    """What the matrix leaves of planned operations, paper apart."""
    node, names = prepared.nodes.number_of[FIRST], prepared.continuity.applications
    (takes,) = (
        on.takes
        for on in prepared.continuity.dependence[node]
        if on.service == prepared.nodes.number_of[service]
    )
    kept = prepared.continuity.matrix.kept[0, :, NUMBER[Stream.SURGERY_SCHEDULED]]
    return float(min(1.0 - takes[number] * (1.0 - kept[number]) for number in names.values()))


def test_a_whole_outage_is_whole_and_its_first_hours_are_the_worst(
    prepared: PreparedCampaign, service: str
) -> None:
    shares, parameters = told(prepared, service), prepared.campaign.parameters
    kept, shock = kept_of(prepared, service), parameters.continuity.paper_shock.value
    plan = 1.0 / parameters.surgery.surgery_margin.value
    assert shares[24.0] == pytest.approx(plan * max(0.0, 1.0 - (1.0 - kept) * shock))
    assert shares[24.0] < shares[48.0]


def test_once_the_service_is_back_what_was_written_is_entered_and_then_all_is_well(
    parameters: Parameters, prepared: PreparedCampaign, service: str
) -> None:
    shares = told(prepared, service)
    assert shares[24.0 + DOWN_H] == pytest.approx(1.0 - parameters.continuity.reentry_loss.value)
    whole_again_h = max(shares)
    assert shares[whole_again_h] == 1.0
    assert whole_again_h < 24.0 + 2 * DOWN_H


def test_a_host_is_served_by_the_patients_who_hang_on_what_it_holds(
    prepared: PreparedCampaign, parameters: Parameters
) -> None:
    """More than an outside laboratory, as much as its customer with all that is hosted, and never after everyone."""
    host, laboratory, site = (prepared.nodes.number_of[name] for name in (HOST, LABORATORY, FIRST))
    stakes, priorities = prepared.continuity.stakes, prepared.response.priorities
    assert 0.0 < stakes.of_node[laboratory] < stakes.of_node[host] <= stakes.of_node[site]
    assert priorities[host] < priorities[laboratory] < 0
    assert stakes.in_order(host, ["payroll", "dialysis_monitoring", "record"])[0] == "record"
    assert stakes.in_order(host, ["payroll", "record"]) == ["record", "payroll"]


@pytest.mark.parametrize(("trust", "systems"), [(Trust.ENTITY, 1), (Trust.SEPARATE, 3)])
def test_what_a_host_holds_is_the_same_for_all_sites_of_one_legal_entity(
    small_region: Region,
    small_scenario: Scenario,
    helpless: Posture,
    parameters: Parameters,
    trust: Trust,
    systems: int,
) -> None:
    services = {name: replace(service, trust=trust) for name, service in small_region.services.items()}
    region = replace(small_region, services=services)
    prepared = prepare_campaign(region, small_scenario, helpless, parameters)
    same = prepared.continuity.same_systems
    members = [prepared.nodes.number_of[name] for name in (FIRST, SECOND, THIRD)]
    assert len(set(same[members])) == systems
    assert same[prepared.nodes.number_of[ALONE]] == prepared.nodes.number_of[ALONE]
