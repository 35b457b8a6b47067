"""A ward that sends on whom it cannot take is as full as it should be once what it loses, and is sent, is counted."""

from heapq import heapreplace
from math import exp, lgamma, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from simulation.care.capacity.overflow import (
    MOST_FULL,
    Beds,
    full_share,
    offered_load,
    own_patients,
    refused_share,
)


def filled(count: int, share: float, patience: float) -> Beds:
    return Beds(count, count * share, patience)


beds = st.builds(
    filled, st.integers(1, 200), st.floats(0.05, 0.95), st.one_of(st.just(0.0), st.floats(0.0, 0.2))
)


def test_one_bed_refuses_by_the_share_of_time_in_which_it_is_taken() -> None:
    assert refused_share(1, 3.0) == pytest.approx(0.75)
    assert refused_share(0, 3.0) == 1.0
    assert refused_share(1, 0.0) == 0.0


@given(count=st.integers(1, 60), load=st.floats(0.1, 80.0))
def test_without_a_wait_it_is_erlangs_formula(count: int, load: float) -> None:
    terms = [log(load) * number - lgamma(number + 1) for number in range(count + 1)]
    most = max(terms)
    erlang = exp(terms[-1] - most) / sum(exp(term - most) for term in terms)
    assert refused_share(count, load) == pytest.approx(erlang, rel=1e-9)
    assert full_share(count, load) == pytest.approx(erlang, rel=1e-9)


@pytest.mark.parametrize(("count", "load", "patience"), [(6, 6.0, 0.5), (28, 24.0, 0.05), (3, 4.0, 1.0)])
def test_with_a_wait_it_is_what_a_simulated_queue_says(count: int, load: float, patience: float) -> None:
    """Those who come to so many beds for a stay without memory, and leave after a fixed wait."""
    draws, comers = default_rng(5), 200_000
    came, stays = np.cumsum(draws.exponential(1.0 / load, comers)), draws.exponential(1.0, comers)
    free_at = [0.0] * count
    refused = 0
    for at, stay in zip(came.tolist(), stays.tolist(), strict=True):
        begins = max(free_at[0], at)
        if begins - at > patience:
            refused += 1
        else:
            heapreplace(free_at, begins + stay)
    # Losses come in clusters: some three times the error of as many independent ones.
    expected = refused_share(count, load, patience)
    assert abs(refused / comers - expected) < 3 * 3 * (expected / comers) ** 0.5


@given(ward=beds, load=st.floats(0.1, 200.0))
def test_who_can_wait_is_refused_less(ward: Beds, load: float) -> None:
    patient = refused_share(ward.count, load, ward.patience + 0.1)
    assert patient <= refused_share(ward.count, load, ward.patience) + 1e-12


@given(ward=beds)
def test_what_is_offered_and_not_refused_is_there(ward: Beds) -> None:
    load = offered_load(ward)
    assert load * (1.0 - refused_share(ward.count, load, ward.patience)) == pytest.approx(
        ward.taken, rel=1e-6
    )


def test_beds_that_are_always_taken_are_nearly_so() -> None:
    load = offered_load(Beds(10, 10.0))
    assert load * (1.0 - refused_share(10, load)) == pytest.approx(10 * MOST_FULL)


@given(wards=st.lists(beds, min_size=1, max_size=6), bedless=st.floats(0.0, 0.05))
def test_each_ward_carries_what_it_should_with_what_it_is_sent(wards: list[Beds], bedless: float) -> None:
    """Nobody is lost on the way: patients of all sites are in beds, or met no free bed in reach."""
    names = [f"site {number}" for number in range(len(wards))]
    known = dict(zip(names, wards, strict=True))
    nearest = {name: [other for other in names if other != name] for name in names}
    own = own_patients(known, {**nearest, "bedless": names}, {"bedless": bedless})
    carried = 0.0
    nowhere = bedless
    loads = {name: offered_load(ward) for name, ward in known.items()}
    refused = {name: refused_share(ward.count, loads[name], ward.patience) for name, ward in known.items()}
    full = {name: full_share(ward.count, loads[name], ward.patience) for name, ward in known.items()}
    for share in full.values():
        nowhere *= share
    for name, load in own.items():
        left = load * refused[name]
        for other in nearest[name]:
            left *= full[other]
        nowhere += left
        carried += known[name].taken
    # A ward that is sent more than it should carry has no patients of its own, and carries more.
    lacking = sum(own.values()) + bedless - nowhere - carried
    assert lacking == pytest.approx(0.0, abs=1e-6) or (lacking > 0.0 and min(own.values()) == 0.0)


def test_a_ward_alone_has_all_its_patients_of_its_own() -> None:
    assert own_patients({"alone": Beds(4, 3.0)}, {}, {})["alone"] == pytest.approx(offered_load(Beds(4, 3.0)))


def test_a_site_without_beds_fills_those_of_its_neighbour() -> None:
    own = own_patients({"near": Beds(4, 3.0)}, {"none": ["near"]}, {"none": 1.0})
    load = offered_load(Beds(4, 3.0))
    assert own["near"] == pytest.approx(load - 1.0, rel=1e-6)
