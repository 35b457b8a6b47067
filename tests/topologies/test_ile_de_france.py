"""Does the built-in region hold what its sources say?"""

import csv
import pickle
import re
from collections import Counter
from datetime import date

import topologies
from topologies import Basis, Category, LinkKind, Region, ServiceKind
from topologies.building.catalogue import REGIONS
from topologies.fields.identifiers import SLUG


def rows_of(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader((REGIONS / "ile-de-france" / file).read_text("utf-8").splitlines()))


def test_all_91_emergency_sites_are_there(ile_de_france: Region) -> None:
    sites = [each for each in ile_de_france.establishments.values() if each.has_emergency]
    assert len(sites) == 91
    assert sum(each.adult_emergency for each in sites) == 88
    assert sum(each.paediatric_emergency for each in sites) == 34


def test_the_visits_sum_to_what_the_survey_declares(ile_de_france: Region) -> None:
    visits = sum(each.ed_visits_per_year or 0 for each in ile_de_france.establishments.values())
    assert (
        visits
        == sum(int(row["ed_visits_per_year"] or 0) for row in rows_of("establishments.csv"))
        == 4_470_072
    )


def test_declared_beds_are_kept_and_summed(ile_de_france: Region) -> None:
    pitie = ile_de_france.establishments["750100125"]
    assert (pitie.beds_mco, pitie.beds_icu, pitie.beds_intensive, pitie.beds_uhcd) == (1275, 110, 208, 24)
    assert (pitie.beds, pitie.beds_basis) == (1617, Basis.PUBLISHED)
    declared = [each for each in ile_de_france.establishments.values() if each.beds_basis is Basis.PUBLISHED]
    assert sum(each.beds for each in declared) == 24_938 + 1_098 + 1_909 + 983


def test_what_nobody_declared_is_none_and_gets_the_usual_beds_as_an_assumption(ile_de_france: Region) -> None:
    clinic = ile_de_france.establishments["750300014"]
    assert (clinic.ed_visits_per_year, clinic.beds_mco, clinic.beds_icu) == (None, None, None)
    assert (clinic.beds, clinic.beds_basis) == (100, Basis.ASSUMPTION)


def test_a_declared_nought_is_not_a_missing_figure(ile_de_france: Region) -> None:
    assert ile_de_france.establishments["930300595"].beds_icu == 0
    assert ile_de_france.establishments["750000481"].beds_icu is None


def test_264_other_establishments_remain_and_39_are_accounted_for(ile_de_france: Region) -> None:
    dropped = rows_of("dropped.csv")
    others = {finess for finess, each in ile_de_france.establishments.items() if not each.has_emergency}
    assert (len(others), len(dropped)) == (264, 39)
    assert all(row["reason"] for row in dropped)
    assert others.isdisjoint(row["finess"] for row in dropped)


def test_names_are_written_as_names(ile_de_france: Region) -> None:
    for each in ile_de_france.establishments.values():
        assert not each.name.isupper()
        assert not each.commune.isupper()


def test_every_group_has_exactly_one_support_establishment(ile_de_france: Region) -> None:
    support = Counter(each.ght for each in ile_de_france.establishments.values() if each.support)
    assert set(support) == {each.ght for each in ile_de_france.establishments.values() if each.ght}
    assert set(support.values()) == {1}
    assert len(support) == 16


def test_public_establishments_are_in_a_group_except_three(ile_de_france: Region) -> None:
    alone = [each.name for each in ile_de_france.establishments.values() if each.public and not each.ght]
    assert alone == ["CHNO des Quinze-Vingts", "HIA Percy", "HIA Bégin"]
    assert not [each for each in ile_de_france.establishments.values() if each.ght and not each.public]


def test_ap_hp_is_one_group_of_its_own_sites_only(ile_de_france: Region) -> None:
    members = ile_de_france.territories()["AP-HP"]
    assert len(members) == 38
    assert all(each.name.startswith("AP-HP ") and each.category is Category.UNIVERSITY for each in members)


def test_everything_says_how_it_is_known(ile_de_france: Region) -> None:
    for each in ile_de_france.establishments.values():
        assert {each.basis, each.beds_basis} <= set(Basis)
        assert each.source
        assert (each.ght is None) == (each.ght_basis is None)
    assert all(link.basis in Basis for link in ile_de_france.links)
    assert all(service.basis in Basis for service in ile_de_france.services.values())


def test_every_link_joins_two_nodes_of_the_region(ile_de_france: Region) -> None:
    nodes = {*ile_de_france.establishments, *ile_de_france.services, *ile_de_france.venues}
    assert {end for link in ile_de_france.links for end in (link.source, link.target)} <= nodes
    assert all(link.source != link.target for link in ile_de_france.links)


def test_the_graph_has_the_nodes_and_the_links_of_the_region(ile_de_france: Region) -> None:
    graph = ile_de_france.graph()
    assert set(graph) == {*ile_de_france.establishments, *ile_de_france.services, *ile_de_france.venues}
    edges = {(source, target, kind) for source, target, kind in graph.edges(keys=True)}
    assert edges == {(link.source, link.target, str(link.kind)) for link in ile_de_france.links}
    assert graph.number_of_edges() == len(ile_de_france.links)


def test_mappings_ascend_and_links_are_in_order(ile_de_france: Region) -> None:
    for mapping in (ile_de_france.establishments, ile_de_france.services, ile_de_france.venues):
        assert list(mapping) == sorted(mapping)
    keys = [(link.source, link.kind, link.target) for link in ile_de_france.links]
    assert keys == sorted(set(keys))


def test_the_opening_ceremony_is_on_26_july_for_326_000_people(ile_de_france: Region) -> None:
    ceremony = ile_de_france.venues["venue:opening-ceremony-on-the-seine"]
    assert (ceremony.first_day, ceremony.last_day) == (date(2024, 7, 26), date(2024, 7, 26))
    assert (ceremony.capacity, ceremony.capacity_basis) == (326_000, "published")
    assert len(ile_de_france.venues) == 26


def test_every_venue_has_emergency_sites_within_the_hour(ile_de_france: Region) -> None:
    for venue in ile_de_france.venues:
        journeys = list(ile_de_france.links_from(venue))
        assert len(journeys) == 5
        assert all(link.kind is LinkKind.TRANSFER and 0 < (link.minutes or 0) <= 60 for link in journeys)


def test_every_emergency_site_can_send_patients_somewhere(ile_de_france: Region) -> None:
    for finess, each in ile_de_france.establishments.items():
        transfers = [link for link in ile_de_france.links_from(finess) if link.kind is LinkKind.TRANSFER]
        assert bool(transfers) == each.has_emergency


def test_services_are_named_by_kind_and_each_has_a_link(ile_de_france: Region) -> None:
    ends = {end for link in ile_de_france.links for end in (link.source, link.target)}
    for identifier, service in ile_de_france.services.items():
        assert re.fullmatch(f"{service.kind}:{SLUG}", identifier)
        assert identifier in ends
    kinds = Counter(service.kind for service in ile_de_france.services.values())
    assert kinds[ServiceKind.PLATFORM] == 1
    assert kinds[ServiceKind.SAMU] == 8
    assert kinds[ServiceKind.LABORATORY] == 2
    assert kinds[ServiceKind.VENDOR] == 6
    assert set(kinds) == set(ServiceKind)


def test_a_region_loads_equal_to_itself_and_survives_the_journey_to_a_worker(ile_de_france: Region) -> None:
    assert topologies.load("ile-de-france") == ile_de_france
    assert pickle.loads(pickle.dumps(ile_de_france)) == ile_de_france
