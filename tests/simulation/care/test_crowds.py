"""Whom an event brings to the hospitals, and what it changes around them."""

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import simulation
from simulation.care.capacity.wards import wards_of
from simulation.care.demand.crowds import Crowd
from simulation.care.flow.added_arrivals import _count
from simulation.inputs.clock import PARIS
from simulation.inputs.parameters.parameters import load_parameters
from tests.simulation.care.crowd_cases import (
    AN_EVENING,
    DELAFONTAINE,
    PLAIN,
    REGION,
    SCENARIO,
    STADIUM,
    crowd,
    event,
    one_site,
    patients,
)


def test_visitors_whose_days_overlap_add_up() -> None:
    athletes = {"first_day": "2024-07-24", "last_day": "2024-07-30", "people": 10_000}
    tourists = {"first_day": "2024-07-26", "last_day": "2024-08-04", "people": 40_000}
    apart = [patients(crowd(event(visitors=[some]))) for some in (athletes, tourists)]
    assert patients(crowd(event(visitors=[athletes, tourists]))) == pytest.approx(sum(apart))


def test_without_an_event_nobody_comes() -> None:
    nobody = crowd(None)
    assert (nobody.visits, nobody.casualties, nobody.treated_on_site, nobody.slower) == ({}, (), 0.0, {})
    assert nobody.staff_share.tolist() == [1.0] * SCENARIO.horizon_h


def test_a_session_sends_its_patients_while_it_lasts_to_the_sites_nearest_to_it() -> None:
    came = crowd(event(sessions=[{**PLAIN, **AN_EVENING, "attendance": 50_000}]))
    assert patients(came) == pytest.approx(50_000 / 1000 * 0.02)
    assert came.treated_on_site == pytest.approx(50_000 / 1000 * 0.78)
    begins_h = round(SCENARIO.hours_of(datetime(2024, 7, 27, 19, tzinfo=PARIS)))
    busy = np.flatnonzero(sum(came.visits.values()))
    assert busy.tolist() == list(range(begins_h, begins_h + 4))
    assert max(came.visits, key=lambda site: came.visits[site].sum()) == DELAFONTAINE
    assert came.hospitals == set(came.visits)
    assert len(came.visits) == 5


def test_a_venue_of_the_region_sends_them_where_its_links_lead() -> None:
    came = crowd(event(sessions=[{**STADIUM, **AN_EVENING}]))
    linked = {link.target for link in REGION.links_from("venue:stade-de-france")}
    assert patients(came) == pytest.approx(77.083 * 0.95 * 0.02)
    assert came.hospitals == linked


def test_patients_are_more_outdoors_and_more_still_in_the_heat() -> None:
    session = {**PLAIN, **AN_EVENING, "attendance": 50_000}
    outdoors = {**session, "outdoor": True}
    hot = [{"day": "2024-07-27", "heat_index_c": 25 + 10 / 1.8}]
    sheltered = patients(crowd(event(sessions=[session], weather=hot)))
    mild = patients(crowd(event(sessions=[outdoors], weather=[{"day": "2024-07-26", "heat_index_c": 40}])))
    in_the_heat = patients(crowd(event(sessions=[outdoors], weather=hot)))
    assert mild / sheltered == pytest.approx(3.0)
    assert in_the_heat / mild == pytest.approx(1.21)


@settings(max_examples=40, deadline=None)
@given(
    smaller=st.integers(0, 500_000),
    more=st.integers(0, 500_000),
    begins_h=st.integers(-200, 700),
    lasts_h=st.floats(0.25, 300),
    outdoor=st.booleans(),
)
def test_a_larger_crowd_never_lowers_demand(
    smaller: int, more: int, begins_h: int, lasts_h: float, outdoor: bool
) -> None:
    begins = SCENARIO.start + timedelta(hours=begins_h)
    when = {"begins": begins, "ends": begins + timedelta(hours=lasts_h)}
    village = {**STADIUM, "first_day": "2024-07-21", "last_day": "2024-08-20", "attendance": 100}

    def of(people: int) -> Crowd:
        return crowd(event(sessions=[village, {**PLAIN, **when, "attendance": people, "outdoor": outdoor}]))

    less, greater = of(smaller), of(smaller + more)
    for site, visits in less.visits.items():
        assert (greater.visits[site] >= visits - 1e-12).all()
    assert greater.treated_on_site >= less.treated_on_site - 1e-9
    assert set(less.visits) <= set(greater.visits)
    assert min(visits.min() for visits in less.visits.values()) >= 0


def test_nobody_may_come() -> None:
    nobody = crowd(event(sessions=[{**PLAIN, **AN_EVENING, "attendance": 0}]))
    assert (patients(nobody), nobody.treated_on_site) == (0.0, 0.0)


def test_a_session_cut_by_the_horizon_counts_for_the_part_before_it() -> None:
    start = SCENARIO.start
    when = {"begins": start - timedelta(hours=3), "ends": start + timedelta(hours=1)}
    came = crowd(event(sessions=[{**PLAIN, **when, "attendance": 40_000}]))
    assert patients(came) == pytest.approx(40 * 0.02 / 4)


def test_visitors_fall_ill_all_over_the_region_at_their_own_rate() -> None:
    days = {"first_day": "2024-07-25", "last_day": "2024-07-26"}
    came = crowd(event(visitors=[{**days, "people": 1_000_000}]))
    assert patients(came) == pytest.approx(2 * 400)
    assert came.hospitals == frozenset()
    (stay,) = came.stays
    assert stay.people == {code: one.population for code, one in REGION.communes.items() if one.population}


PROVINS, PARIS_1 = "77379", "75101"
NEAR_PROVINS = {"venue": "Foire de Provins", "latitude": 48.56, "longitude": 3.3}


@pytest.mark.parametrize(
    "where",
    [{"communes": [PROVINS]}, {"around": NEAR_PROVINS, "within_km": 4}],
    ids=lambda where: next(iter(where)),
)
def test_visitors_go_where_the_people_among_whom_they_stay_go(where: dict[str, Any]) -> None:
    days = {"first_day": "2024-07-25", "last_day": "2024-07-26"}
    came = crowd(event(visitors=[{**days, **where, "people": 10_000}]))
    assert PROVINS in came.stays[0].people
    assert PARIS_1 not in came.stays[0].people
    wards = wards_of(REGION, SCENARIO, load_parameters(), came)
    departments = wards.emergency_departments
    visits = {number: hourly.sum() for number, hourly in wards.visits.items() if number in departments}
    assert sum(visits.values()) == pytest.approx(8.0)
    there = {wards.finess[number] for number, count in visits.items() if count > 0.4}
    assert {REGION.establishments[finess].department for finess in there} == {"77"}


def test_where_nothing_is_said_visitors_stay_around_the_venues() -> None:
    days = {"first_day": "2024-07-25", "last_day": "2024-07-26"}
    some = event(
        sessions=[{**NEAR_PROVINS, **AN_EVENING, "attendance": 100}], visitors=[{**days, "people": 1_000}]
    )
    (stay,) = crowd(some).stays
    assert PROVINS in stay.people
    assert PARIS_1 not in stay.people


def test_of_many_hurt_at_once_the_first_wave_goes_to_the_nearest_site_and_all_are_counted() -> None:
    hurt = {**PLAIN, "at": "2024-07-27T21:00+02:00", "people": 121}
    (casualty,) = crowd(event(casualties=[hurt])).casualties
    assert casualty.at_h == 157.0
    assert sum(casualty.people.values()) == 121
    assert sum(casualty.critical.values()) == round(121 * 0.27)
    assert casualty.people[DELAFONTAINE] >= 60
    assert all(casualty.critical[site] <= people for site, people in casualty.people.items())
    for site, critical in casualty.critical.items():
        establishment = REGION.establishments[site]
        assert critical == 0 or (establishment.beds_icu or 0) + (establishment.beds_intensive or 0) > 0
    (said,) = crowd(event(casualties=[{**hurt, "critical": 5}])).casualties
    assert sum(said.critical.values()) == 5


def test_closed_roads_slow_journeys_near_them_while_they_are_closed() -> None:
    closure = {"venue": PLAIN["venue"], "latitude": 48.92, "longitude": 2.36, "within_km": 4}
    sessions = [{**PLAIN, **AN_EVENING, "attendance": 10}]
    slower = crowd(event(sessions=sessions, closures=[closure])).slower
    assert DELAFONTAINE in slower
    assert len(slower) < 20
    assert slower[DELAFONTAINE].sum() == pytest.approx(SCENARIO.horizon_h + 4 * 0.5)
    longer = {**closure, "begins": "2024-07-25T00:00+02:00", "ends": "2024-07-27T00:00+02:00"}
    slower = crowd(event(sessions=sessions, closures=[longer])).slower
    assert slower[DELAFONTAINE].sum() == pytest.approx(SCENARIO.horizon_h + 48 * 0.5)


def test_leave_takes_staff_on_its_days() -> None:
    leave = [{"first_day": "2024-08-01", "last_day": "2024-08-02", "share": 0.2}]
    staff = crowd(event(sessions=[{**PLAIN, **AN_EVENING, "attendance": 1}], leave=leave)).staff_share
    assert sorted(set(staff.tolist())) == [0.8, 1.0]
    assert (staff < 1).sum() == 48


def test_a_region_with_one_site_sends_all_there() -> None:
    hurt = {**PLAIN, "at": "2024-07-27T21:00+02:00", "people": 7}
    feast = event(
        sessions=[{**STADIUM, **AN_EVENING}, {**PLAIN, **AN_EVENING, "attendance": 10}], casualties=[hurt]
    )
    came = crowd(feast, one_site())
    assert set(came.visits) == {DELAFONTAINE}
    assert came.casualties[0].people == {DELAFONTAINE: 7}


def test_paris_2024_treats_on_the_spot_and_transfers_about_as_many_as_were_told() -> None:
    games = simulation.load_event("paris-2024")
    came = crowd(games.model_copy(update={"visitors": ()}))
    assert 10_000 < came.treated_on_site < 20_000, "ministry of Sports: some 15,000"
    assert 200 < patients(came) < 800, "Atlanta 1996: 432 from 8 million tickets"
    assert crowd(games).slower


def test_days_are_by_the_clock_of_paris_when_the_scenario_starts_elsewhere() -> None:
    day = {**STADIUM, "days": [date(2024, 7, 27)], "attendance": 24_000}
    utc = SCENARIO.model_copy(update={"start": datetime.fromisoformat("2024-07-21T06:00:00+00:00")})
    here, there = crowd(event(sessions=[day])), crowd(event(sessions=[day]), scenario=utc)
    assert all((here.visits[site] == there.visits[site]).all() for site in here.visits)


@pytest.mark.parametrize("mean", [0.0, 3.0, 699.0, 701.0, 800.0, 20_000.0])
def test_the_patients_of_an_hour_follow_poissons_law_however_many_they_are(mean: float) -> None:
    chances = (np.arange(1_000) + 0.5) / 1_000
    counts = np.zeros(len(chances), np.int64)
    _count(np.full(len(chances), mean), chances, counts)
    assert counts.mean() == pytest.approx(mean, rel=2e-3)
    assert counts.var() == pytest.approx(mean, rel=0.05)
    assert (np.diff(counts) >= 0).all()
