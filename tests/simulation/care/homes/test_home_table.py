"""A home is drawn by its share of the patients of a ward, and where it is decides where an ambulance is sent."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.random import default_rng

from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.flow.arrivals import draw_arrivals
from simulation.care.flow.codes import Condition
from simulation.care.flow.rules.homes import Homes
from simulation.care.homes.catchments import BIRTHS, SESSIONS, STAYS
from simulation.care.homes.home_table import NO_REACH, Reason, Whose, fill_alias
from simulation.engine.random_streams import Luck
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, Stream
from tests.validation.random_wards import wards_at
from topologies.region import Region


@pytest.mark.parametrize("draw", range(4))
def test_homes_are_drawn_by_their_shares_exactly(draw: int) -> None:
    rng = default_rng(draw)
    sizes = rng.integers(1, 40, 12)
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    shares = rng.exponential(1.0, bounds[-1]) ** 3
    keep, either = np.ones(len(shares)), np.zeros((len(shares), 2), np.int32)
    fill_alias(bounds[:-1], bounds[1:], shares, keep, either, np.zeros(len(shares), np.int32))
    chance = np.zeros(len(shares))
    np.add.at(chance, either[:, 0], keep)
    np.add.at(chance, either[:, 1], 1.0 - keep)
    for first, last in pairwise(bounds.tolist()):
        expected = shares[first:last] / shares[first:last].sum() * (last - first)
        np.testing.assert_allclose(chance[first:last], expected, rtol=1e-9, atol=1e-9)


@pytest.fixture(scope="module")
def month(ile_de_france: Region, parameters: Parameters) -> Wards:
    return wards_of(ile_de_france, load_scenario("ordinary-month"), parameters)


def test_the_patients_of_a_replication_live_where_the_catchments_say(
    month: Wards, parameters: Parameters
) -> None:
    arrivals = draw_arrivals(month, parameters, Luck(1, 0))
    homes = month.table.homes
    asked = month.of(*EMERGENCY, *BIRTHS)[arrivals.ward] & (arrivals.came_h >= 0)
    assert ((arrivals.home >= 0) == asked).all()
    known = (arrivals.home >= 0) & month.of(*EMERGENCY)[arrivals.ward]
    live_in = np.bincount(homes.commune[arrivals.home[known]], minlength=len(month.homes.communes))
    expected = np.zeros(len(live_in))
    for one in month.homes.catchments.values():
        expected += np.bincount(one.ways.commune, one.patients, len(live_in))
    many = expected > expected.sum() / 400
    assert np.abs(live_in[many] / live_in.sum() / (expected[many] / expected.sum()) - 1.0).max() < 0.12
    urgent = known & (arrivals.condition != Condition.NONE)
    journey_h = homes.journey_h[arrivals.home]
    assert journey_h[urgent].mean() < 0.75 * journey_h[known & ~urgent].mean()


def test_births_stays_and_sessions_come_from_homes_and_each_site_keeps_its_activity(
    ile_de_france: Region, month: Wards, parameters: Parameters
) -> None:
    homes, table = month.table.homes, month.table
    assert set(month.homes.planned) == {BIRTHS, STAYS, *SESSIONS}
    for streams, one in month.homes.planned.items():
        # The rule shares communes among sites; what comes to each site is its own, as if nobody had asked where from.
        at_sites = np.bincount(one.ways.site, one.patients)
        wanted = [table.hourly[wards].sum() for wards in one.wards]
        np.testing.assert_allclose(at_sites, wanted, rtol=1e-9)
        assert set(np.concatenate(one.wards)) <= set(np.flatnonzero(month.of(*streams)))
    nowhere = wards_of(replace(ile_de_france, communes={}), load_scenario("ordinary-month"), parameters).table
    beside_calls = ~month.of(Stream.SAMU)  # these follow the people of a department
    for name in ("places", "hourly", "present"):
        here, there = (getattr(one, name)[beside_calls] for one in (table, nowhere))
        np.testing.assert_array_equal(here, there, err_msg=name)
    arrivals = draw_arrivals(month, parameters, Luck(1, 0))
    births = arrivals.home[month.of(*BIRTHS)[arrivals.ward] & (arrivals.came_h >= 0)]
    assert (homes.reason[births] == Reason.BIRTH).all()
    live_in = np.bincount(homes.commune[births], minlength=len(month.homes.communes))
    catchment = month.homes.planned[BIRTHS]
    expected = np.bincount(catchment.ways.commune, catchment.patients, len(live_in))
    many = expected > expected.sum() / 200
    assert np.abs(live_in[many] / live_in.sum() / (expected[many] / expected.sum()) - 1.0).max() < 0.4


def test_an_ambulance_is_sent_from_home_and_not_from_the_hospital(month: Wards) -> None:
    homes, wards = Homes(month.table), month.table.homes
    emergencies = np.flatnonzero(wards.reach != NO_REACH)
    for row in default_rng(0).choice(emergencies, 200):
        home = homes.of(int(row))
        assert home is not None
        hours = [journey_h for _, journey_h in home.reach]
        assert hours == sorted(hours)
        assert all(journey_h <= max(wards.bound_h, home.journey_h) for journey_h in hours)
        catchment = month.homes.catchments[month.stream[home.reach[0][0]]]
        ways, asked = catchment.ways, np.isin(catchment.wards, wards.reach_ward)
        nearest = ways.minutes[(ways.commune == home.commune) & asked[ways.site]].min()
        assert hours[0] == pytest.approx(nearest / 60.0)


def test_calls_to_the_samu_follow_the_people_of_its_department(
    ile_de_france: Region, month: Wards, parameters: Parameters
) -> None:
    per_head = parameters.samu.samu_files_per_100_inhabitants.value / 100 / 8766
    for department in ("75", "77", "93"):
        people = sum(
            one.population for one in ile_de_france.communes.values() if one.department == department
        )
        samu = month.of_site[f"samu:{department}"][Stream.SAMU]
        assert month.table.hourly[samu] == pytest.approx(people * per_head)


def test_where_nobody_says_where_people_live_patients_are_at_the_door_of_their_site() -> None:
    wards = wards_at(default_rng(3), 4)
    homes = wards.table.homes
    assert (homes.journey_h == 0.0).all()
    for ward in wards.emergency_departments:
        begins, ends = wards.table.neighbour_first[ward : ward + 2]
        near = wards.table.neighbour_ward[begins:ends]
        (home,) = range(homes.first[Whose.ORDINARY, ward], homes.last[Whose.ORDINARY, ward])
        reach = homes.reach_ward[slice(*homes.reach_first[homes.reach[home] :][:2])]
        assert reach.tolist() == [ward, *near]


def test_a_region_without_emergencies_has_no_homes_of_their_patients(
    ile_de_france: Region, parameters: Parameters
) -> None:
    quiet = {
        finess: replace(site, ed_visits_per_year=None)
        for finess, site in ile_de_france.establishments.items()
    }
    wards = wards_of(
        replace(ile_de_france, establishments=quiet), load_scenario("ordinary-month"), parameters
    )
    assert not wards.of(*EMERGENCY).any()
    assert not (wards.table.homes.reason == Reason.EMERGENCY).any()
