"""Patients are whole and conserved, whatever happens to capacity."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from numpy.typing import NDArray
from simpy import Environment

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.flow.arrivals import Arrivals, draw_arrivals
from simulation.care.flow.care import Care
from simulation.care.flow.changes import INTACT
from simulation.care.flow.codes import Exit
from simulation.care.flow.record import Record
from simulation.engine.random_streams import Luck
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import load_parameters
from simulation.inputs.streams import BEDSIDE, EMERGENCY, SESSIONS, Stream
from tests.regions import hospitals

HOURS = 8 * 24


@dataclass(frozen=True, order=True)
class Change:
    """From an hour on, one ward or all of them keep this share of their places, and stays are so much longer."""

    at_h: float
    capacity: float
    longer: float = 1.0
    ward: int | None = None


CHANGES = st.lists(
    st.builds(
        Change,
        at_h=st.integers(0, 16 * HOURS - 1).map(lambda sixteenths: sixteenths / 16),
        capacity=st.one_of(st.just(0.0), st.floats(0, 1.25)),
        longer=st.floats(0.9, 2.0),
        ward=st.one_of(st.none(), st.integers(0, 1_000)),
    ),
    max_size=6,
)
DRAW = st.integers(0, 40)


@cache
def wards_at(draw: int) -> Wards:
    """The wards of a random region of one to four hospitals."""
    scenario = load_scenario("ordinary-month").model_copy(update={"horizon_h": HOURS})
    return wards_of(hospitals(default_rng(draw), 1 + draw % 4), scenario, load_parameters())


def simulated(wards: Wards, changes: list[Change], luck: Luck | None = None) -> Care:
    """The care of all hours, in which these changes happened at their instants."""
    env = Environment()
    care = Care(env, wards, load_parameters(), luck or Luck(1, 0), history=True)

    def changing() -> object:
        for change in sorted(changes, key=lambda one: one.at_h):
            yield env.timeout(change.at_h - float(env.now))
            every = range(len(wards.finess)) if change.ward is None else [change.ward % len(wards.finess)]
            for ward in every:
                care.change(WardNumber(ward), change.capacity, change.longer)

    env.process(changing())  # type: ignore[arg-type]
    env.process(care.run())
    env.run(until=HOURS)
    care.finish()
    return care


def before(counts: NDArray[np.int32]) -> NDArray[np.int32]:
    """What was counted at the end of the hour before; nobody at the start."""
    return np.vstack([np.zeros_like(counts[:1]), counts[:-1]])


@settings(max_examples=50, deadline=None)
@given(draw=DRAW, changes=CHANGES)
def test_patients_are_conserved_every_hour_in_every_ward(draw: int, changes: list[Change]) -> None:
    record = simulated(wards_at(draw), changes).record
    coming = record.demand + record.diverted_in + before(record.waiting)
    assert np.array_equal(coming, record.served + record.diverted_out + record.unmet + record.waiting)
    on_the_road = np.cumsum(record.diverted_out.sum(axis=1) - record.diverted_in.sum(axis=1))
    assert on_the_road.min() >= 0
    for name in ("demand", "served", "diverted_out", "diverted_in", "unmet", "waiting", "in_care"):
        assert getattr(record, name).min(initial=0) >= 0, name


@settings(max_examples=50, deadline=None)
@given(draw=DRAW, changes=CHANGES)
def test_no_ward_takes_more_than_it_has_places_for(draw: int, changes: list[Change]) -> None:
    """Who is in care when places close stays; nobody is taken until places are free again.

    But for emergencies, for which beds of medicine are left by those whose stay was planned.
    """
    wards = wards_at(draw)
    record = simulated(wards, changes).record
    bedside = wards.of(*BEDSIDE)
    most = most_places(wards, changes)[:, bedside]
    in_places = record.in_care.copy()
    in_places[:, wards.emergency_departments] -= record.in_corridor
    in_care = in_places[:, bedside]
    assert np.all(in_care[0] <= np.maximum(most[0], wards.table.places[bedside]))
    assert np.all(in_care[1:] <= np.maximum(most[1:], in_care[:-1]))


def most_places(wards: Wards, changes: list[Change]) -> NDArray[np.float64]:
    """The most places that each ward had open in each hour."""
    capacity = np.ones(len(wards.finess))
    usual = wards.table.places * wards.table.opening_profile[wards.table.stream].T
    most = np.empty((HOURS, len(wards.finess)))
    coming = sorted(changes, key=lambda one: one.at_h)
    for hour in range(HOURS):
        most[hour] = np.floor(usual[hour] * capacity + 0.5)
        while coming and coming[0].at_h < hour + 1:
            change = coming.pop(0)
            where = slice(None) if change.ward is None else change.ward % len(wards.finess)
            capacity[where] = change.capacity
            most[hour] = np.maximum(most[hour], np.floor(usual[hour] * capacity + 0.5))
    beds = wards.of(Stream.MEDICINE)
    most[:, beds] = np.maximum(most, np.floor(usual + 0.5))[:, beds]
    return most


@settings(max_examples=30, deadline=None)
@given(draw=DRAW, changes=CHANGES)
def test_nobody_who_is_critically_ill_or_has_a_session_waits_beyond_their_patience(
    draw: int, changes: list[Change]
) -> None:
    """Looked at each whole hour: who still waits came within the patience, and at most an hour more.

    Images that are planned pile up; of those that cannot wait see `test_images.py`.
    """
    wards = wards_at(draw)
    record = simulated(wards, changes).record
    for stream in (Stream.CRITICAL_CARE, *SESSIONS):
        mine = wards.of(stream)
        if stream is Stream.IMAGING or not mine.any():
            continue
        patience_h = int(wards.table.patience_h[mine][0]) + 1
        joined = np.cumsum(record.demand[:, mine] + record.diverted_in[:, mine], axis=0)
        since = np.vstack([np.zeros((min(patience_h, HOURS), mine.sum())), joined])[:HOURS]
        assert np.all(record.waiting[:, mine] <= joined - since)


@settings(max_examples=30, deadline=None)
@given(draw=DRAW)
def test_a_region_without_places_takes_nobody(draw: int) -> None:
    wards = wards_at(draw)
    record = simulated(wards, [Change(0.0, 0.0)]).record
    assert record.served[:, wards.of(*BEDSIDE)].sum() == 0
    assert record.diverted_out.sum() == record.moved_on_out.sum(), "only who has waited in vain goes on"
    # Sessions that were begun in the first hour are held.
    assert record.served[1:, wards.of(*SESSIONS)].max(initial=0) <= 1


@settings(max_examples=30, deadline=None)
@given(draw=DRAW, changes=CHANGES)
def test_who_comes_does_not_depend_on_what_happens_to_capacity(draw: int, changes: list[Change]) -> None:
    """But that clinicians ask for fewer analyses where few can be made."""
    wards = wards_at(draw)
    calm, troubled = simulated(wards, []).record, simulated(wards, changes).record
    for stream in (*EMERGENCY, Stream.SURGERY_SCHEDULED, Stream.MATERNITY, *SESSIONS):
        mine = wards.of(stream)
        usual, asked = calm.demand[:, mine], troubled.demand[:, mine]
        if stream is Stream.LABORATORY:
            assert np.all(asked.cumsum(axis=0) <= usual.cumsum(axis=0))
        else:
            assert np.array_equal(usual, asked)
    assert np.array_equal(calm.by_condition["came"], troubled.by_condition["came"])


@settings(max_examples=30, deadline=None)
@given(draw=DRAW, changes=CHANGES)
def test_each_patient_comes_then_is_taken_then_leaves(draw: int, changes: list[Change]) -> None:
    wards = wards_at(draw)
    luck = Luck(3, draw)
    arrivals: Arrivals = draw_arrivals(wards, load_parameters(), luck)
    history = simulated(wards, changes, luck).record.history
    taken_h, left_h, how = history["taken_h"], history["left_h"], history["exit"]
    taken, left = ~np.isnan(taken_h), ~np.isnan(left_h)
    assert np.all(arrivals.came_h[taken] <= taken_h[taken])
    assert np.all(taken_h[taken & left] <= left_h[taken & left])
    assert np.array_equal(left, how != 0)
    assert np.all(np.isin(how[left], list(Exit)))
    never = left & ~taken & (arrivals.came_h >= 0.0)
    assert np.all(how[never] == Exit.UNMET), "who leaves without having been taken is unmet"


@settings(max_examples=20, deadline=None)
@given(draw=DRAW, changes=CHANGES, every=st.integers(1, 3))
def test_a_record_does_not_depend_on_when_care_is_simulated(
    draw: int, changes: list[Change], every: int
) -> None:
    """Day by day or in one go: a change takes effect at its own instant, not when the clock looks."""
    wards = wards_at(draw)
    daily, at_once = (
        simulated(wards, changes),
        Care(Environment(), wards, load_parameters(), Luck(1, 0), history=True),
    )
    for change in sorted(changes, key=lambda one: one.at_h):
        which = range(len(wards.finess)) if change.ward is None else [change.ward % len(wards.finess)]
        for ward in which:
            factors = np.array([[change.capacity, change.longer, *INTACT[2:]]])
            at_once.changes.append((change.at_h, np.array([ward]), factors))
    for hour in range(0, HOURS, every):
        at_once._advance(hour)
    at_once.finish()
    for name in Record._fields:
        assert getattr(daily.record, name).tobytes() == getattr(at_once.record, name).tobytes(), name


def test_an_hour_records_the_capacity_at_its_beginning() -> None:
    wards = wards_at(3)
    record = simulated(wards, [Change(30.5, 0.25, ward=0)]).record
    assert record.capacity_share[:31, 0].tolist() == [1.0] * 31
    assert record.capacity_share[31:, 0].tolist() == [0.25] * (HOURS - 31)
    assert np.all(record.capacity_share[:, 1:] == 1.0)


def test_longer_stays_fill_a_department_and_hours_on_diversion_are_recorded() -> None:
    wards = next(
        wards
        for draw in range(40)
        if (wards := wards_at(draw)).table.hourly[wards.of(Stream.EMERGENCY_ADULT)].sum() > 2
    )
    department = int(np.flatnonzero(wards.of(Stream.EMERGENCY_ADULT) & (wards.table.hourly > 0))[0])
    calm = simulated(wards, []).record
    slow = simulated(wards, [Change(24.0, 1.0, 3.0, ward=department)]).record
    calm_h, slow_h = (one.diversion_h[:, wards.table.emergency_number[department]] for one in (calm, slow))
    assert slow_h.sum() > max(24, 2 * calm_h.sum())
    assert slow.diversion_h.max() <= 1.0 + 1e-6
    assert slow.unmet[:, department].sum() > calm.unmet[:, department].sum()


@pytest.mark.parametrize("stream", [Stream.IMAGING, Stream.LABORATORY])
def test_emergency_patients_wait_for_images_and_samples(stream: Stream) -> None:
    """Where images or analyses wait, so do the emergency patients who need one: they stay longer in their boxes."""
    wards = next(
        wards
        for draw in range(40)
        if {stream, Stream.EMERGENCY_ADULT} <= set((wards := wards_at(draw)).stream)
        and wards.table.imaging.max() >= 0
        and wards.table.laboratory.max() >= 0
    )
    department = int(np.flatnonzero(wards.table.laboratory >= 0)[0])
    maker = int(
        wards.table.imaging[department] if stream is Stream.IMAGING else wards.table.laboratory[department]
    )
    calm, without = simulated(wards, []).record, simulated(wards, [Change(24.0, 0.2, ward=maker)]).record
    busy = slice(48, None)
    assert without.in_care[busy, department].mean() > 1.05 * calm.in_care[busy, department].mean()
