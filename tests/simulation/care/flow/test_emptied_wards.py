"""Emptied wards: those in critical care are moved as vehicles and places in reach allow, and stay where they are."""

import numpy as np
import pytest

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.flow.care import Care
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.engine.random_streams import Luck
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream
from tests.regions import FIRST, small_region
from tests.validation.care_runs import by_the_rules, simulated

HOURS = 12 * 24
EMPTIED_H, OPENS_H = 100.5, 220.5


@pytest.fixture(scope="module")
def wards(parameters: Parameters) -> Wards:
    scenario = load_scenario("ordinary-month").model_copy(update={"horizon_h": HOURS})
    return wards_of(small_region(), scenario, parameters)


@pytest.fixture(scope="module")
def unit(wards: Wards) -> WardNumber:
    return wards.of_site[FIRST][Stream.CRITICAL_CARE]


@pytest.fixture(scope="module")
def calm(wards: Wards, parameters: Parameters) -> Care:
    return simulated(wards, parameters, Luck(1, 0))


@pytest.fixture(scope="module")
def emptied(wards: Wards, parameters: Parameters, unit: WardNumber) -> Care:
    changes = [Change(EMPTIED_H, unit, 0.0, emptied=1.0), Change(OPENS_H, unit, 1.0)]
    return simulated(wards, parameters, Luck(1, 0), changes)


def test_a_unit_is_emptied_within_days_as_vehicles_allow(
    wards: Wards, emptied: Care, unit: WardNumber
) -> None:
    in_care = emptied.record.in_care[:, unit]
    begins, ends = int(EMPTIED_H), int(OPENS_H)
    assert in_care[begins - 1] > 2
    assert in_care[ends - 1] == 0
    assert np.all(np.diff(in_care[begins:ends]) <= 0), "nobody is taken meanwhile"
    moved = emptied.record.totals["moved_out"][0]
    assert 0 < moved <= in_care[begins - 1]
    vehicles = wards.table.vehicles[wards.table.department[unit]]
    assert np.diff(in_care[begins : begins + 2]).min() >= -vehicles - in_care[begins] * 0.2
    assert emptied.record.served[ends + 24 :, unit].sum() > 0, "it opens again"


def test_who_is_moved_is_cared_for_elsewhere_and_counted_once(
    wards: Wards, emptied: Care, calm: Care, unit: WardNumber
) -> None:
    units = np.flatnonzero(wards.of(Stream.CRITICAL_CARE))
    others = units[units != unit]
    begins = int(EMPTIED_H)
    soon = slice(begins, begins + 24)
    assert (
        emptied.record.in_care[soon, others].sum(axis=1).mean()
        > calm.record.in_care[soon, others].sum(axis=1).mean()
    )
    record = emptied.record
    came = record.demand[:, units].sum() + record.diverted_in[:, units].sum()
    gone = record.served[:, units].sum() + record.diverted_out[:, units].sum() + record.unmet[:, units].sum()
    on_the_road = emptied.state.of_ward["inbound"][units].sum()
    assert came == gone + record.waiting[-1, units].sum()
    assert record.diverted_out[:, units].sum() == record.diverted_in[:, units].sum() + on_the_road


def test_critical_care_is_never_better_off_for_being_emptied(wards: Wards, emptied: Care, calm: Care) -> None:
    units = wards.of(Stream.CRITICAL_CARE)
    assert emptied.record.unmet[:, units].sum() >= calm.record.unmet[:, units].sum()


def test_nobody_who_will_need_critical_care_leaves_unseen(
    wards: Wards, parameters: Parameters, calm: Care
) -> None:
    """So that critical care is not better off where emergency departments can take few."""
    struck = [Change(24.0, WardNumber(ward), 0.5, 1.3) for ward in wards.emergency_departments.tolist()]
    record = simulated(wards, parameters, Luck(1, 0), struck).record
    units = wards.of(Stream.CRITICAL_CARE)
    assert record.totals["left_unseen"][0] > 3 * calm.record.totals["left_unseen"][0]
    assert record.demand[:, units].sum() >= 0.95 * calm.record.demand[:, units].sum()


def test_sessions_that_would_wait_are_held_at_a_neighbour_that_has_room_as_the_rules_say(
    wards: Wards, parameters: Parameters
) -> None:
    """Nobody is lost on the way, and fewer are lost in the end."""
    streams = (Stream.DIALYSIS, Stream.CHEMOTHERAPY)
    clinics = [wards.of_site[FIRST][stream] for stream in streams]
    changes = [Change(50.0, clinic, 0.3, emptied=1.0) for clinic in clinics]
    record = simulated(wards, parameters, Luck(1, 0), changes).record
    plain = by_the_rules(wards, parameters, Luck(1, 0), changes).counts
    kept = simulated(wards, parameters, Luck(1, 0), [Change(50.0, one, 0.3) for one in clinics]).record
    of = wards.of(*streams)
    for ours, theirs in (
        ("served", "served"),
        ("unmet", "unmet"),
        ("waiting", "waiting"),
        ("diverted_out", "patients_transferred_out"),
        ("diverted_in", "patients_transferred_in"),
    ):
        np.testing.assert_array_equal(getattr(record, ours)[:, of], plain[theirs][:, of], err_msg=ours)
    for clinic, stream in zip(clinics, streams, strict=True):
        mine = wards.of(stream)
        assert record.diverted_out[:, clinic].sum() == record.diverted_in[:, mine].sum() > 0
        assert record.served[:, mine].sum() > kept.served[:, mine].sum()
    assert record.unmet[:, of].sum() < kept.unmet[:, of].sum()
