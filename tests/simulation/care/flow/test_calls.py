"""Calls to the SAMUs: who is not answered rings again, and neighbours take the calls of one that was struck."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.random import default_rng

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards
from simulation.care.flow.record import Record
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream
from tests.validation.care_runs import simulated
from tests.validation.random_wards import wards_at

FALLS_H, BACK_H = 47.5, 71.5
DOWN = slice(49, 72)


@pytest.fixture(scope="module")
def wards() -> Wards:
    """Six sites under two SAMUs."""
    return wards_at(default_rng(1), 6)


@pytest.fixture(scope="module")
def samus(wards: Wards) -> list[WardNumber]:
    return [WardNumber(ward) for ward in np.flatnonzero(wards.of(Stream.SAMU)).tolist()]


def down(wards: Wards, parameters: Parameters, *samus: WardNumber) -> Record:
    """For a day these SAMUs answer nobody."""
    changes = [Change(FALLS_H, samu, 0.0) for samu in samus] + [Change(BACK_H, samu, 1.0) for samu in samus]
    return simulated(wards, parameters, Luck(1, 0), changes).record


def test_a_neighbour_takes_the_calls_of_a_samu_that_is_down(
    wards: Wards, parameters: Parameters, samus: list[WardNumber]
) -> None:
    first, second = samus
    record, calm = down(wards, parameters, first), down(wards, parameters)
    taken = record.diverted_in[DOWN, second].sum()
    assert taken == record.diverted_out[DOWN, first].sum() > 0
    assert record.diverted_in.sum(axis=0)[first] == 0
    assert record.served[DOWN, first].sum() == 0
    assert record.unmet[DOWN, first].sum() < record.demand[DOWN, first].sum() - taken + 1
    assert calm.diverted_in[:, samus].sum() == 0
    assert record.unmet[DOWN, second].sum() >= calm.unmet[DOWN, second].sum(), "its own callers pay for it"


def test_nobody_helps_where_all_are_down(
    wards: Wards, parameters: Parameters, samus: list[WardNumber]
) -> None:
    record = down(wards, parameters, *samus)
    assert record.diverted_in[DOWN, samus].sum() == record.served[DOWN, samus].sum() == 0


def test_who_is_not_answered_rings_again_and_some_give_up(
    wards: Wards, parameters: Parameters, samus: list[WardNumber]
) -> None:
    never = replace(wards, table=wards.table._replace(rings_again_share=0.0))
    again, once = (down(some, parameters, *samus) for some in (wards, never))
    calls = again.demand[DOWN, samus].sum()
    assert once.unmet[DOWN, samus].sum() == calls
    assert once.waiting[:, samus].sum() == 0
    assert 0.5 * calls < again.unmet[DOWN, samus].sum() <= calls + again.waiting[48, samus].sum()
    assert again.waiting[71, samus].sum() > 0


def test_callers_are_conserved(wards: Wards, parameters: Parameters, samus: list[WardNumber]) -> None:
    record = down(wards, parameters, samus[0])
    before = np.vstack([np.zeros_like(record.waiting[:1]), record.waiting[:-1]])
    coming = record.demand + record.diverted_in + before
    gone = record.served + record.diverted_out + record.unmet + record.waiting
    assert np.array_equal(coming[:, samus], gone[:, samus])
