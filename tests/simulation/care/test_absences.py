"""While an event lasts residents are away, and services are reinforced: demand and capacity have both signs."""

import numpy as np
import pytest

from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.demand.crowds import crowd_of
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, NUMBER, Stream
from tests.campaigns import campaign_of
from tests.simulation.care.crowd_cases import REGION, SCENARIO, event, refused
from topologies.region import Region

A_DAY = {"first_day": "2024-08-01", "last_day": "2024-08-01"}
SOME = [{"first_day": "2024-08-01", "last_day": "2024-08-01", "people": 1}]


def wards_with(parameters: Parameters, region: Region = REGION, **fields: object) -> Wards:
    """Of a region in which an event brings hardly anybody, and this."""
    campaign = campaign_of(region, SCENARIO, None, parameters, event=event(visitors=SOME, **fields))
    return wards_of(region, SCENARIO, parameters, crowd_of(campaign))


@pytest.fixture(scope="module")
def as_ever(parameters: Parameters) -> Wards:
    return wards_with(parameters)


@pytest.fixture(scope="module")
def away(parameters: Parameters) -> Wards:
    return wards_with(parameters, absences=[{**A_DAY, "share": 0.3}])


def test_who_is_away_needs_no_care_on_these_days(as_ever: Wards, away: Wards) -> None:
    changed = as_ever.of(*EMERGENCY, Stream.SAMU)
    share = away.ordinary[:, changed] / as_ever.ordinary[:, changed]
    hours = np.flatnonzero((share < 1.0 - 1e-9).any(axis=1))
    assert len(hours) == 24
    assert np.all(np.diff(hours) == 1)
    assert share[hours] == pytest.approx(0.7)
    assert away.ordinary[:, ~changed] == pytest.approx(as_ever.ordinary[:, ~changed])


def test_boxes_stay_where_residents_leave(as_ever: Wards, away: Wards) -> None:
    assert np.array_equal(as_ever.table.places, away.table.places)


def test_only_those_of_the_communes_named_are_away(as_ever: Wards, parameters: Parameters) -> None:
    paris = [code for code in sorted(REGION.communes) if code.startswith("75")]
    away = wards_with(parameters, absences=[{**A_DAY, "share": 0.5, "communes": paris}])
    adults = as_ever.of(Stream.EMERGENCY_ADULT)
    least = (away.ordinary[:, adults] / as_ever.ordinary[:, adults]).min(axis=0)
    assert least.min() < 0.75, "the sites of Paris"
    assert least.max() > 0.99, "those far from it"


def test_reinforcements_open_places_on_their_days(as_ever: Wards, parameters: Parameters) -> None:
    more = [{**A_DAY, "emergency": 0.1, "samu": 0.2}]
    opening = wards_with(parameters, reinforcements=more).table.opening_profile
    share = opening / np.maximum(as_ever.table.opening_profile, 1e-9)
    for stream, open_share in ((Stream.EMERGENCY_ADULT, 1.1), (Stream.SAMU, 1.2)):
        of_stream = share[NUMBER[stream]]
        assert np.unique(of_stream.round(9)).tolist() == [1.0, open_share]
        assert (of_stream > 1.0).sum() == 24
    assert np.array_equal(
        opening[NUMBER[Stream.MEDICINE]], as_ever.table.opening_profile[NUMBER[Stream.MEDICINE]]
    )


def test_an_unknown_commune_is_refused_with_where_it_stands() -> None:
    said = refused(event(visitors=SOME, absences=[{**A_DAY, "share": 0.3, "communes": ["99999"]}]))
    assert "absences.0.communes.0" in said
    assert "99999" in said
