"""What is counted by commune adds up to what is counted of the region, patient by patient."""

import pytest
from numpy.random import default_rng

from simulation.care.capacity.wards import Wards
from simulation.care.flow.care import Care
from simulation.care.flow.record import FAR_MIN, VERY_FAR_MIN
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import load_parameters
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
    return communes_of(wards, care.record)


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
    totals = communes_of(wards, care.record)
    assert totals.codes == ()
    assert len(totals.ed_visits) == len(totals.ed_journey_min) == 0
    assert care.record.came.sum() == care.record.demand[:, wards.emergency_departments].sum()
