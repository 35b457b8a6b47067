"""Groups: a territory and a stream, of which every hour of a replication has a row each.

Where parameters are drawn, very small wards come and go with those by which they are derived, and so do the groups that
have no other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.tables.arrays import labels, numbers, values_of

OF_GROUP = ("ght", "stream")


@dataclass(frozen=True, slots=True)
class Groups:
    """The groups of some replications, and which of them each has."""

    keys: pa.Table
    """The keys of all groups, hour by hour."""
    count: int
    own: tuple[NDArray[np.intp], ...] = ()
    """The places of those of each replication among them; of none where all have the same."""

    @classmethod
    def of(cls, keys: pa.Table, others: Iterable[pa.Table]) -> Self:
        """Those of the first replication, then those that only others have."""
        first = _names(keys)
        found = [first, *map(_names, others)]
        if all(names == first for names in found):
            return cls(keys, len(first))
        places = {name: place for place, name in enumerate(dict.fromkeys(chain.from_iterable(found)))}
        own = tuple(np.array([places[name] for name in names], np.intp) for names in found)
        return cls(_in_every_hour(keys, len(first), list(places)), len(places), own)

    def placed(self, number: int, values: NDArray[np.generic], missing: float) -> NDArray[np.generic]:
        """A measure of one replication, of all groups hour by hour; `missing` of those that it has not."""
        if not self.own:
            return values
        mine = self.own[number]
        whole = np.full((len(values) // len(mine), self.count), missing, values.dtype)
        whole[:, mine] = values.reshape(len(whole), -1)
        return whole.reshape(-1)


def _names(keys: pa.Table) -> list[tuple[str | None, str]]:
    """The territory and the stream of each row of the first hour."""
    if not keys.num_rows:
        return []
    hour = values_of(keys.column("hour").combine_chunks())
    first = keys.slice(0, int(np.searchsorted(hour, hour[0], side="right")))
    return list(zip(*(first.column(name).to_pylist() for name in OF_GROUP), strict=True))


def _in_every_hour(keys: pa.Table, count: int, names: list[tuple[str | None, str]]) -> pa.Table:
    """The keys of these groups in every hour of some keys, of which each hour has so many."""
    hours = keys.num_rows // count
    starts = np.repeat(np.arange(hours) * count, len(names))
    columns = {
        name: keys.column(name).take(numbers(starts)) for name in keys.schema.names if name not in OF_GROUP
    }
    columns |= {
        name: pa.chunked_array([labels([group[place] for group in names] * hours)])
        for place, name in enumerate(OF_GROUP)
    }
    return pa.table([columns[name] for name in keys.schema.names], names=keys.schema.names)
