"""Ways lead to the sites nearby and to the nearest few, inside one network of roads, as long as the rule says."""

from dataclasses import replace

import numpy as np
import pytest

from simulation.care.homes.communes import Communes, points_of
from simulation.care.homes.ways import Roads, Ways
from tests.regions import FIRST, SECOND, THIRD, establishment
from topologies.building.assumptions import assumptions
from topologies.building.roads import journey_min
from topologies.region import MAINLAND, Basis, Commune, Establishment, Region

KM_A_DEGREE = 111.2
"""Of latitude, in the middle of France."""
TOWN, VILLAGE = 20_000, 300


def commune(code: str, north_km: float, people: int, network: str = MAINLAND) -> Commune:
    return Commune(
        code=code,
        name=code,
        department="75",
        population=people,
        latitude=48.85 + north_km / KM_A_DEGREE,
        longitude=2.35,
        road_network=network,
        basis=Basis.ASSUMPTION,
    )


def site(finess: str, north_km: float, network: str = MAINLAND) -> Establishment:
    plain = establishment(finess, None, 20_000, 100)
    return replace(plain, latitude=48.85 + north_km / KM_A_DEGREE, road_network=network)


def region(communes: list[Commune], sites: list[Establishment]) -> Region:
    return Region(
        name="line",
        title="Line",
        establishments={one.finess: one for one in sites},
        services={},
        venues={},
        links=(),
        communes={one.code: one for one in communes},
    )


def ways_in(
    some: Region,
    declared: dict[tuple[str, str], float] | None = None,
    *,
    bound_min: float = 30.0,
    least: int = 1,
) -> dict[str, float]:
    """Minutes by commune and site."""
    roads = Roads(
        communes=Communes.of(some),
        assumed=assumptions(),
        bound_min=bound_min,
        least=least,
        declared=declared or {},
    )
    ways = roads.to([*some.establishments.values()])
    assert_in_order(ways)
    names = [*some.establishments]
    return {
        f"{roads.communes.codes[home]} {names[to]}": minutes
        for home, to, minutes in zip(ways.commune, ways.site, ways.minutes, strict=True)
    }


def assert_in_order(ways: Ways) -> None:
    order = np.lexsort((ways.minutes, ways.commune))
    assert (np.sort(ways.commune) == ways.commune).all()
    assert (ways.minutes[order] == ways.minutes).all()


@pytest.mark.parametrize("km", [0.5, 3.0, 8.0, 25.0, 60.0])
def test_from_a_town_a_way_is_as_long_as_the_road_rule_says(km: float) -> None:
    found = ways_in(region([commune("75001", km, TOWN)], [site(FIRST, 0.0)]))
    measured = float(
        np.linalg.norm(np.diff(points_of([commune("75001", km, TOWN), site(FIRST, 0.0)]), axis=0))
    )
    assert measured == pytest.approx(km, rel=2e-3)
    assert found[f"75001 {FIRST}"] == pytest.approx(journey_min(round(measured, 3), assumptions()), abs=0.051)


def test_from_a_village_streets_are_slow_at_one_end_only() -> None:
    some = region([commune("75001", 20.0, TOWN), commune("75002", 20.0, VILLAGE)], [site(FIRST, 0.0)])
    found, assumed = ways_in(some), assumptions()
    saved_h = (
        assumed.slow_road_km.value
        / 2
        * (1 / assumed.slow_speed_km_h.value - 1 / assumed.fast_speed_km_h.value)
    )
    assert found[f"75001 {FIRST}"] - found[f"75002 {FIRST}"] == pytest.approx(60 * saved_h, abs=0.11)


def test_all_sites_within_the_bound_are_found_and_the_nearest_few_whatever_it_is() -> None:
    sites = [site(FIRST, 0.0), site(SECOND, 10.0), site(THIRD, 90.0)]
    near, far = commune("75001", 1.0, TOWN), commune("75002", -120.0, VILLAGE)
    found = ways_in(region([near, far], sites))
    assert set(found) == {f"75001 {FIRST}", f"75001 {SECOND}", f"75002 {FIRST}", f"75001 {THIRD}"}
    assert f"75002 {SECOND}" in ways_in(region([near, far], sites), least=2)


def test_no_road_leads_from_one_network_to_another() -> None:
    sites = [site(FIRST, 0.0), site(SECOND, 5.0, "the-island")]
    homes = [commune("75001", 1.0, TOWN), commune("75002", 4.0, TOWN, "the-island")]
    assert set(ways_in(region(homes, sites))) == {f"75001 {FIRST}", f"75002 {SECOND}"}
    alone = commune("75003", 2.0, VILLAGE, "an-islet")
    assert not [way for way in ways_in(region([*homes, alone], sites)) if way.startswith("75003")]


def test_what_is_declared_replaces_the_rule_and_leads_where_no_road_does() -> None:
    sites = [site(FIRST, 0.0), site(SECOND, 5.0)]
    homes = [commune("75001", 1.0, TOWN), commune("75002", 4.0, VILLAGE, "an-islet")]
    declared = {("75001", FIRST): 17.0, ("75002", SECOND): 55.0}
    found = ways_in(region(homes, sites), declared)
    assert found[f"75001 {FIRST}"] == 17.0
    assert found[f"75002 {SECOND}"] == 55.0
    assert f"75002 {FIRST}" not in found


def test_a_site_on_an_island_without_a_commune_has_the_patients_of_the_nearest() -> None:
    sites = [site(FIRST, 0.0), site(SECOND, 5.0, "an-islet")]
    assert f"75001 {SECOND}" in ways_in(region([commune("75001", 1.0, TOWN)], sites))
