"""The regions of published incidents: each is whole, and holds what its sources say."""

from collections import Counter
from functools import cache

import pytest

import backtest
import topologies
from backtest.library import INCIDENTS
from topologies import Basis, LinkKind, Region, ServiceKind
from topologies.errors import UnknownName

NAMES = backtest.incident_names()
PLACELESS = {"wannacry-2017", "ascension-2024"}
LETTERKENNY = "993530031"  # its nearest emergency department is more than two hours away by the rule


@cache
def region_of(name: str) -> Region:
    return topologies.load(INCIDENTS / name)


@pytest.fixture(params=NAMES)
def incident(request: pytest.FixtureRequest) -> Region:
    return region_of(request.param)


def test_the_incidents_are_named_in_order_and_are_no_regions() -> None:
    assert NAMES == [
        "armentieres-2024",
        "ascension-2024",
        "brest-2023",
        "cannes-2024",
        "chsf-2022",
        "hse-2021",
        "rouen-2019",
        "scripps-2021",
        "synnovis-2024",
        "vermont-2020",
        "wannacry-2017",
    ]
    assert not set(NAMES) & set(topologies.names())


def test_an_unknown_incident_is_answered_with_the_nearest_ones() -> None:
    with pytest.raises(UnknownName, match="no incident is called hse-2012; the nearest: hse-2021"):
        backtest.load("hse-2012")


@pytest.mark.parametrize("name", ["ile-de-france", ""])
def test_a_region_is_no_incident(name: str) -> None:
    with pytest.raises(UnknownName):
        backtest.load(name)


def test_an_incident_bears_the_name_of_its_folder_and_says_what_it_is_worth(incident: Region) -> None:
    assert incident.title
    readme = (INCIDENTS / incident.name / "README.md").read_text("utf-8")
    assert "**Worth.**" in readme


def test_no_identifier_means_two_things(incident: Region) -> None:
    names = Counter([*incident.establishments, *incident.services, *incident.venues])
    assert set(names.values()) == {1}
    assert not incident.venues


def test_hospitals_abroad_share_no_identifier_with_one_another_across_incidents() -> None:
    abroad = Counter(
        finess
        for name in NAMES
        for finess, each in region_of(name).establishments.items()
        if each.department == "99"
    )
    assert all(finess.startswith("99") for finess in abroad)
    assert set(abroad.values()) == {1}


def test_every_hospital_is_reached_by_a_link_and_left_by_one(incident: Region) -> None:
    assert set(incident.establishments) <= {link.target for link in incident.links}
    assert set(incident.establishments) <= {link.source for link in incident.links}


def test_only_what_is_declared_is_there(incident: Region) -> None:
    rows = (INCIDENTS / incident.name / "links.csv").read_text("utf-8").splitlines()
    assert len(incident.links) == len(rows) - 1
    declared = (INCIDENTS / incident.name / "services.csv").read_text("utf-8").splitlines()
    assert len(incident.services) == len(declared) - 1
    assert "platform:regional" not in incident.services


def test_every_row_says_how_it_is_known(incident: Region) -> None:
    assert all(each.source for each in incident.establishments.values())
    abroad = [each for each in incident.establishments.values() if each.department == "99"]
    assert all(each.basis is Basis.ASSUMPTION for each in abroad)


def test_patients_have_somewhere_to_go_wherever_places_are_true(incident: Region) -> None:
    transfers = [link for link in incident.links if link.kind is LinkKind.TRANSFER]
    sites = {finess for finess, each in incident.establishments.items() if each.has_emergency}
    leaving = {link.source for link in transfers}
    assert leaving == (set() if incident.name in PLACELESS else sites - {LETTERKENNY})


def test_journeys_take_the_same_time_both_ways(incident: Region) -> None:
    minutes = {
        (link.source, link.target): link.minutes for link in incident.links if link.kind is LinkKind.TRANSFER
    }
    assert all(minutes[target, source] == taken for (source, target), taken in minutes.items())


def test_beds_that_nobody_declared_get_the_usual_number(incident: Region) -> None:
    assert all(each.beds > 0 for each in incident.establishments.values())


@pytest.mark.parametrize(
    ("name", "establishments"),
    [
        ("hse-2021", 54),  # Sheehy 2023
        ("wannacry-2017", 236),  # NAO 2017
        ("ascension-2024", 140),  # Associated Press, 2024-05-10
        ("vermont-2020", 6),  # WCAX, 2020-10-29
    ],
)
def test_as_many_hospitals_as_published_are_there(name: str, establishments: int) -> None:
    assert len(region_of(name).establishments) == establishments


def test_the_hse_has_the_beds_and_the_visits_of_the_national_statistics() -> None:
    hospitals = region_of("hse-2021").establishments.values()
    assert sum(each.beds_mco or 0 for each in hospitals) == 11_337
    assert sum(each.ed_visits_per_year or 0 for each in hospitals) == 1_362_758
    groups = Counter(each.ght for each in hospitals)
    assert groups["UL Hospitals Group"] == 6
    assert groups["Saolta University Health Care Group"] == 7


def test_the_national_systems_and_the_directory_of_the_hse_join_all_its_hospitals() -> None:
    hse = region_of("hse-2021")
    for service, kind in (
        ("host:hse-national", LinkKind.HOSTING),
        ("directory:hse", LinkKind.DIRECTORY),
    ):
        links = list(hse.links_from(service))
        assert {link.target for link in links} == set(hse.establishments)
        assert {link.kind for link in links} == {kind}


def test_the_national_network_of_england_joins_all_trusts_both_ways() -> None:
    england = region_of("wannacry-2017")
    assert [service.kind for service in england.services.values()] == [ServiceKind.PLATFORM]
    assert {link.target for link in england.links_from("platform:n3")} == set(england.establishments)
    assert len(england.links) == 2 * 236


def test_the_five_sites_of_rouen_hold_2500_beds_and_share_a_directory() -> None:
    rouen = region_of("rouen-2019")
    members = {link.target for link in rouen.links_from("directory:chu-rouen")}
    assert len(members) == 5
    assert sum(rouen.establishments[member].beds for member in members) == 2_500


def test_the_hospital_of_corbeil_has_its_thousand_beds_and_its_seven_partners() -> None:
    corbeil = region_of("chsf-2022")
    assert corbeil.establishments["910020254"].beds == 1_000
    members = {link.target for link in corbeil.links_from("directory:ght-ile-de-france-sud")}
    assert len(members) == 8
    assert "910020254" in members


def test_french_rows_are_those_of_the_built_in_region(ile_de_france: Region) -> None:
    for finess, each in region_of("chsf-2022").establishments.items():
        twin = ile_de_france.establishments[finess]
        assert (each.name, each.ed_visits_per_year, each.beds_mco, each.latitude) == (
            twin.name,
            twin.ed_visits_per_year,
            twin.beds_mco,
            twin.latitude,
        )


def test_the_five_hospitals_of_scripps_share_a_directory_and_their_neighbours_do_not() -> None:
    county = region_of("scripps-2021")
    members = {link.target for link in county.links_from("directory:scripps")}
    assert {county.establishments[member].ght for member in members} == {"Scripps Health"}
    assert len(members) == 5
    both = [each for each in county.establishments.values() if each.ght == "UC San Diego Health"]
    assert sum(each.ed_visits_per_year or 0 for each in both) == round(218.4 * 365)
