"""Care keeps every patient: each is somewhere at every hour."""

from functools import cache

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.flow.arrivals import draw_arrivals
from simulation.care.flow.care import Care
from simulation.care.flow.codes import Where
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.engine.random_streams import Luck
from simulation.inputs.streams import BEDSIDE, STREAMS
from tests.validation.care_runs import simulated
from tests.validation.one_site import DRAW, PARAMETERS
from tests.validation.random_wards import HOURS, wards_at

region_wards = cache(lambda draw: wards_at(default_rng(draw), 1 + draw % 6))


def seated(care: Care) -> NDArray[np.void]:
    """The patients who have come and are not gone."""
    state = care.state
    is_free = np.zeros(len(state.free), np.bool_)
    is_free[state.free[: state.clock.free_seats]] = True
    return state.patients[: len(state.free)][~is_free]


CHANGE = st.tuples(
    st.one_of(st.floats(0.0, HOURS - 1e-6), st.integers(0, HOURS - 1).map(float)),
    st.integers(0, 10_000),
    st.floats(0.0, 1.3),
    st.floats(1.0, 3.0),
)
"""At an instant, one of the wards: its capacity, and how much longer stays are."""


@settings(max_examples=60, deadline=None)
@given(
    region=st.integers(0, 17),
    draw=DRAW,
    changes=st.lists(CHANGE, max_size=60),
    all_fall=st.one_of(st.none(), st.tuples(st.floats(0.0, 300.0), st.floats(0.0, 1.0))),
)
def test_every_patient_of_a_region_is_somewhere(
    region: int,
    draw: int,
    changes: list[tuple[float, int, float, float]],
    all_fall: tuple[float, float] | None,
) -> None:
    wards = region_wards(region)
    count = len(wards.finess)
    shock = [
        Change(at_h, WardNumber(ward % count), capacity, longer) for at_h, ward, capacity, longer in changes
    ]
    if all_fall:
        shock += [Change(all_fall[0], WardNumber(ward), all_fall[1]) for ward in range(count)]
    care = simulated(wards, PARAMETERS, Luck(draw, 0), sorted(shock))
    record = care.record
    before = np.vstack([np.zeros((1, count), np.int64), record.waiting[:-1]])
    np.testing.assert_array_equal(
        record.demand + record.diverted_in + before,
        record.served + record.diverted_out + record.unmet + record.waiting,
    )
    for name in ("demand", "served", "diverted_out", "diverted_in", "unmet", "waiting", "in_care"):
        assert getattr(record, name).min() >= 0, name
    # Sent on = arrived + still on the road, in every hour and at the end, stream by stream.
    who = seated(care)
    come = draw_arrivals(wards, PARAMETERS, Luck(draw, 0)).came_h < HOURS
    assert len(who) == (come & np.isnan(record.history["left_h"])).sum()
    for stream in STREAMS:
        mine = wards.of(stream)
        sent, arrived = (getattr(record, f"diverted_{way}")[:, mine].sum(axis=1) for way in ("out", "in"))
        on_the_road = np.cumsum(sent - arrived)
        assert (on_the_road >= 0).all()
        last = int(
            (
                mine[who["ward"]]
                & (np.isin(who["where"], (Where.DIVERTED, Where.MOVED_ON, Where.TRANSFERRED)))
            ).sum()
        )
        assert on_the_road[-1] == last == care.state.of_ward["inbound"][mine].sum()
    # Who is in care or keeps a place is counted there, who waits is counted where he waits.
    holding = who["holds"][(who["where"] == Where.WAITING) & (who["holds"] >= 0)]
    cared_for = np.isin(who["where"], (Where.IN_CARE, Where.LEAVES_BOX, Where.IN_CHAIR))
    held = np.bincount(who["ward"][cared_for], minlength=count)
    held += np.bincount(holding, minlength=count)
    waits = np.bincount(who["ward"][who["where"] == Where.WAITING], minlength=count)
    bedside = wards.of(*BEDSIDE)
    np.testing.assert_array_equal(held[bedside], record.in_care[-1, bedside])
    np.testing.assert_array_equal(waits[bedside], record.waiting[-1, bedside])
