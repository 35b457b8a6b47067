"""First signs: where and when care gave way first, in the crises in which it did not hold.

Not the deadline of a threshold, but a moment at which something happened at a site: doors shut or planned care stopped
by decision, else systems or a shared service lost.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
    """The first sign of each broken replication of a part, and its hour."""
    replications, (codes, names) = rows.of("replication").astype(np.intp), rows.codes_of("finess")
    decided, lost = _earliest(rows, DECIDED), _earliest(rows, LOST)
    last = int(replications[-1]) + 1
    is_decided = np.bincount(replications, np.isfinite(decided[0]), last) > 0
    hours, signs = (np.where(is_decided[replications], *both) for both in zip(decided, lost, strict=True))
    # The earliest of each replication comes first in this order; of equals, that of the first site.
    order = np.lexsort((codes, hours, replications))
    firsts = order[np.unique(replications[order], return_index=True)[1]]
    for row in firsts[np.isfinite(hours[firsts]) & broken[replications[firsts]]]:
        yield (names[codes[row]], (*DECIDED, *LOST)[int(signs[row])]), float(hours[row])


def _earliest(rows: Rows, signs: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Of each row the earliest of these hours, infinite where none is given, and the number of its column."""
    hours = np.array([rows.of(sign) for sign in signs])
    hours[np.isnan(hours)] = np.inf
    return hours.min(axis=0), hours.argmin(axis=0) + (*DECIDED, *LOST).index(signs[0])
