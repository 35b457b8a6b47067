"""First signs: where and when care gave way first, in the crises in which it did not hold.

Not the deadline of a threshold, but a moment at which something happened at a site: doors shut or planned care stopped
by decision, else systems or a shared service lost.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.store.snapshot import Snapshot

DECIDED = ("ed_shut_h", "planned_stopped_h")
LOST = ("switched_off_h", "impact_h", "service_lost_h")
"""Columns of the establishments table; the hours at which each first happened there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSign:
    """Where care gave way first most often, and how."""

    finess: str
    name: str
    sign: str
    """The column of the establishments table that says when."""
    replications: int
    share: float
    """Among the crises in which care did not hold and something of the kind happened."""
    median_h: float


Sign = tuple[str, str]
"""A site, and a column."""


def first_sign_of(
    snapshot: Snapshot, broken: NDArray[np.bool_], establishments: Mapping[str, Mapping[str, Any]]
) -> FirstSign | None:
    """Where it most often gave way first; of equals, the first by its number. `None` where it never did."""
    found = [sign for part in _parts(snapshot) for sign in _signs_of(part, broken)] if broken.any() else []
    if not found:
        return None
    counts = Counter(sign for sign, _ in found)
    (finess, sign), count = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return FirstSign(
        finess=finess,
        name=establishments[finess]["name"],
        sign=sign,
        replications=count,
        share=count / len(found),
        median_h=float(np.median([at_h for each, at_h in found if each == (finess, sign)])),
    )


def _parts(snapshot: Snapshot) -> Iterator[pa.Table]:
    return snapshot.parts("establishments", ("replication", "finess", *DECIDED, *LOST))


def _signs_of(part: pa.Table, broken: NDArray[np.bool_]) -> Iterator[tuple[Sign, float]]:
    """The first sign of each broken replication of a part, and its hour."""
    rows, names = Rows(part), part.column("finess").to_pylist()
    replications = rows.of("replication").astype(np.intp)
    columns = {sign: rows.of(sign) for sign in (*DECIDED, *LOST)}
    starts = np.flatnonzero(np.diff(replications, prepend=-1))
    for start, end in zip(starts, [*starts[1:], len(replications)], strict=True):
        if broken[replications[start]]:
            here = {sign: hours[start:end] for sign, hours in columns.items()}
            first = _first(here, DECIDED) or _first(here, LOST)
            if first is not None:
                sign, place = first
                yield (names[start + place], sign), float(here[sign][place])


def _first(columns: Mapping[str, NDArray[np.float64]], signs: Sequence[str]) -> tuple[str, int] | None:
    """The earliest of these hours: its column and its row; `None` where none is given."""
    hours = np.array([np.where(np.isnan(columns[sign]), np.inf, columns[sign]) for sign in signs])
    number, place = np.unravel_index(int(hours.argmin()), hours.shape)
    return (signs[int(number)], int(place)) if np.isfinite(hours[number, place]) else None
