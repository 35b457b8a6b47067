"""Value of information: chance does not count as a change, and a true change is found with its interval."""

import numpy as np
from numpy.random import default_rng

from results.analysis.value_of_information import change_of

DRAWINGS, REPLICATIONS = 6, 20
NOT_HELD = np.zeros((DRAWINGS, REPLICATIONS))
SURE = [1.0] * DRAWINGS


def test_what_changes_nothing_is_worth_nothing() -> None:
    change = change_of(np.zeros((DRAWINGS, REPLICATIONS)), NOT_HELD, SURE, seed=1)
    assert (change.patients, change.interval, change.held_share) == (0.0, (0.0, 0.0), 0.0)


def test_chance_alone_is_not_told_from_nothing() -> None:
    noise = default_rng(1).normal(0.0, 10.0, (DRAWINGS, REPLICATIONS))
    change = change_of(noise, NOT_HELD, SURE, seed=1)
    assert change.interval[0] == 0.0
    assert change.patients < 2.0


def test_a_change_is_found_amid_chance_and_weighted_by_how_likely_it_is() -> None:
    signs = np.array([1.0, -1.0] * (DRAWINGS // 2))[:, None]
    changes = 50.0 * signs + default_rng(1).normal(0.0, 10.0, (DRAWINGS, REPLICATIONS))
    held = np.tile([-1.0, 0.0, 0.0, 0.0], (DRAWINGS, REPLICATIONS // 4))
    sure, rare = change_of(changes, held, SURE, seed=1), change_of(changes, held, [0.25] * DRAWINGS, seed=1)
    assert 45.0 < sure.interval[0] < sure.patients < sure.interval[1] < 55.0
    assert rare.patients == sure.patients / 2
    assert (sure.held_share, rare.held_share) == (0.25, 0.0625)
    assert change_of(changes, held, SURE, seed=1) == sure
