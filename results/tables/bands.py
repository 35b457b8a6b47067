"""Bands: a measure of every hour over the replications, as a mean and three quantiles."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.tables.arrays import labels, labels_coded, numbers, values_of
from results.tables.schema import SCHEMAS

COUNTS: Final = ("demand", "served", "diverted_out", "unmet", "waiting", "in_care")
"""Those of the region are the sums of its territories."""
MEASURES: Final = (*COUNTS, "capacity_share")
"""Columns of the hours table."""
KEYS: Final = ("hour", "day", "stands_for_h", "ght", "stream")
SHARES: Final = (0.05, 0.5, 0.95)

REPLICATIONS: Final = 200
"""Of how many, at most: the rank of P5 is then known to 1.5 in a hundred, and memory does not grow with a campaign."""

SORTED_AT_ONCE = 4096
"""Cells whose replications lie side by side while they are sorted."""


@dataclass(frozen=True, slots=True)
class Cells:
    """Some hours of a campaign, with every territory and stream in each: the same in all its replications."""

    rows: slice
    """The rows of a replication that are theirs."""
    known: Mapping[str, pa.Array]
    """Their keys."""
    streams: list[str]
    """Those that occur, in alphabetical order."""
    groups: NDArray[np.intp]
    """The stream of each group of an hour, as a place among these."""

    def of_region(self, values: NDArray[np.generic]) -> NDArray[np.int32]:
        """Sums over the territories; values of shape (replications, rows) become (replications, hours * streams)."""
        by_hour = values.reshape(len(values), -1, len(self.groups))
        sums = [by_hour[:, :, self.groups == stream].sum(axis=2) for stream in range(len(self.streams))]
        return np.stack(sums, axis=2, dtype=np.int32).reshape(len(values), -1)

    def keys_of_region(self) -> dict[str, pa.Array]:
        """The keys of such sums."""
        hours = len(self.known["hour"]) // len(self.groups)
        starts = numbers(np.repeat(np.arange(hours) * len(self.groups), len(self.streams)))
        codes = numbers(np.tile(np.arange(len(self.streams), dtype=np.int32), hours))
        return {
            **{name: self.known[name].take(starts) for name in KEYS[:3]},
            "ght": labels([None] * len(codes)),
            "stream": labels_coded(codes, self.streams),
        }


def blocks(keys: pa.Table, most: int) -> Iterator[Cells]:
    """The cells of one replication, as many whole hours at a time as have at most so many rows."""
    if not keys.num_rows:
        return
    hour = values_of(keys.column("hour").combine_chunks())
    groups = int(np.searchsorted(hour, hour[0], side="right"))
    names = keys.column("stream").slice(0, groups).to_pylist()
    streams = sorted(set(names))
    step = groups * max(1, most // groups)
    for first in range(0, keys.num_rows, step):
        some = keys.slice(first, step)
        yield Cells(
            rows=slice(first, first + some.num_rows),
            known={name: _one(some.column(name)) for name in KEYS},
            streams=streams,
            groups=np.array([streams.index(name) for name in names], np.intp),
        )


def bands_of(cells: Cells, measure: str, values: NDArray[np.generic]) -> pa.Table:
    """The bands of one measure, of values of shape (replications, rows): first those of the region."""
    keys: Mapping[str, pa.Array] = cells.known
    found = _statistics(values)
    if measure in COUNTS:
        region = cells.keys_of_region()
        keys = {name: _one(pa.chunked_array([region[name], keys[name]])) for name in KEYS}
        found = np.concatenate([_statistics(cells.of_region(values)), found], axis=1)
    mean, low, median, high = map(numbers, found)
    replications, rows = len(values), len(mean)
    columns = {
        **keys,
        "measure": labels([measure] * rows),
        "mean": mean,
        "p05": low,
        "p50": median,
        "p95": high,
        "replications": numbers(np.full(rows, replications, np.int32)),
    }
    schema = SCHEMAS["hours_bands"]
    return pa.table([columns[name] for name in schema.names], schema=schema)


def _statistics(values: NDArray[np.generic]) -> NDArray[np.float64]:
    """The mean of each column and its quantiles, interpolated between neighbours; of shape (1 + SHARES, columns)."""
    count, columns = values.shape
    found = np.zeros((1 + len(SHARES), columns))
    for first in range(0, columns, SORTED_AT_ONCE):
        some = slice(first, first + SORTED_AT_ONCE)
        beside = np.ascontiguousarray(values[:, some].T)
        if not beside.any():  # of what is rare, most hours
            continue
        beside.sort(axis=1)
        found[0, some] = beside.mean(axis=1, dtype=np.float64)
        for row, share in enumerate(SHARES, 1):
            at = share * (count - 1)
            below = int(at)
            lower = beside[:, below].astype(np.float64)
            found[row, some] = lower + (at - below) * (beside[:, min(below + 1, count - 1)] - lower)
    return found


def _one(column: pa.ChunkedArray) -> pa.Array:
    """The column as one array, its labels in one dictionary."""
    array = column.unify_dictionaries().combine_chunks()
    return array.chunk(0) if isinstance(array, pa.ChunkedArray) else array
