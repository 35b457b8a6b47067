"""Patients are whole and conserved, whatever happens to capacity."""

from functools import partial
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray
from simpy import Environment, Event

from simulation.care import Care, CareRecord
from simulation.parameters import load_parameters
from simulation.randomness import Luck
from simulation.stays import Stays
from simulation.stream import Stream
from simulation.wards import Onward, Rules, Wards

HOURS = 60


def stays_of(hours: int) -> Stays:
    """Everyone stays this long."""
    table = np.full(65_536, hours, np.int16)
    return Stays(of_new=table, of_present=table, mean_h=float(hours))


@st.composite
def small_wards(draw: st.DrawFn) -> Wards:
    """Up to six wards of the two streams that send patients on, each with any places, queue and patience."""
    count = draw(st.integers(1, 6))
    streams = tuple(draw(st.sampled_from([Stream.EMERGENCY, Stream.CRITICAL_CARE])) for _ in range(count))
    rates: NDArray[Any] = draw(hnp.arrays(np.float64, count, elements=st.floats(0, 6)))
    onward = tuple(
        tuple(
            Onward(ward, draw(st.integers(1, 3)), 20.0)
            for ward in range(count)
            if ward != number and streams[ward] is streams[number]
        )
        for number in range(count)
    )
    places: NDArray[Any] = draw(hnp.arrays(np.float64, count, elements=st.integers(0, 12)))
    return Wards(
        finess=tuple(f"75000000{n}" for n in range(count)),
        stream=streams,
        of_site={},
        groups=(),
        group_starts=np.zeros(1, np.intp),
        places=places,
        opening=np.ones((HOURS, count)),
        expected=np.tile(rates, (HOURS, 1)),
        present=places * 0.5,
        rules={
            stream: Rules(
                stays=stays_of(draw(st.integers(1, 40))),
                tolerated=0.5 if stream is Stream.EMERGENCY else 0.0,
                newest_leave=stream is Stream.EMERGENCY,
                patience_h=draw(st.integers(1, 24)),
                bound_min=60.0,
            )
            for stream in Stream
        },
        onward=onward,
    )


@st.composite
def capacities(draw: st.DrawFn) -> list[tuple[int, float]]:
    """At some hours, all capacity becomes some share of itself."""
    return draw(st.lists(st.tuples(st.integers(0, HOURS - 1), st.floats(0, 1)), max_size=4))


def lived(wards: Wards, changes: list[tuple[int, float]]) -> tuple[CareRecord, NDArray[np.int32]]:
    """The record of all hours, and the patients in care after each."""
    env = Environment()
    care = Care(env, wards, load_parameters(), Luck(1, 0))

    def change(share: float, _: Event) -> None:
        care.capacity[:] = share

    for hour, share in sorted(changes):
        timeout = env.timeout(hour + 0.5)
        assert timeout.callbacks is not None
        timeout.callbacks.append(partial(change, share))
    env.process(care.run())
    in_care = []

    def count(_: Event) -> None:
        in_care.append(care._in_care.copy())

    for hour in range(HOURS):
        timeout = env.timeout(hour + 0.25)
        assert timeout.callbacks is not None
        timeout.callbacks.append(count)
    env.run(until=HOURS)
    return care.record, np.array(in_care)


@settings(max_examples=60, deadline=None)
@given(wards=small_wards(), changes=capacities())
def test_patients_are_conserved_every_hour_in_every_ward(
    wards: Wards, changes: list[tuple[int, float]]
) -> None:
    care, in_care = lived(wards, changes)
    before = np.vstack([np.zeros_like(care.waiting[:1]), care.waiting[:-1]])
    coming = care.demand + care.diverted_in[:HOURS] + before
    assert np.array_equal(coming, care.served + care.diverted_out + care.unmet + care.waiting)
    assert care.diverted_out.sum() == care.diverted_in.sum()
    for counts in (care.served, care.diverted_out, care.unmet, care.waiting, in_care):
        assert counts.min() >= 0


@settings(max_examples=40, deadline=None)
@given(wards=small_wards(), changes=capacities())
def test_no_ward_takes_more_than_it_has_places_for(wards: Wards, changes: list[tuple[int, float]]) -> None:
    care, in_care = lived(wards, changes)
    assert np.all(in_care <= np.maximum(wards.places, in_care[0]))
    places = np.rint(wards.places * care.capacity)
    # Who is in care when capacity falls stays; nobody is taken until places are free again.
    assert np.all(care.served[in_care > places] == 0)


@settings(max_examples=40, deadline=None)
@given(wards=small_wards(), changes=capacities())
def test_nobody_waits_beyond_his_patience(wards: Wards, changes: list[tuple[int, float]]) -> None:
    """What waits joined within the patience: a queue never exceeds all who joined since."""
    care, _ = lived(wards, changes)
    joined = np.cumsum(care.demand + care.diverted_in[:HOURS], axis=0)
    for ward, stream in enumerate(wards.stream):
        patience_h = wards.rules[stream].patience_h
        since = np.concatenate([np.zeros(min(patience_h, HOURS)), joined[:, ward]])[:HOURS]
        assert np.all(care.waiting[:, ward] <= joined[:, ward] - since)


@settings(max_examples=30, deadline=None)
@given(wards=small_wards())
def test_a_ward_without_places_and_without_neighbours_serves_nobody(wards: Wards) -> None:
    care, _ = lived(wards, [(0, 0.0)])
    late = care.served[HOURS - 1]
    assert np.all(late == 0)
