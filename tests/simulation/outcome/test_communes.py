"""What is counted by commune adds up to what is counted of the region, patient by patient."""

import numpy as np
import pytest
from numpy.random import default_rng

from simulation.care.capacity.wards import Wards
from simulation.care.flow.care import Care
from simulation.care.flow.record import FAR_MIN, VERY_FAR_MIN
from simulation.care.homes.catchments import BIRTHS, STAYS
from simulation.care.homes.session_homes import count_sessions
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import load_parameters
from simulation.inputs.streams import APPOINTMENTS, Stream
from simulation.outcome.communes import CommuneTotals, communes_of
from tests.validation.care_runs import simulated
from tests.validation.random_wards import wards_at
from tests.validation.test_care_reference import shock_of

DRAWS = (1, 3)


@pytest.fixture(scope="module", params=DRAWS)
def shocked(request: pytest.FixtureRequest) -> tuple[Wards, Care]:
    """A random region with communes under a random shock."""
    rng = default_rng(request.param)
    wards = wards_at(rng, 2 + request.param, communes=True)
    return wards, simulated(wards, load_parameters(), Luck(request.param, 0), shock_of(rng, wards))


@pytest.fixture
def totals(shocked: tuple[Wards, Care]) -> CommuneTotals:
    wards, care = shocked
    return communes_of(wards, care.record, care.record.unmet.sum(axis=0), Luck(0, 0))


def test_patients_by_commune_add_up_to_those_of_the_region(
    shocked: tuple[Wards, Care], totals: CommuneTotals
) -> None:
    wards, care = shocked
    departments, record = wards.emergency_departments, care.record
    diverted = record.ambulances_diverted_out.sum()
    assert totals.ed_visits.sum() == record.demand[:, departments].sum()
    assert totals.ed_visits_unmet.sum() == record.unmet[:, departments].sum()
    assert totals.ed_ambulances_diverted.sum() == diverted
    moved_on = record.moved_on_out.sum()
    assert totals.ed_moved_on.sum() == moved_on
    sent_on = record.diverted_out[:, departments].sum()
    assert totals.ed_patients_transferred.sum() == sent_on - diverted - moved_on
    assert totals.time_critical_taken.sum() == record.by_condition["taken"].sum()
    assert totals.time_critical_delay_min.sum() == pytest.approx(record.by_condition["minutes"].sum())


def test_births_stays_and_sessions_by_commune_add_up_to_those_of_the_region(
    shocked: tuple[Wards, Care], totals: CommuneTotals
) -> None:
    wards, care = shocked
    record, of = care.record, wards.of
    births, stays, sessions = of(*BIRTHS), of(*STAYS), of(*APPOINTMENTS)
    assert totals.births.sum() == record.demand[:, births].sum()
    assert totals.births_moved.sum() == record.diverted_out[:, births].sum() > 0
    assert (totals.births_added_min <= totals.births_journey_min).all()
    assert (totals.births_added_min[totals.births_moved > 0] > 0.0).all()
    assert (totals.births_beyond_45 <= totals.births_beyond_30).all()
    assert (totals.births_beyond_30 <= totals.births).all()
    assert totals.stays_moved.sum() == record.diverted_out[:, stays].sum() > 0
    assert totals.stays_unmet.sum() == record.unmet[:, stays].sum()
    assert totals.surgeries_backlog.sum() == record.waiting[-1, of(Stream.SURGERY_SCHEDULED)].sum() > 0
    assert totals.sessions_lost.sum() == record.unmet[:, sessions].sum() > 0
    assert totals.sessions_backlog.sum() == record.waiting[-1, sessions].sum() > 0


def test_lost_sessions_are_lost_where_their_patients_live() -> None:
    wards = wards_at(default_rng(1), 4, communes=True)
    communes, count = len(wards.homes.communes), len(wards.finess)
    (ward, *_) = np.flatnonzero(wards.of(Stream.IMAGING)).tolist()
    one = next(one for streams, one in wards.homes.planned.items() if Stream.IMAGING in streams)
    site = next(site for site, numbers in enumerate(one.wards) if ward in numbers)
    here = one.ways.site == site
    shares = np.bincount(one.ways.commune[here], one.patients[here], communes)
    sessions, told = np.zeros(count, np.int32), np.zeros(communes)
    sessions[ward], draws = 3, 400
    for chance in (np.arange(draws) + 0.5) / draws:
        counts = np.zeros(communes, np.int64)
        count_sessions(wards.sessions, sessions, np.full(count, chance), counts)
        assert counts.sum() == sessions[ward]
        told += counts
    np.testing.assert_allclose(told / draws, sessions[ward] * shares / shares.sum(), atol=2.0 / draws)


def test_nobody_lives_where_nobody_is_counted(totals: CommuneTotals) -> None:
    assert totals.codes[0] == "75000"
    assert totals.ed_visits[0] == 0
    assert (totals.ed_visits[1:] > 0).all()


def test_of_a_commune_no_part_is_more_than_the_whole(totals: CommuneTotals) -> None:
    assert (totals.ed_beyond_45 <= totals.ed_beyond_30).all()
    assert (totals.ed_beyond_30 <= totals.ed_visits).all()
    assert (totals.time_critical_beyond_30 <= totals.time_critical_taken).all()
    assert (totals.ed_added_min <= totals.ed_journey_min).all()
    far = FAR_MIN * totals.ed_beyond_30 + (VERY_FAR_MIN - FAR_MIN) * totals.ed_beyond_45
    assert (totals.ed_journey_min >= far).all()


def test_a_region_that_does_not_say_where_people_live_has_no_rows() -> None:
    wards = wards_at(default_rng(0), 2)
    care = simulated(wards, load_parameters(), Luck(0, 0))
    totals = communes_of(wards, care.record, care.record.unmet.sum(axis=0), Luck(0, 0))
    assert totals.codes == ()
    assert len(totals.ed_visits) == len(totals.ed_journey_min) == 0
    assert care.record.came.sum() == care.record.demand[:, wards.emergency_departments].sum()
