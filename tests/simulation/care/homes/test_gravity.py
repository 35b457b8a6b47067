"""The patients of a site are those published, whoever lives around it; of two sites the nearer draws more."""

import numpy as np
import pytest
from numpy.random import default_rng

from simulation.care.homes.gravity import shared_out
from simulation.care.homes.ways import Ways

DECAY = 0.15


def random_ways(draw: int) -> tuple[Ways, np.ndarray, np.ndarray]:
    """Thirty communes and six sites; every site is within reach of most communes, the first two communes are empty."""
    rng = default_rng(draw)
    pairs = [(c, s) for c in range(30) for s in range(6) if s == c % 6 or rng.random() < 0.7]
    minutes = np.round(rng.uniform(5.0, 60.0, len(pairs)), 1)
    people = rng.integers(50, 40_000, 30).astype(np.float64)
    people[:2] = 0.0
    ways = Ways(np.array([c for c, _ in pairs]), np.array([s for _, s in pairs]), minutes)
    return ways, people, rng.uniform(1.0, 20.0, 6)


@pytest.mark.parametrize("evenness", [0.0, 0.9, 1.0])
@pytest.mark.parametrize("draw", range(5))
def test_each_site_has_its_own_patients_to_the_last(draw: int, evenness: float) -> None:
    ways, people, visits = random_ways(draw)
    patients = shared_out(ways, people, visits, decay_per_min=DECAY, evenness=evenness)
    np.testing.assert_allclose(np.bincount(ways.site, patients), visits, rtol=1e-12)
    assert (patients >= 0.0).all()


def test_where_all_communes_are_held_to_it_their_people_go_as_often() -> None:
    ways, people, visits = random_ways(0)
    patients = shared_out(ways, people, visits, decay_per_min=DECAY, evenness=1.0)
    a_head = np.bincount(ways.commune, patients)[2:] / people[2:]
    np.testing.assert_allclose(a_head, visits.sum() / people.sum(), rtol=5e-3)


def test_the_less_communes_are_held_to_it_the_less_far_people_go() -> None:
    ways, people, visits = random_ways(1)

    def mean_min(evenness: float) -> float:
        patients = shared_out(ways, people, visits, decay_per_min=DECAY, evenness=evenness)
        return float((patients * ways.minutes).sum() / patients.sum())

    assert mean_min(0.0) < mean_min(0.5) < mean_min(1.0)


def test_a_steeper_decay_makes_journeys_shorter() -> None:
    ways, people, visits = random_ways(2)

    def mean_min(decay: float) -> float:
        patients = shared_out(ways, people, visits, decay_per_min=decay, evenness=0.9)
        return float((patients * ways.minutes).sum() / patients.sum())

    assert mean_min(0.3) < mean_min(0.15) < mean_min(0.0)


def test_a_site_that_only_empty_communes_can_reach_has_its_patients_all_the_same() -> None:
    ways = Ways(np.array([0, 1]), np.array([0, 1]), np.array([5.0, 4000.0]))
    patients = shared_out(ways, np.array([0.0, 900.0]), np.array([2.0, 3.0]), decay_per_min=0.5, evenness=0.9)
    np.testing.assert_allclose(patients, [2.0, 3.0])
