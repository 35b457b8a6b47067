"""An event belongs to regions: each takes care of its own part, and one with no part in it does without."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from simulation.inputs.events.event import Event
from tests.simulation.care.crowd_cases import AN_EVENING, PLAIN, REGION, SCENARIO, crowd, event, patients
from topologies.region import Region

HERE = {**PLAIN, **AN_EVENING, "attendance": 20_000}
WEEK = {"first_day": "2024-07-22", "last_day": "2024-07-28"}


@pytest.fixture(scope="module")
def elsewhere() -> Region:
    """The same hospitals under another name, without the venues."""
    return replace(REGION, name="elsewhere", venues={})


def of_region(name: str | None, **fields: Any) -> Event:
    return event(**fields).model_copy(update={"region": name})


def test_what_names_no_region_belongs_to_that_of_its_event_or_to_any(elsewhere: Region) -> None:
    assert not of_region(None, sessions=[HERE]).is_elsewhere(elsewhere)
    assert of_region("ile-de-france", sessions=[HERE]).is_elsewhere(elsewhere)
    assert not of_region("ile-de-france", sessions=[{**HERE, "region": "elsewhere"}]).is_elsewhere(elsewhere)


def test_a_region_made_of_others_takes_care_of_what_is_theirs(elsewhere: Region) -> None:
    joined = replace(elsewhere, name="both", made_of=("elsewhere", "ile-de-france"))
    both = event(
        sessions=[{**HERE, "region": "ile-de-france"}, {**HERE, "region": "elsewhere", "attendance": 9_000}]
    )
    shares = [patients(crowd(both, region)) for region in (REGION, elsewhere)]
    assert patients(crowd(both, joined)) == pytest.approx(sum(shares))
    assert shares[0] > shares[1] > 0


@pytest.mark.parametrize(
    "part",
    [
        {"visitors": [{**WEEK, "people": 100_000}]},
        {"leave": [{**WEEK, "share": 0.2}]},
        {"weather": [{"day": "2024-07-27", "heat_index_c": 40}]},
        {"closures": [{**PLAIN, "within_km": 20}]},
    ],
    ids=lambda part: next(iter(part)),
)
def test_visitors_leave_weather_and_closed_roads_are_a_regions_own_too(
    part: Mapping[str, list[Mapping[str, object]]],
) -> None:
    def told(region: str | None) -> tuple[float, float, float]:
        fields = {
            field: [{**each, "region": region} for each in some] for field, some in part.items() if region
        }
        found = crowd(event(sessions=[{**HERE, "outdoor": True}], **fields))
        slower = sum(factor.sum() for factor in found.slower.values())
        return patients(found), float(found.staff_share.sum()), float(slower)

    assert told("bretagne") == told(None) != told("ile-de-france")


def test_a_scenario_runs_without_an_event_that_has_nothing_in_the_region(elsewhere: Region) -> None:
    during = SCENARIO.model_copy(update={"event": of_region("bretagne", sessions=[HERE])})
    assert during.in_region(REGION).event is None
    assert during.in_region(replace(REGION, made_of=("bretagne",))).event == during.event
    without = during.model_copy(update={"event": None})
    assert without.in_region(REGION) is without
