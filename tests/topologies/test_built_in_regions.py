"""Built-in regions: all of France is there, once, and what was left out is told."""

import csv
from collections import Counter

import pytest

import topologies
from topologies import Basis, LinkKind, Region
from topologies.building.catalogue import REGIONS
from topologies.region import MAINLAND

SITES, VISITS, PEOPLE = 616, 21_690_796, 68_398_408
"""Emergency sites and visits of the SAE 2025; people of the code officiel géographique 2026."""
SAE = "SAE 2025 and FINESS of 2026-05-12"
JOINED = {"france", "alpes"}


@pytest.fixture(scope="module")
def france() -> Region:
    return topologies.load("france")


def rows_of(region: str, table: str) -> list[dict[str, str]]:
    path = REGIONS / region / table
    return list(csv.DictReader(path.read_text("utf-8").splitlines())) if path.exists() else []


def test_each_region_is_whole_by_itself() -> None:
    for name in set(topologies.names()) - JOINED:
        region = topologies.load(name)
        known = {*region.establishments, *region.services, *region.venues}
        assert region.parts == (name,)
        assert any(place.has_emergency for place in region.establishments.values())
        assert all({link.source, link.target} <= known for link in region.links)
        answered = {service.removeprefix("samu:").upper() for service in region.services}
        assert {commune.department for commune in region.communes.values()} <= answered


def test_there_are_eighteen_regions_saint_pierre_and_two_that_join_others(france: Region) -> None:
    assert len(topologies.names()) == 18 + 1 + len(JOINED)
    assert set(france.parts) == {"france", *topologies.names()} - {"alpes"}


def test_france_sums_to_what_the_sources_publish(france: Region) -> None:
    places = france.establishments.values()
    assert sum(place.source == SAE for place in places) == SITES
    assert sum(place.ed_visits_per_year or 0 for place in places) == VISITS
    assert sum(commune.population for commune in france.communes.values()) == PEOPLE


def test_one_site_of_the_616_declares_no_emergencies(france: Region) -> None:
    [lille] = [
        place for place in france.establishments.values() if place.source == SAE and not place.has_emergency
    ]
    assert (lille.finess, lille.ed_visits_per_year) == ("590811279", None)


def test_every_row_of_every_region_is_in_france_once(france: Region) -> None:
    """A row that stood in two regions would have been refused."""
    parts = [name for name in topologies.names() if name not in JOINED]
    for table, held in (("establishments.csv", france.establishments), ("communes.csv", france.communes)):
        assert sum(len(rows_of(part, table)) for part in parts) == len(held)


def test_whatever_the_sources_list_is_in_a_region_or_left_out_with_a_reason() -> None:
    """2,538 establishments without emergencies, and the 616 sites."""
    rows = [row for name in topologies.names() for row in rows_of(name, "establishments.csv")]
    dropped = [row for name in topologies.names() for row in rows_of(name, "dropped.csv")]
    assert len(rows) + len(dropped) == 2_538 + SITES
    assert all(row["reason"] for row in dropped)
    assert not {row["finess"] for row in rows} & {row["finess"] for row in dropped}


def test_each_ght_of_france_has_one_support_establishment(france: Region) -> None:
    supports = Counter(place.ght for place in france.establishments.values() if place.support)
    assert set(supports) == {place.ght for place in france.establishments.values() if place.ght}
    assert set(supports.values()) == {1}


@pytest.mark.parametrize("island", ["mayotte", "la-reunion", "martinique", "corse"])
def test_an_island_alone_reaches_nobody_else_and_only_by_air_in_france(france: Region, island: str) -> None:
    alone = topologies.load(island)
    [network] = {place.road_network for place in alone.establishments.values()}
    out = [
        link
        for link in france.links
        if link.kind is LinkKind.TRANSFER
        and france.establishments[link.target].road_network != network
        and link.source in alone.establishments
    ]
    assert all(link.basis is Basis.ASSUMPTION and (link.minutes or 0) > 90 for link in out)
    assert {link.target for link in alone.links if link.kind is LinkKind.TRANSFER} <= set(
        alone.establishments
    )


def test_no_road_leaves_an_island(france: Region) -> None:
    roads = {name: place.road_network for name, place in france.establishments.items()}
    by_road = [
        link for link in france.links if link.kind is LinkKind.TRANSFER and link.basis is Basis.DERIVED
    ]
    assert all(roads.get(link.source, "mainland") == roads[link.target] for link in by_road)


def test_whoever_has_no_site_on_their_land_has_a_journey_to_one(france: Region) -> None:
    with_site = {place.road_network for place in france.establishments.values() if place.has_emergency}
    remote = {code for code, commune in france.communes.items() if commune.road_network not in with_site}
    across_water = {
        each.source for each in france.journeys if france.communes[each.source].road_network != MAINLAND
    }
    assert remote == across_water
    assert all(france.establishments[journey.target].has_emergency for journey in france.journeys)


def test_each_region_keeps_its_own_platform_where_several_are_joined() -> None:
    alpes = topologies.load("alpes")
    platforms = {service for service in alpes.services if service.startswith("platform:")}
    assert platforms == {"platform:auvergne-rhone-alpes", "platform:provence-alpes-cote-d-azur"}
    assert {venue.event for venue in alpes.venues.values()} == {"alpes-2030", "paris-2024"}
