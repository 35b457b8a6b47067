"""Regions at the edge of what can be: without demand, beds, neighbours or emergencies, each is simulated."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from simulation.inputs.events.event import Event
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import Stream
from simulation.outcome.records import Outcome
from simulation.replication import replicate
from tests.campaigns import prepare_campaign
from tests.regions import FIRST, establishment
from topologies.errors import BadInput
from topologies.region import Establishment, Region

SQUARE = {"venue": "square", "latitude": 48.85, "longitude": 2.35}


def feast(**fields: Any) -> Event:
    """An event of these casualties or visitors."""
    title = {"fr": "Fête", "en": "Feast"}
    return Event.model_validate({"name": "feast", "title": title, "sources": ["made up"], **fields})


def region_of(*sites: Establishment, **more: Any) -> Region:
    """These sites, and no link between them."""
    return Region(
        name="edge",
        title="Edge",
        establishments={site.finess: site for site in sites},
        services={},
        venues={},
        links=(),
        **more,
    )


@pytest.fixture(params=["calm", "attacked"])
def edge_scenario(request: pytest.FixtureRequest, small_scenario: Scenario) -> Scenario:
    """Twenty days, without an attack and with one on the first site."""
    return small_scenario.model_copy(update={"waves": ()}) if request.param == "calm" else small_scenario


@pytest.fixture
def lived(helpless: Posture, sure: Parameters, edge_scenario: Scenario) -> Any:
    """A replication of a region under this scenario, in which patients are conserved."""

    def live(region: Region, parameters: Parameters = sure) -> Outcome:
        outcome = replicate(prepare_campaign(region, edge_scenario, helpless, parameters), 1, 0)
        hours = outcome.hours
        before = np.vstack([np.zeros_like(hours.waiting[:1]), hours.waiting[:-1]])
        coming = hours.demand + hours.diverted_in + before
        assert np.array_equal(coming, hours.served + hours.diverted_out + hours.unmet + hours.waiting)
        hit = bool(edge_scenario.waves)
        assert outcome.replication.establishments_impacted == int(hit)
        for field in ("ed_unmet_share", "time_critical_delay_min", "ed_occupancy_max", "bed_days_lost"):
            assert np.isfinite(getattr(outcome.replication, field)), field
        return outcome

    return live


def test_a_region_of_one_hospital_sends_nobody_on(lived: Any) -> None:
    outcome = lived(region_of(establishment(FIRST, None, 40_000, 300)))
    assert outcome.replication.ed_visits > 1_000
    assert outcome.hours.diverted_out.sum() == outcome.hours.diverted_in.sum() == 0


@pytest.mark.parametrize("visits", [0, None])
def test_a_hospital_without_visits_has_no_emergency_department(lived: Any, visits: int | None) -> None:
    site = replace(establishment(FIRST, None, 0, 300), ed_visits_per_year=visits)
    outcome = lived(region_of(site))
    assert not [stream for _, stream in outcome.hours.groups if stream.startswith("emergency")]
    row = outcome.replication
    assert (row.ed_visits, row.ed_unmet_share, row.time_critical_patients, row.ed_occupancy_max) == (
        0,
        0.0,
        0,
        0.0,
    )
    assert row.time_critical_delay_min == 0.0


def test_a_site_without_emergencies_operates_and_cares_all_the_same(lived: Any) -> None:
    site = replace(establishment(FIRST, None, 30_000, 300), adult_emergency=False, paediatric_emergency=False)
    outcome = lived(region_of(site))
    assert outcome.replication.ed_visits == 0
    operated = outcome.hours.groups.index(("Hors GHT (75)", str(Stream.SURGERY_SCHEDULED)))
    assert outcome.hours.served[:, operated].sum() > 0
    assert not [event for event in outcome.timeline if event.kind == "plan_blanc"]


@pytest.mark.parametrize("beds", [0, None])
def test_a_site_without_beds_hospitalises_elsewhere(lived: Any, beds: int | None) -> None:
    site = replace(
        establishment(FIRST, None, 30_000, 0), beds_mco=beds, beds_icu=beds, beds_intensive=None, beds=0
    )
    outcome = lived(region_of(site))
    streams = {stream for _, stream in outcome.hours.groups}
    assert "emergency_adult" in streams
    assert not streams & {"medicine", "maternity", "surgery_scheduled", "outpatient"}
    assert outcome.replication.ed_visits > 1_000
    assert outcome.replication.bed_days_lost == 0.0


def test_a_region_where_nobody_is_cared_for_is_attacked_all_the_same(lived: Any) -> None:
    """One establishment without visits and without acute beds: it can be hit, and no patient feels it."""
    site = replace(
        establishment(FIRST, None, 0, 0), ed_visits_per_year=None, beds_mco=None, beds_icu=None, beds=0
    )
    outcome = lived(region_of(replace(site, adult_emergency=False)))
    assert outcome.hours.groups == ()
    assert outcome.hours.demand.shape[1] == 0
    assert outcome.replication.ed_visits == 0


def test_a_paediatric_department_alone_takes_all_visits(lived: Any) -> None:
    site = replace(establishment(FIRST, None, 30_000, 100), adult_emergency=False, paediatric_emergency=True)
    streams = {stream for _, stream in lived(region_of(site)).hours.groups}
    assert "emergency_paediatric" in streams
    assert "emergency_adult" not in streams


def test_demand_of_nought_is_a_region_where_nobody_comes(lived: Any, sure: Parameters) -> None:
    """No visits, no operations, no births, no sessions, and beds that are meant to be empty."""
    names = [name for name in sure.quantities if name.endswith("_per_bed_year")]
    names += ["medicine_occupancy", "critical_care_occupancy", "maternity_occupancy"]
    nought = {name: sure.quantities[name].model_copy(update={"value": 0.0, "low": 0.0}) for name in names}
    outcome = lived(region_of(establishment(FIRST, None, 0, 300)), sure.changed(nought))
    assert outcome.hours.groups
    assert outcome.hours.demand.sum() == outcome.hours.in_care.sum() == 0


@pytest.mark.parametrize("horizon_h", [1, 23, 24, 25])
def test_a_horizon_need_not_be_of_whole_days(
    small_region: Region, small_scenario: Scenario, baseline: Posture, parameters: Parameters, horizon_h: int
) -> None:
    short = small_scenario.model_copy(update={"waves": (), "horizon_h": horizon_h})
    outcome = replicate(prepare_campaign(small_region, short, baseline, parameters), 1, 0)
    assert len(outcome.hours.demand) == horizon_h
    assert outcome.hours.in_care[-1].sum() > 0


def test_as_many_hurt_as_an_event_may_hold_are_all_counted(
    small_scenario: Scenario, baseline: Posture, parameters: Parameters
) -> None:
    calm = small_scenario.model_copy(update={"waves": (), "horizon_h": 12})
    outcome = replicate(
        prepare_campaign(
            region_of(establishment(FIRST, None, 30_000, 300)),
            calm,
            baseline,
            parameters,
            event=feast(casualties=[{**SQUARE, "at": calm.start + timedelta(hours=3), "people": 100_000}]),
        ),
        1,
        0,
    )
    assert 100_000 < outcome.replication.ed_visits < 101_000
    assert outcome.hours.demand.min() >= 0


def test_an_event_that_brings_more_patients_than_can_be_followed_is_refused(
    small_scenario: Scenario, baseline: Posture, parameters: Parameters
) -> None:
    days = {"first_day": small_scenario.start.date(), "last_day": small_scenario.start.date()}
    crowds = [{**days, "people": 10_000_000 - number} for number in range(50)]
    region = region_of(establishment(FIRST, None, 30_000, 300))
    with pytest.raises(BadInput, match=r"emergency patients per hour to .*, more than 5000"):
        prepare_campaign(region, small_scenario, baseline, parameters, event=feast(visitors=crowds))


def test_casualties_in_a_region_without_emergencies_are_refused_with_a_remedy(
    small_scenario: Scenario, baseline: Posture, parameters: Parameters
) -> None:
    site = replace(establishment(FIRST, None, 30_000, 300), adult_emergency=False)
    calm = small_scenario.model_copy(update={"waves": ()})
    event = feast(casualties=[{**SQUARE, "at": calm.start, "people": 10}])
    with pytest.raises(BadInput) as refusal:
        prepare_campaign(region_of(site), calm, baseline, parameters, event=event)
    assert all(str(finding.remedy) for finding in refusal.value.findings)
