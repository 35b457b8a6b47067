"""The map of a region: true to its shape and to the width of the screen, readable without colour or braille."""

from dataclasses import replace

import pytest

import topologies
from flows.terminal.region_map import SITE, VENUE, drawn
from flows.terminal.stand_ins import HANDLER
from topologies.region import Region


@pytest.fixture(scope="module")
def reunion() -> Region:
    """An island 64 km wide and 58 km high, with eleven emergency sites or so."""
    return topologies.load("la-reunion")


@pytest.mark.parametrize("width", [40, 60])
def test_it_is_as_wide_as_the_screen_and_as_high_as_the_land_is(reunion: Region, width: int) -> None:
    lines = [line.plain for line in drawn(reunion, width).lines]
    assert max(map(len, lines)) <= width
    assert 0.35 * width < len(lines) < 0.65 * width  # a sign is twice as high as wide


def test_each_emergency_site_is_on_it_once(reunion: Region) -> None:
    drawing = drawn(reunion, 60)
    signs = "".join(line.plain for line in drawing.lines)
    shown = signs.count(SITE) + sum(int(sign) for sign in signs if sign.isdecimal())
    assert shown == sum(each.has_emergency for each in reunion.establishments.values())
    assert drawing.sites_elsewhere == 0
    assert drawing.many_people > 10_000


def test_a_screen_without_braille_shows_points_and_letters(reunion: Region) -> None:
    text = "\n".join(line.plain for line in drawn(reunion, 60).lines)
    plain = (text + VENUE).encode("ascii", HANDLER).decode()
    assert plain.count("H") == text.count(SITE)
    assert "." in plain
    assert set(plain) <= set(" .H^\n23456789")


def test_a_region_where_nobody_is_known_to_live_shows_its_sites(small_region: Region) -> None:
    sites = small_region.establishments
    spread = {
        finess: replace(site, latitude=48.0 + rank, longitude=2.0 + rank)
        for rank, (finess, site) in enumerate(sites.items())
    }
    overseas = {**spread, "974000001": replace(sites["750000001"], latitude=-21.0, longitude=55.5)}
    drawing = drawn(replace(small_region, establishments=overseas), 40)
    assert "".join(line.plain for line in drawing.lines).count(SITE) == len(sites)
    assert (drawing.sites_elsewhere, drawing.many_people) == (1, 0)
