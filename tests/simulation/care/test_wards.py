"""An ordinary day's wards agree with what is published. What happens in them is in `test_calibration.py`."""

from dataclasses import replace
from math import exp

import numpy as np
import pytest

from simulation.care.capacity.length_of_stay import QUANTILES
from simulation.care.flow.changes import HELD_ELSEWHERE
from simulation.inputs.library import load_event
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import APPOINTMENTS, BEDSIDE, EMERGENCY, NUMBER, Stream
from simulation.replication import PreparedCampaign, replicate
from tests.campaigns import prepare_campaign
from tests.regions import FIRST
from tests.without_seasons import without_seasons
from topologies.region import Region


@pytest.fixture(scope="module")
def peace(
    ile_de_france: Region, scenario: Scenario, baseline: Posture, parameters: Parameters
) -> PreparedCampaign:
    """Four whole weeks of ordinary life."""
    ordinary = scenario.model_copy(update={"waves": (), "event": None, "horizon_h": 28 * 24})
    return prepare_campaign(ile_de_france, ordinary, baseline, without_seasons(parameters))


def test_expected_visits_are_those_declared_times_the_season(peace: PreparedCampaign) -> None:
    wards = peace.care.wards
    season = wards.table.arrival_profile[NUMBER[Stream.EMERGENCY_ADULT]].mean()
    assert season == pytest.approx(1.0)
    for finess, site in peace.campaign.region.establishments.items():
        departments = wards.emergencies_of(finess)
        if departments:
            yearly = wards.expected[:, departments].sum() * 365.25 / 28
            assert yearly == pytest.approx((site.ed_visits_per_year or 0) * season, rel=1e-9)


def test_every_site_that_declares_visits_has_its_departments(peace: PreparedCampaign) -> None:
    for finess, site in peace.campaign.region.establishments.items():
        has = {Stream.EMERGENCY_ADULT, Stream.EMERGENCY_PAEDIATRIC} & set(
            peace.care.wards.of_site.get(finess, {})
        )
        if site.ed_visits_per_year and site.has_emergency:
            assert (Stream.EMERGENCY_ADULT in has) == site.adult_emergency
            assert (Stream.EMERGENCY_PAEDIATRIC in has) == site.paediatric_emergency
        else:
            assert not has


def test_a_table_of_stays_has_the_published_median_and_mean(
    peace: PreparedCampaign, parameters: Parameters
) -> None:
    published = parameters.emergency.emergency_stay_h
    stays = peace.care.wards.stays[Stream.EMERGENCY_ADULT]
    assert np.median(stays.of_new) == pytest.approx(published.value, rel=1e-6)
    assert stays.mean_h == pytest.approx(published.value * exp((published.log_sd or 0.0) ** 2 / 2), rel=0.01)


def test_what_remains_of_a_stay_has_the_equilibrium_mean(peace: PreparedCampaign) -> None:
    """Mean residual of a renewal: E[S²] / 2 E[S] (Cox 1962)."""
    for stays in peace.care.wards.stays.values():
        within = (stays.of_new[1:] + stays.of_new[:-1]) / 2
        expected = (within**2).mean() / (2 * within.mean())
        remaining = ((stays.of_present[1:] + stays.of_present[:-1]) / 2).mean()
        assert remaining == pytest.approx(expected, rel=0.02)
        assert len(stays.of_new) == len(stays.of_present) == QUANTILES + 1
        assert np.all(np.diff(stays.of_present) >= 0)


def test_a_site_has_the_beds_that_it_declares(peace: PreparedCampaign) -> None:
    wards = peace.care.wards
    for finess, of_site in wards.of_site.items():
        site = peace.campaign.region.establishments.get(finess)
        if site is None:
            continue
        critical = wards.table.places[of_site[Stream.CRITICAL_CARE]] if Stream.CRITICAL_CARE in of_site else 0
        assert critical == (site.beds_icu or 0) + (site.beds_intensive or 0)
        acute = sum(
            wards.table.places[of_site[stream]]
            for stream in (Stream.MEDICINE, Stream.MATERNITY)
            if stream in of_site
        )
        assert acute == (site.beds_mco or 0) + (site.beds_uhcd or 0)


def test_whom_a_site_passes_on_fills_no_more_than_its_beds_are_meant_to_be(peace: PreparedCampaign) -> None:
    """Where those passed on would fill them beyond, the rest are hospitalised elsewhere; direct admissions are none."""
    wards = peace.care.wards
    assert wards.table.hourly.min() >= 0.0
    assert np.all(wards.table.present[wards.of(*BEDSIDE)] <= wards.table.places[wards.of(*BEDSIDE)])
    assert np.all(np.diff(wards.table.routes, axis=2) >= -1e-12), "chances are cumulated"
    assert wards.table.routes.min() >= 0.0
    assert wards.table.routes.max() <= 1.0 + 1e-12


def test_of_all_emergency_patients_the_published_share_is_hospitalised(
    peace: PreparedCampaign, parameters: Parameters
) -> None:
    table = peace.care.wards.table
    critical = sum(
        parameters.quantities[f"{kind}_share"].value
        for kind in ("stroke", "stemi", "trauma", "arrest", "resuscitation")
    )
    for ward in np.flatnonzero(peace.care.wards.of(*EMERGENCY)):
        ordinary, time_critical = table.routes[ward, :, 3]
        share = (1.0 - critical) * ordinary + critical * time_critical
        assert time_critical == pytest.approx(1.0)
        assert share == pytest.approx(parameters.emergency.emergency_hospitalised_share.value)


def test_wards_send_on_to_their_own_stream_nearest_first(peace: PreparedCampaign) -> None:
    wards, table = peace.care.wards, peace.care.wards.table
    for ward in range(len(wards.finess)):
        mine = slice(table.neighbour_first[ward], table.neighbour_first[ward + 1])
        assert all(wards.stream[to] is wards.stream[ward] for to in table.neighbour_ward[mine])
        assert ward not in table.neighbour_ward[mine]
        assert np.all(np.diff(table.neighbour_h[mine]) >= 0)
        if wards.stream[ward] in {Stream.SURGERY_SCHEDULED, *APPOINTMENTS} - {*HELD_ELSEWHERE}:
            assert table.neighbour_first[ward] == table.neighbour_first[ward + 1], (
                "appointments are not moved"
            )


def test_every_ward_is_in_one_group_and_groups_are_neighbours(peace: PreparedCampaign) -> None:
    wards = peace.care.wards
    pairs = []
    for finess, stream in zip(wards.finess, wards.stream, strict=True):
        site = peace.campaign.region.establishments.get(finess)
        pairs.append((site.territory if site else peace.campaign.region.services[finess].name, str(stream)))
    assert sorted(set(pairs)) == list(wards.groups)
    assert [pairs[start] for start in wards.group_starts] == list(wards.groups)
    assert sorted(pairs) == pairs


def test_the_sessions_of_a_region_are_those_of_its_beds(
    peace: PreparedCampaign, parameters: Parameters
) -> None:
    """Those of small sites are held by the large ones."""
    beds = sum(site.beds_mco or 0 for site in peace.campaign.region.establishments.values())
    for stream in APPOINTMENTS:
        mine = peace.care.wards.of(stream)
        published = parameters.quantities[f"{stream}_per_bed_year"].value
        assert peace.care.wards.table.hourly[mine].sum() * 8766 == pytest.approx(beds * published)


def test_crowds_add_patients_at_the_days_of_their_sessions_only(
    ile_de_france: Region, scenario: Scenario, baseline: Posture, parameters: Parameters
) -> None:
    event = load_event("paris-2024")
    without = prepare_campaign(ile_de_france, scenario, baseline, parameters).care.wards
    games = prepare_campaign(ile_de_france, scenario, baseline, parameters, event=event).care.wards
    added = games.expected - games.ordinary
    assert added.min() >= 0
    assert added.sum() > 0
    assert added[:, ~games.of(*EMERGENCY, Stream.SAMU)].sum() == 0
    visits, calls = added[:, games.of(*EMERGENCY)].sum(), added[:, games.of(Stream.SAMU)].sum()
    assert calls == pytest.approx(parameters.samu.samu_calls_per_visit.value * visits)
    assert np.array_equal(games.table.places, without.table.places)


def test_an_ordinary_replication_of_one_hospital_is_as_full_as_its_parameters_say(
    small_region: Region, scenario: Scenario, baseline: Posture, parameters: Parameters
) -> None:
    """A region of one hospital works as a large one does."""
    alone = replace(
        small_region,
        establishments={FIRST: small_region.establishments[FIRST]},
        services={},
        links=(),
    )
    quiet = scenario.model_copy(update={"waves": (), "event": None, "horizon_h": 28 * 24})
    prepared = prepare_campaign(alone, quiet, baseline, without_seasons(parameters))
    ward = prepared.care.wards.of_site[FIRST][Stream.MEDICINE]
    groups = [stream for _, stream in prepared.care.wards.groups]
    beds = prepared.care.wards.table.places[ward]
    full = [
        replicate(prepared, 1, number).hours.in_care[:, groups.index("medicine")].mean() / beds
        for number in range(12)
    ]
    assert np.mean(full) == pytest.approx(parameters.beds.medicine_occupancy.value, rel=0.05)
