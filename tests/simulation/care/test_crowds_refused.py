"""Events that cannot be: refused where they stand."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

import simulation
import topologies
from simulation.inputs.clock import PARIS
from simulation.inputs.events.fit import check_event_fit
from tests.campaigns import campaign_of
from tests.simulation.care.crowd_cases import (
    AN_EVENING,
    PLAIN,
    REGION,
    SCENARIO,
    STADIUM,
    crowd,
    event,
    patients,
    refused,
)
from topologies.errors import BadInput
from topologies.reading.documents import places_in


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(2.36, 48.92), (49.8, -2.5), (-48.92, 2.36), (43.3, 5.4), (90.0, 0.0)]
)
def test_a_venue_in_the_sea_or_far_from_any_site_is_refused(latitude: float, longitude: float) -> None:
    lost = {"venue": "Raft", "latitude": latitude, "longitude": longitude, **AN_EVENING, "attendance": 10}
    told = refused(event(sessions=[lost]))
    assert "feast, sessions.0.venue: no emergency site of ile-de-france is within 120 min of Raft" in told


def test_a_region_without_emergency_sites_refuses_any_venue() -> None:
    told = refused(
        event(sessions=[{**PLAIN, **AN_EVENING, "attendance": 10}]),
        replace(REGION, establishments={}, links=()),
    )
    assert "no emergency site" in told


def test_a_venue_that_the_region_does_not_have_is_refused_with_the_nearest() -> None:
    told = refused(event(sessions=[{"venue": "venue:stade-de-farnce", **AN_EVENING}]))
    assert "venue:stade-de-farnce is not in ile-de-france; use venue:stade-de-france" in told


def test_more_people_than_the_venue_holds_are_refused() -> None:
    told = refused(event(sessions=[{**STADIUM, **AN_EVENING, "attendance": 80_000}]))
    assert "attendance 80000 is above the capacity of venue:stade-de-france, 77083; lower attendance" in told


def test_an_event_outside_the_horizon_is_refused() -> None:
    year_before = {**PLAIN, "begins": "2023-07-27T14:00+02:00", "ends": "2023-07-27T20:00+02:00"}
    told = refused(event(sessions=[{**year_before, "attendance": 10}]))
    assert "feast: nothing of it happens in ile-de-france between 2024-07-21" in told
    late = {"first_day": "2024-08-25", "last_day": "2024-08-26", "people": 10}
    assert "nothing of it happens" in refused(event(visitors=[late]))


def test_casualties_outside_the_horizon_are_refused_though_the_rest_is_inside() -> None:
    hurt = {**PLAIN, "at": "2024-09-27T21:00+02:00", "people": 7}
    told = refused(event(sessions=[{**STADIUM, **AN_EVENING}], casualties=[hurt]))
    assert "feast, casualties.0.at: 2024-09-27" in told


def test_an_event_of_several_regions_is_held_by_each_where_it_takes_place() -> None:
    far = {"venue": "Nice", "latitude": 43.7, "longitude": 7.2, "region": "provence-alpes-cote-d-azur"}
    both = event(sessions=[{**STADIUM, **AN_EVENING}, {**far, **AN_EVENING, "attendance": 10}])
    assert patients(crowd(both)) == pytest.approx(
        patients(crowd(event(sessions=[{**STADIUM, **AN_EVENING}])))
    )
    winter = SCENARIO.model_copy(update={"start": datetime(2030, 2, 1, tzinfo=PARIS)})
    assert "nothing of it happens in ile-de-france" in refused(
        simulation.load_event("alpes-2030"), scenario=winter
    )


def test_each_region_holds_its_part_of_alpes_2030_and_departments_theirs(tmp_path: Path) -> None:
    """A zone made of a few departments is neither of the two regions, and has their venues."""
    winter = SCENARIO.model_copy(update={"start": datetime(2030, 1, 25, tzinfo=PARIS)})
    (tmp_path / "region.yaml").write_text(
        "name: savoies\ntitle: Savoies\njoins: [{region: auvergne-rhone-alpes, departments: ['73', '74']}]\n"
    )
    games = simulation.load_event("alpes-2030")
    whole, savoies = (
        crowd(games, topologies.load(folder), winter) for folder in ("auvergne-rhone-alpes", tmp_path)
    )
    assert savoies.hospitals == whole.hospitals
    assert 0 < patients(savoies) == pytest.approx(patients(whole))
    assert games.is_elsewhere(REGION)


def test_what_does_not_fit_is_told_with_the_line_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "name: mine\ntitle: {fr: a, en: b}\nsources: [x]\nsessions:\n"
        "  - venue: Raft\n    latitude: 49.8\n    longitude: -2.5\n    days: [2024-07-27]\n    attendance: 5\n"
    )
    with pytest.raises(BadInput, match=r"mine\.yaml line 5, column 5, sessions\.0\.venue"):
        check_event_fit(campaign_of(REGION, SCENARIO, event=simulation.load_event(path)), places_in(path))


VISITORS = {"first_day": "2024-07-25", "last_day": "2024-07-26", "people": 1_000}


@pytest.mark.parametrize(
    ("where", "told"),
    [
        ({"communes": ["75101", "99999"]}, "visitors.0.communes.1: 99999 is not in ile-de-france; use "),
        (
            {"around": PLAIN, "within_km": 0.01},
            "around.venue: nobody lives within 0.01 km of Plaine Saint-Denis",
        ),
        (
            {"around": {"venue": "venue:nowhere"}},
            "visitors.0.around.venue: venue:nowhere is not in ile-de-france",
        ),
    ],
)
def test_visitors_who_can_stay_nowhere_are_refused_where_that_stands(
    where: dict[str, object], told: str
) -> None:
    assert told in refused(event(visitors=[{**VISITORS, **where}]))


def test_visitors_stay_in_no_commune_of_a_region_that_knows_none() -> None:
    told = refused(event(visitors=[{**VISITORS, "communes": ["75101"]}]), replace(REGION, communes={}))
    assert "ile-de-france does not say where people live; add communes.csv" in told


def test_communes_and_a_place_to_stay_around_are_one_too_many() -> None:
    with pytest.raises(ValidationError, match="names communes, and a place to stay around"):
        event(visitors=[{**VISITORS, "communes": ["75101"], "around": PLAIN}])
