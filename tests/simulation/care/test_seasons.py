"""The season shifts the year: each site keeps its yearly visits, guests stay where it is said, and staff follow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import topologies
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.demand.calendar import scaled
from simulation.care.demand.seasons import DAYS, people_of_year, spells_of
from simulation.care.flow.arrivals import draw_arrivals
from simulation.care.homes.communes import Communes
from simulation.care.homes.homes import Homes
from simulation.engine.random_streams import Luck
from simulation.inputs.clock import PARIS
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import EMERGENCY, Stream
from tests.regions import FIRST, SAMU, SECOND, link, small_region
from tests.validation.care_runs import by_the_rules, simulated
from topologies.region import Basis, Commune, LinkKind, Region, Season, Service, ServiceKind

PARAMETERS = load_parameters()
TOWN, VALLEY, RESORT = "75101", "75102", "75103"
BOURG_SAINT_MAURICE, TIGNES = "730000247", "73296"


def a_valley(*seasons: Season) -> Region:
    """The small region, with a town at its hospitals' door, a valley, and a resort at its end."""
    region = small_region()
    places = ((TOWN, 40_000, 48.85, 2.35), (VALLEY, 9_000, 48.9, 2.6), (RESORT, 800, 48.95, 2.8))
    communes = {
        code: Commune(
            code=code,
            name=code,
            department="75",
            population=people,
            latitude=latitude,
            longitude=longitude,
            road_network="mainland",
            basis=Basis.ASSUMPTION,
        )
        for code, people, latitude, longitude in places
    }
    far = {
        finess: replace(site, longitude=2.7) if finess == SECOND else site
        for finess, site in region.establishments.items()
    }
    samu = Service(id=SAMU, name="SAMU 75", kind=ServiceKind.SAMU, basis=Basis.ASSUMPTION)
    calls = [link(SAMU, finess, LinkKind.EXCHANGE) for finess in far]
    return replace(
        region,
        communes=communes,
        establishments=far,
        services={**region.services, SAMU: samu},
        links=(*region.links, *calls),
        seasons=seasons,
    )


def season(commune: str, first: str, last: str, people: int) -> Season:
    return Season(
        commune=commune,
        first_day=first,
        last_day=last,
        people=people,
        basis=Basis.ASSUMPTION,
        source="a test",
    )


WINTER = season(RESORT, "12-20", "04-15", 30_000)
AWAY = season(TOWN, "08-01", "08-20", -12_000)


def starting(day: date, days: int = 2) -> Scenario:
    """An ordinary time from midnight of a day."""
    start = datetime(day.year, day.month, day.day, tzinfo=PARIS)
    return load_scenario("ordinary-month").model_copy(update={"start": start, "horizon_h": days * 24})


def wards_on(region: Region, day: date, days: int = 2) -> Wards:
    return wards_of(region, starting(day, days), PARAMETERS)


DAYS_OF_YEAR = st.sampled_from(DAYS).map(lambda day: f"{day:%m-%d}")
SEASONS = st.lists(
    st.one_of(
        st.builds(
            season, st.sampled_from([VALLEY, RESORT]), DAYS_OF_YEAR, DAYS_OF_YEAR, st.integers(0, 10**5)
        ),
        st.builds(season, st.just(TOWN), DAYS_OF_YEAR, DAYS_OF_YEAR, st.integers(-10_000, 0)),
    ),
    max_size=4,
)


@settings(max_examples=5, deadline=None)
@given(SEASONS)
def test_whatever_the_seasons_each_site_keeps_its_yearly_visits(seasons: Sequence[Season]) -> None:
    """Over four years, as one of them is a leap year; the days of a season are followed one by one."""
    region = a_valley(*seasons)
    communes, month = Communes.of(region), scaled(PARAMETERS.emergency.emergency_by_month)
    homes = wards_on(region, date(2028, 1, 1)).homes
    first = date(2028, 1, 1)
    visits, ordinary = np.zeros(4), 0.0
    for half in range(9):
        begins = first + timedelta(days=half * 170)
        days = min(170, (date(2032, 1, 1) - begins).days)
        spells = spells_of(region, communes, starting(begins, days), PARAMETERS)
        months = [month[(begins + timedelta(days=day)).month - 1] for day in range(days)]
        for spell, presence in enumerate(spells.presence):
            here = slice(*(round(hour / 24) for hour in spells.begins[spell : spell + 2]))
            ordinary += sum(months[here])
            for one in homes.catchments.values():
                coming = one.patients * presence[one.ways.commune]
                visits += sum(months[here]) * np.bincount(one.ways.site, coming, 4)
    of_site = sum(np.bincount(one.ways.site, one.patients, 4) for one in homes.catchments.values())
    np.testing.assert_allclose(visits, ordinary * np.asarray(of_site), rtol=1e-3)


def test_the_gravity_of_a_site_counts_those_who_are_there_on_the_mean_of_the_year() -> None:
    region, without = a_valley(WINTER, AWAY), a_valley()
    communes = Communes.of(region)
    people = dict(zip(communes.codes, people_of_year(region, communes, PARAMETERS), strict=True))
    assert people[RESORT] == pytest.approx(800 + 30_000 * 117.25 / 365.25, rel=0.02)
    assert people[TOWN] == pytest.approx(40_000 - 12_000 * 20 / 365.25, rel=0.02)
    assert people[VALLEY] == 9_000
    with_guests, ordinary = (wards_on(each, date(2029, 1, 10)).homes for each in (region, without))
    resort = communes.number_of[RESORT]

    def of_resort(homes: Homes) -> float:
        [one] = homes.catchments.values()
        return float(one.patients[one.ways.commune == resort].sum())

    assert of_resort(with_guests) > 5 * of_resort(ordinary)


def test_in_its_season_a_site_has_more_patients_more_boxes_and_guests_from_the_resort() -> None:
    region = a_valley(WINTER)
    winter, summer = wards_on(region, date(2029, 1, 10)), wards_on(region, date(2029, 7, 10))
    near = winter.of_site[SECOND][Stream.EMERGENCY_ADULT]
    assert winter.table.hourly[near] == summer.table.hourly[near]
    assert winter.table.season.factor[0, near] > 1.3
    assert summer.table.season.factor[0, near] < 1.0
    assert winter.table.places[near] > summer.table.places[near]
    calls = winter.of_site[SAMU][Stream.SAMU]
    assert winter.table.season.factor[0, calls] > 1.1
    assert summer.table.season.factor[0, calls] < 1.0
    assert winter.table.places[calls] > summer.table.places[calls]
    shares = [_share_of_resort(wards) for wards in (winter, summer)]
    assert shares[0] > 10 * shares[1]
    others = ~winter.of(*EMERGENCY, Stream.SAMU)
    assert (winter.table.season.factor[:, others] == 1.0).all()


def _share_of_resort(wards: Wards) -> float:
    arrivals = draw_arrivals(wards, PARAMETERS, Luck(1, 0))
    homes = wards.table.homes.commune[arrivals.home[arrivals.home >= 0]]
    return float((homes == wards.homes.communes.number_of[RESORT]).mean())


def test_a_season_that_begins_meanwhile_changes_arrivals_and_homes_at_its_day() -> None:
    wards = wards_on(a_valley(WINTER), date(2028, 12, 10), 30)
    assert wards.homes.spells.begins.tolist() == [0, 240, 720]
    near = wards.of_site[SECOND][Stream.EMERGENCY_ADULT]
    arrivals = draw_arrivals(wards, PARAMETERS, Luck(1, 0))
    resort = wards.homes.communes.number_of[RESORT]
    ordinary = (arrivals.came_h >= 0) & (arrivals.ward == near)
    early = ordinary & (arrivals.came_h < 240)
    late = ordinary & (arrivals.came_h >= 240)
    expected = wards.expected[:, near]
    assert early.sum() == pytest.approx(expected[:240].sum(), rel=0.15)
    assert late.sum() == pytest.approx(expected[240:].sum(), rel=0.15)
    from_resort = [
        (wards.table.homes.commune[arrivals.home[some]] == resort).mean() for some in (early, late)
    ]
    assert from_resort[0] < 0.1 < from_resort[1]


def test_a_region_without_seasons_has_one_spell_in_which_nothing_changes(parameters: Parameters) -> None:
    wards = wards_on(a_valley(), date(2029, 1, 10), 30)
    table = wards.table.season
    assert table.begins.tolist() == [0, 720]
    assert (table.factor == 1.0).all()
    assert (table.arrived[:, [0, -1]] == [0.0, 1.0]).all()
    assert parameters.homes.season_guest_need.value > 0.0


def test_the_hospital_of_bourg_saint_maurice_has_in_winter_what_it_says() -> None:
    """About a hundred patients a day with 150,000 skiers around (France 3), 47 on the mean of the year (SAE 2025)."""
    region = topologies.load("auvergne-rhone-alpes")
    winter, spring = wards_on(region, date(2029, 1, 15), 7), wards_on(region, date(2029, 5, 15), 7)
    ward = winter.of_site[BOURG_SAINT_MAURICE][Stream.EMERGENCY_ADULT]
    a_day = [wards.expected[:, ward].sum() / 7 for wards in (winter, spring)]
    assert 80 < a_day[0] < 120
    assert a_day[1] < 20
    presence = winter.homes.spells.presence[0, winter.homes.communes.number_of[TIGNES]]
    assert presence > 2.0
    assert FIRST not in winter.of_site


def test_by_the_rules_the_same_becomes_of_every_patient_when_a_season_begins() -> None:
    wards = wards_on(a_valley(WINTER), date(2028, 12, 18), 4)
    assert len(wards.homes.spells.presence) == 2
    care, plain = simulated(wards, PARAMETERS, Luck(2, 0)), by_the_rules(wards, PARAMETERS, Luck(2, 0))
    np.testing.assert_array_equal(care.record.history["exit"], plain.history["exit"])
    np.testing.assert_allclose(care.record.history["left_h"], plain.history["left_h"], rtol=0.0, atol=1e-9)
    for name in ("diverted", "unmet", "critical_journey_min"):
        np.testing.assert_allclose(care.record.by_commune[name], plain.homes.counts[name], rtol=1e-6)
