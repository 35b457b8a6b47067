"""Rows say what the outcomes said."""

from dataclasses import asdict, replace
from datetime import datetime

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.tables.arrays import array_of
from results.tables.schema import ARROW_TYPES
from results.tables.tables import batches_by_replication, tables_of
from tests.results.synthetic import START, outcome, outcomes


def test_a_row_holds_what_the_record_held_and_null_for_none() -> None:
    some = outcomes(range(20))
    rows = tables_of(some)["replications"].to_pylist()
    for row, one in zip(rows, some, strict=True):
        assert row == asdict(one.replication)
    assert None in [row["regional_cell_h"] for row in rows]


def test_an_event_keeps_its_instant_to_the_millisecond() -> None:
    events = [event for one in outcomes(range(10)) for event in one.timeline]
    rows = tables_of(outcomes(range(10)))["timeline"].to_pylist()
    for event, row in zip(events, rows, strict=True):
        assert 0 <= (event.at - row["at"]).total_seconds() < 0.001
        assert row["at"].utcoffset() == START.utcoffset()


def test_hours_come_by_replication_then_hour_then_group() -> None:
    rows = tables_of(outcomes([2, 0, 1]))["hours"].to_pylist()
    order = [(row["replication"], row["hour"], row["ght"], row["stream"]) for row in rows]
    assert order == sorted(order)
    assert len(order) == len(set(order)) == 3 * 5 * 9


def test_each_hour_says_its_day_by_the_clock_of_paris() -> None:
    """From 8 in the morning to noon of the same day; then over the night in which clocks are put back."""
    rows = tables_of([outcome(0)])["hours"].to_pylist()
    assert {row["day"] for row in rows} == {START.date()}
    one = outcome(0, hours=30, territories=1)
    late = replace(one, start=datetime(2026, 10, 24, 22, tzinfo=START.tzinfo))
    days = {row["hour"]: row["day"] for row in tables_of([late])["hours"].to_pylist()}
    assert [days[hour].day for hour in (0, 1, 2, 26, 27)] == [24, 24, 25, 25, 26]


def test_each_measure_of_an_hour_stands_in_the_row_of_its_group() -> None:
    hours = outcome(0).hours
    for row in tables_of([outcome(0)])["hours"].to_pylist():
        group = hours.groups.index((row["ght"], row["stream"]))
        for name in ("demand", "served", "waiting", "capacity_share"):
            assert row[name] == getattr(hours, name)[row["hour"], group]


def test_replications_of_different_shapes_share_a_table() -> None:
    some = [outcome(0, hours=2, territories=1), outcome(1, hours=3, territories=2)]
    hours = tables_of(some)["hours"]
    hours.validate(full=True)
    assert hours.num_rows == 2 * 3 + 3 * 6


def test_a_replication_without_an_event_gives_an_empty_batch() -> None:
    silent = next(number for number in range(100) if not outcome(number).timeline)
    for wanted in ([silent], [silent, silent + 1]):
        batches = list(batches_by_replication(tables_of(outcomes(wanted))["timeline"], wanted))
        assert batches[0].num_rows == 0
        assert len(batches) == len(wanted)


@given(
    st.one_of(
        st.tuples(st.just(float), st.lists(st.none() | st.floats(allow_nan=False))),
        st.tuples(st.just(int), st.lists(st.none() | st.integers(-(2**31), 2**31 - 1))),
        st.tuples(st.just(bool), st.lists(st.none() | st.booleans())),
        st.tuples(st.just(str), st.lists(st.none() | st.text())),
        st.tuples(st.just(tuple[str, ...]), st.lists(st.lists(st.text()))),
    )
)
def test_an_array_gives_back_the_values_that_it_was_made_of(case: tuple[object, list[object]]) -> None:
    python_type, values = case
    array = array_of(values, ARROW_TYPES[python_type])
    array.validate(full=True)
    assert array.type == ARROW_TYPES[python_type]
    assert array.to_pylist() == values


def test_a_count_too_large_for_its_column_is_refused() -> None:
    with pytest.raises(OverflowError):
        array_of([2**31], pa.int32())
