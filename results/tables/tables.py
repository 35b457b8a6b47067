"""Tables: outcomes as rows of the Arrow tables, in ascending order of replication.

The hours are laid out by numpy and Arrow: 300,000 rows per replication are too many for a loop.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from typing import Any, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.tables.arrays import array_of, days, empty_table, instants, labels_coded, numbers, values_of
from results.tables.schema import SCHEMAS, TableName
from simulation.inputs.clock import PARIS
from simulation.outcome.columns import Instants, Rows
from simulation.outcome.communes import CommuneTotals
from simulation.outcome.establishment_hours import EstablishmentHours
from simulation.outcome.records import Hours, Outcome

FIRST_DAY = date(1970, 1, 1)
"""That from which Arrow counts days."""


def tables_of(outcomes: Sequence[Outcome]) -> dict[TableName, pa.Table]:
    """The rows of these outcomes: by replication, then by establishment, by hour and group, or by event."""
    ordered = sorted(outcomes, key=lambda outcome: outcome.replication.replication)
    hourly = {
        name: table_of(ordered) if ordered else empty_table(SCHEMAS[name])
        for name, table_of in HOURLY.items()
    }
    return {**record_tables(ordered), **hourly}


def record_tables(ordered: Sequence[Outcome]) -> dict[TableName, pa.Table]:
    """All whose rows are no hours, of outcomes in ascending order."""
    return {
        "replications": _records_table([outcome.replication for outcome in ordered], SCHEMAS["replications"]),
        "establishments": _rows_table([one.establishments for one in ordered], SCHEMAS["establishments"]),
        "departments": departments_table(ordered) if ordered else empty_table(SCHEMAS["departments"]),
        "communes": communes_table(ordered) if ordered else empty_table(SCHEMAS["communes"]),
        "timeline": _rows_table([one.timeline for one in ordered], SCHEMAS["timeline"]),
        "parameters": parameters_table(ordered) if ordered else empty_table(SCHEMAS["parameters"]),
    }


def _records_table(records: Sequence[object], schema: pa.Schema) -> pa.Table:
    if not records:
        return empty_table(schema)
    columns = zip(*map(attrgetter(*schema.names), records), strict=True)
    arrays = [array_of(values, arrow_type) for values, arrow_type in zip(columns, schema.types, strict=True)]
    return pa.table(arrays, schema=schema)


def _rows_table(every: Sequence[Rows[Any]], schema: pa.Schema) -> pa.Table:
    """The rows of each replication, in their order."""
    arrays = [_column([rows.columns[field.name] for rows in every], field.type) for field in schema]
    return pa.table(arrays, schema=schema)


def _column(every: Sequence[Sequence[Any]], arrow_type: pa.DataType) -> pa.Array:
    """The values of each replication, one after the other."""
    if pa.types.is_timestamp(arrow_type):
        return instants(cast("Sequence[Instants]", every), arrow_type)
    return array_of([value for values in every for value in values], arrow_type)


def hours_table(ordered: Sequence[Outcome]) -> pa.Table:
    """One row per hour and group: within an hour, groups are in ascending order, as in `Hours`."""
    all_hours = [outcome.hours for outcome in ordered]
    shapes = [hours.demand.shape for hours in all_hours]
    lengths = [hours for hours, _ in shapes]
    ordinals = [outcome.replication.replication for outcome in ordered]
    columns: dict[str, pa.Array] = {
        "replication": numbers(
            np.repeat(np.array(ordinals, np.int32), [hours * groups for hours, groups in shapes])
        ),
        "hour": numbers(np.concatenate([np.repeat(hours.hour, len(hours.groups)) for hours in all_hours])),
        "day": days(np.concatenate([np.repeat(_days(one), len(one.hours.groups)) for one in ordered])),
        "stands_for_h": numbers(
            np.concatenate([np.repeat(hours.stands_for_h, len(hours.groups)) for hours in all_hours])
        ),
        "ght": _labels([[territory for territory, _ in hours.groups] for hours in all_hours], lengths),
        "stream": _labels([[stream for _, stream in hours.groups] for hours in all_hours], lengths),
    }
    schema = SCHEMAS["hours"]
    arrays = [columns[name] if name in columns else _measure(all_hours, name) for name in schema.names]
    return pa.table(arrays, schema=schema)


def establishment_hours_table(ordered: Sequence[Outcome]) -> pa.Table:
    """One row per establishment and hour, so that what changes little from one to the next stands together."""
    all_hours = [outcome.establishment_hours for outcome in ordered]
    ordinals = np.array([outcome.replication.replication for outcome in ordered], np.int32)
    columns: dict[str, pa.Array] = {
        "replication": numbers(np.repeat(ordinals, [hours.ed_waiting.size for hours in all_hours])),
        "finess": _labels(
            [hours.finess for hours in all_hours], [len(hours.hour) for hours in all_hours], np.repeat
        ),
        "hour": numbers(np.concatenate([np.tile(hours.hour, len(hours.finess)) for hours in all_hours])),
        "stands_for_h": numbers(
            np.concatenate([np.tile(hours.stands_for_h, len(hours.finess)) for hours in all_hours])
        ),
    }
    schema = SCHEMAS["establishment_hours"]
    arrays = [columns[name] if name in columns else _measure(all_hours, name) for name in schema.names]
    return pa.table(arrays, schema=schema)


HOURLY: Mapping[TableName, Callable[[Sequence[Outcome]], pa.Table]] = {
    "hours": hours_table,
    "establishment_hours": establishment_hours_table,
}
"""The tables whose rows are hours: of each, all rows of one replication fill megabytes."""


def _days(outcome: Outcome) -> NDArray[np.int32]:
    """The day of each followed hour, by the clock of Paris, since 1 January 1970."""
    if not len(outcome.hours.hour):
        return np.empty(0, np.int32)
    return _days_from(outcome.start, int(outcome.hours.hour[-1]) + 1)[outcome.hours.hour]


@lru_cache(maxsize=4)
def _days_from(start: datetime, hours: int) -> NDArray[np.int32]:
    begins = start.astimezone(UTC)  # in which all hours are as long
    dates = ((begins + timedelta(hours=hour)).astimezone(PARIS).date() for hour in range(hours))
    return np.array([(each - FIRST_DAY).days for each in dates], np.int32)


def communes_table(ordered: Sequence[Outcome]) -> pa.Table:
    """One row per commune: within a replication, in ascending order of their codes."""
    all_totals = [outcome.communes for outcome in ordered]
    counts = [len(totals.codes) for totals in all_totals]
    ordinals = np.array([outcome.replication.replication for outcome in ordered], np.int32)
    once = [1] * len(ordered)
    columns: dict[str, pa.Array] = {
        "replication": numbers(np.repeat(ordinals, counts)),
        "commune": _labels([totals.codes for totals in all_totals], once),
        "department": _labels([totals.departments for totals in all_totals], once),
    }
    schema = SCHEMAS["communes"]
    arrays = [columns[name] if name in columns else _measure(all_totals, name) for name in schema.names]
    return pa.table(arrays, schema=schema)


def departments_table(ordered: Sequence[Outcome]) -> pa.Table:
    """One row per department, the sums of its communes: within a replication, in ascending order of their codes."""
    placed = [_placed(outcome.communes.departments) for outcome in ordered]
    ordinals = np.array([outcome.replication.replication for outcome in ordered], np.int32)
    columns: dict[str, pa.Array] = {
        "replication": numbers(np.repeat(ordinals, [len(names) for names, _ in placed])),
        "department": _labels([names for names, _ in placed], [1] * len(ordered)),
    }
    schema = SCHEMAS["departments"]
    for name in schema.names[len(columns) :]:
        sums = [
            np.bincount(place, getattr(outcome.communes, name), len(names))
            for outcome, (names, place) in zip(ordered, placed, strict=True)
        ]
        columns[name] = numbers(np.concatenate(sums).astype(schema.field(name).type.to_pandas_dtype()))
    return pa.table(columns, schema=schema)


@lru_cache(maxsize=4)
def _placed(departments: tuple[str, ...]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """Departments in order, and the place of that of each commune among them."""
    names = tuple(sorted(set(departments)))
    places = {name: place for place, name in enumerate(names)}
    return names, np.array([places[name] for name in departments], np.intp)


def parameters_table(ordered: Sequence[Outcome]) -> pa.Table:
    """One row per parameter that was drawn, in the order of the parameters."""
    all_drawn = [outcome.parameters for outcome in ordered]
    ordinals = np.array([outcome.replication.replication for outcome in ordered], np.int32)
    values = np.fromiter((value for drawn in all_drawn for value in drawn.values()), np.float64)
    columns = [
        numbers(np.repeat(ordinals, [len(drawn) for drawn in all_drawn])),
        _labels([tuple(drawn) for drawn in all_drawn], [1] * len(ordered)),
        numbers(values),
    ]
    return pa.table(columns, schema=SCHEMAS["parameters"])


def _labels(
    all_labels: Sequence[Sequence[str]], times: Sequence[int], over: Callable[..., Any] = np.tile
) -> pa.Array:
    """The label of each row: those of each replication, so many times over; one after the other by `np.repeat`."""
    known = sorted({label for labels in all_labels for label in labels})
    codes = {label: code for code, label in enumerate(known)}
    rows = [
        over(np.array([codes[label] for label in labels], np.int32), count)
        for labels, count in zip(all_labels, times, strict=True)
    ]
    return labels_coded(numbers(np.concatenate(rows)), known)


def _measure(all_arrays: Sequence[Hours | EstablishmentHours | CommuneTotals], name: str) -> pa.Array:
    arrays = [getattr(arrays, name).ravel() for arrays in all_arrays]
    # A worker writes the hours of one replication at a time: these need not be copied.
    return numbers(arrays[0] if len(arrays) == 1 else np.concatenate(arrays))


def no_row(schema: pa.Schema) -> pa.RecordBatch:
    """A batch without a row."""
    return pa.RecordBatch.from_arrays([pa.nulls(0, field.type) for field in schema], schema=schema)


def batches_by_replication(table: pa.Table, wanted: Sequence[int]) -> Iterator[pa.RecordBatch]:
    """The rows of each of these replications, in their order; one without a row gives an empty batch."""
    columns = [column.combine_chunks() for column in table.columns]
    whole = pa.RecordBatch.from_arrays(columns, schema=table.schema)
    rows = values_of(whole.column("replication"))
    starts, stops = np.searchsorted(rows, wanted, "left"), np.searchsorted(rows, wanted, "right")
    for start, stop in zip(starts, stops, strict=True):
        yield whole.slice(start, stop - start)
