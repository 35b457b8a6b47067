"""First signs: where and when care gave way first, in the crises in which it did not hold.

Not the deadline of a threshold, but a moment at which something happened at a site: doors shut or planned care stopped
by decision, else systems or a shared service lost.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
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
    parts = snapshot.parts("establishments", ("replication", "finess", *DECIDED, *LOST))
    found = [sign for part in parts for sign in _signs_of(Rows(part), broken)] if broken.any() else []
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


def _signs_of(rows: Rows, broken: NDArray[np.bool_]) -> Iterator[tuple[Sign, float]]:
    """The first sign of each broken replication of a part, and its hour; what was decided before what was lost.

    Of equals, that of the first site: these stand in order of their numbers.
    """
    replications, (codes, names) = rows.of("replication").astype(np.intp), rows.codes_of("finess")
    all_hours = [rows.of(sign) for sign in (*DECIDED, *LOST)]
    row_of = [np.flatnonzero(~np.isnan(hours)) for hours in all_hours]
    row = np.concatenate(row_of)
    sign = np.repeat(np.arange(len(row_of)), [len(some) for some in row_of])
    at_h = np.concatenate([hours[some] for hours, some in zip(all_hours, row_of, strict=True)])
    order = np.lexsort((sign, row, at_h, sign >= len(DECIDED), replications[row]))
    replication, first = np.unique(replications[row][order], return_index=True)
    for place in order[first[broken[replication]]].tolist():
        yield (names[codes[row[place]]], (*DECIDED, *LOST)[sign[place]]), float(at_h[place])
