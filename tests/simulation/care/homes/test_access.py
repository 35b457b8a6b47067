"""What a look says of access adds up to the visits of the sites and to the people of the region."""

from dataclasses import replace

import pytest

from simulation.care.capacity.wards import wards_of
from simulation.care.homes.access import access_of
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from topologies.region import Region


def test_all_visits_and_all_people_are_in_some_department(
    ile_de_france: Region, parameters: Parameters
) -> None:
    homes = wards_of(ile_de_france, load_scenario("ordinary-month"), parameters).homes
    found = access_of(homes)
    assert sum(one.people for one in found.values()) == sum(
        one.population for one in ile_de_france.communes.values()
    )
    visits = sum((one.visits_per_100 or 0.0) * one.people / 100 for one in found.values())
    declared = sum(site.ed_visits_per_year or 0 for site in ile_de_france.establishments.values())
    assert visits == pytest.approx(declared, rel=1e-6)
    paris, seine_et_marne = found["75"], found["77"]
    assert (paris.journey_min or 0.0) < (seine_et_marne.journey_min or 0.0)
    assert paris.without_a_way == 0
    assert 5.0 < (paris.birth_journey_min or 0.0) < (seine_et_marne.birth_journey_min or 0.0)
    assert paris.births_beyond_45_share == 0.0 < (seine_et_marne.births_beyond_45_share or 0.0) < 0.2


def test_an_island_without_a_site_is_told_and_has_no_patients(
    ile_de_france: Region, parameters: Parameters
) -> None:
    code, one = next(iter(ile_de_france.communes.items()))
    communes = {**ile_de_france.communes, code: replace(one, road_network="an-islet", department="99")}
    region = replace(ile_de_france, communes=communes)
    alone = access_of(wards_of(region, load_scenario("ordinary-month"), parameters).homes)["99"]
    assert alone.without_a_way == alone.people == one.population
    assert alone.visits_per_100 == 0.0
    assert alone.journey_min is None
    assert alone.birth_journey_min is None


def test_where_nobody_says_where_people_live_nothing_is_said(
    ile_de_france: Region, parameters: Parameters
) -> None:
    region = replace(ile_de_france, communes={})
    assert access_of(wards_of(region, load_scenario("ordinary-month"), parameters).homes) == {}
