"""Common random numbers pay: postures that meet the same attempts and patients are told apart sooner."""

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray

import simulation
from simulation.inputs.library import load_posture, load_scenario
from simulation.outcome.records import ReplicationOutcome
from tests.campaigns import prepare_campaign
from tests.regions import small_region

REPLICATIONS = 40
TIMES = 4.0
MEASURES = ("ed_visits_unmet", "ed_visits_diverted", "surgeries_postponed", "bed_days_lost", "delay_deaths")


@cache
def replications(posture: str) -> tuple[ReplicationOutcome, ...]:
    """Ten days of a small region in which a large hospital is attacked."""
    known = load_scenario("ransomware-large-hospital")
    scenario = known.model_copy(update={"horizon_h": 240, "thresholds": known.thresholds[:1]})
    prepared = prepare_campaign(small_region(), scenario, load_posture(posture))
    return tuple(simulation.replicate(prepared, 1, number).replication for number in range(REPLICATIONS))


def measured(posture: str, measure: str) -> NDArray[np.float64]:
    return np.array([getattr(row, measure) for row in replications(posture)], dtype=np.float64)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("alternative", ["exercises-all", "pooled"])
def test_a_paired_difference_varies_at_least_four_times_less_than_one_of_independent_seeds(
    alternative: str, measure: str
) -> None:
    """The variance of a difference of independent numbers is the sum of theirs."""
    before, after = measured("exercises-none", measure), measured(alternative, measure)
    independent = before.var() + after.var()
    assert independent > 0.0
    assert TIMES * (after - before).var() <= independent
