"""Customers of a supplier that was attacked are told, decide, cut and take up their links, each with its cause."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from simulation.engine.event_kinds import Channel, EventKind
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.inputs.scenarios.scenario import Scenario
from simulation.replication import PreparedCampaign
from simulation.response.deciding.supplier_links import SupplierLinks
from tests.campaigns import beyond_measure, prepare_campaign
from tests.regions import FIRST, SECOND, THIRD, link
from topologies.region import Basis, LinkKind, Region, Service, ServiceKind

VENDOR = "vendor:ours"
ALL_ACT = {"supplier_alert_missed": 0.0, "supplier_cut_share": 1.0}
CLEAN_H, UNTIL_H = 400.0, 4_000.0


@pytest.fixture(scope="module")
def prepared(small_region: Region, small_scenario: Scenario) -> PreparedCampaign:
    """A vendor maintains the systems of three hospitals of the small region."""
    vendor = Service(id=VENDOR, name="Vendor", kind=ServiceKind.VENDOR, basis=Basis.ASSUMPTION)
    links = [
        *small_region.links,
        *(link(VENDOR, finess, LinkKind.MAINTENANCE) for finess in (FIRST, SECOND, THIRD)),
    ]
    region = replace(
        small_region,
        services={**small_region.services, VENDOR: vendor},
        links=tuple(sorted(links, key=lambda one: (one.source, one.kind, one.target))),
    )
    return prepare_campaign(region, small_scenario)


def told(
    prepared: PreparedCampaign, values: Mapping[str, float], *, by: str = VENDOR
) -> tuple[Situation, SupplierLinks]:
    """The vendor, or a victim that the attack entered by it, declares at hour 0; later the vendor is clean."""
    situation = Situation.at_start(prepared.nodes, Luck(1, 0), UNTIL_H)
    links = SupplierLinks(situation, prepared.response, beyond_measure(prepared.campaign.parameters, values))
    number_of = prepared.nodes.number_of
    if by != VENDOR:
        situation.states[number_of[by]].via = number_of[VENDOR]
    situation.note(number_of[by], EventKind.DECLARATION)
    links.hear(number_of[by])

    def clean() -> None:
        situation.note(number_of[VENDOR], EventKind.RECONNECTION)
        links.assure(number_of[VENDOR])

    situation.after(CLEAN_H, clean)
    return situation, links


def hours_of(situation: Situation, kind: EventKind) -> dict[Node | None, float]:
    return {event.node: event.at_h for event in situation.timeline.events if event.what.kind is kind}


def test_each_customer_that_is_told_cuts_its_link_and_takes_it_up_when_it_is_assured(
    prepared: PreparedCampaign,
) -> None:
    situation, links = told(prepared, ALL_ACT)
    vendor, first = (prepared.nodes.number_of[name] for name in (VENDOR, FIRST))
    situation.env.run(until=CLEAN_H)
    cut = hours_of(situation, EventKind.SUPPLIER_CUT)
    assert cut.keys() == {prepared.nodes.number_of[name] for name in (FIRST, SECOND, THIRD)}
    assert len(set(cut.values())) == len(cut), "each by its own decision"
    assert links.has_cut(vendor, first)
    assert links.has_cut(first, vendor)
    situation.env.run(until=UNTIL_H)
    back = hours_of(situation, EventKind.SUPPLIER_BACK)
    assert back.keys() == cut.keys()
    assert min(back.values()) > CLEAN_H
    assert not links.has_cut(vendor, first)
    events = situation.timeline.events
    causes = {
        EventKind.SUPPLIER_CUT: EventKind.SUPPLIER_ALERT,
        EventKind.SUPPLIER_BACK: EventKind.RECONNECTION,
    }
    for event in events:
        if event.what.kind in causes:
            assert event.cause is not None
            assert events[event.cause].what.kind is causes[event.what.kind]


def test_who_has_cut_all_links_cuts_this_one_when_it_opens_the_others(prepared: PreparedCampaign) -> None:
    situation, links = told(prepared, ALL_ACT)
    first = prepared.nodes.number_of[FIRST]
    situation.states[first].isolated_h = 0.0
    situation.env.run(until=CLEAN_H - 1.0)
    assert first not in hours_of(situation, EventKind.SUPPLIER_CUT)
    situation.states[first].reconnected_h = situation.now_h
    links.cut_before_opening(first)
    assert hours_of(situation, EventKind.SUPPLIER_CUT)[first] == CLEAN_H - 1.0


def test_the_sites_of_one_body_cut_a_supplier_off_together(prepared: PreparedCampaign) -> None:
    given = prepared.response.supervision
    as_one = replace(given, run_as_one=frozenset(given.directory_of))
    situation, _ = told(replace(prepared, response=replace(prepared.response, supervision=as_one)), ALL_ACT)
    situation.env.run(until=CLEAN_H)
    cut = hours_of(situation, EventKind.SUPPLIER_CUT)
    assert {as_one.directory_of[node] for node in cut if node is not None} != set()
    hours: dict[str, set[float]] = {}
    for node, hour in cut.items():
        assert node is not None
        hours.setdefault(as_one.directory_of[node], set()).add(hour)
    assert all(len(some) == 1 for some in hours.values())
    assert len(hours) < len(cut)


def test_who_misses_the_alert_stays_on_its_link(prepared: PreparedCampaign) -> None:
    situation, links = told(prepared, {"supplier_alert_missed": 1.0})
    situation.env.run(until=UNTIL_H)
    assert len(hours_of(situation, EventKind.SUPPLIER_ALERT_MISSED)) == 3
    assert not hours_of(situation, EventKind.SUPPLIER_CUT)
    assert not links.has_cut(*(prepared.nodes.number_of[name] for name in (VENDOR, FIRST)))


def test_where_the_supplier_does_not_know_a_victim_leads_to_it_and_it_is_told_too(
    prepared: PreparedCampaign,
) -> None:
    situation, _ = told(prepared, ALL_ACT, by=FIRST)
    recognised: list[tuple[Node, Channel]] = []
    situation.signals.recognised.subscribe(lambda node, channel: recognised.append((node, channel)))
    situation.env.run(until=CLEAN_H)
    assert recognised == [(prepared.nodes.number_of[VENDOR], Channel.CERT)]
    (alert,) = (e for e in situation.timeline.events if e.what.kind is EventKind.SUPPLIER_ALERT)
    assert alert.what.detail == "cert"
    assert len(hours_of(situation, EventKind.SUPPLIER_CUT)) == 3


def test_fewer_cut_a_host_that_works_than_one_that_is_down(prepared: PreparedCampaign) -> None:
    """Care leans on it: the cut would cost what it still gives."""
    vendor = prepared.nodes.number_of[VENDOR]
    stakes = replace(prepared.response.stakes, leans_on={vendor: 1.0})
    host = replace(prepared, response=replace(prepared.response, stakes=stakes))

    def cuts(outage: float | None) -> int:
        situation, _ = told(host, ALL_ACT)
        situation.states[vendor].outage = outage
        situation.env.run(until=CLEAN_H)
        return len(hours_of(situation, EventKind.SUPPLIER_CUT))

    assert cuts(None) == 0
    assert cuts(1.0) == 3
