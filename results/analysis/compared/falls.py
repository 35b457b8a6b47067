"""Falls: when each establishment is down in each replication, by what, and when it is back.

Down is who was hit, who switched everything off by decision, and whose emergencies took no ambulances or closed by
decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.store.snapshot import Snapshot

ENDS: Final[Mapping[str, str]] = {
    "impact_h": "restored_h",
    "switched_off_h": "switched_on_h",
    "ed_shut_h": "ed_reopened_h",
}
"""Columns of `establishments` that have an hour where a site fell, and those that have one where that was over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Falls:
    """All falls of a campaign; arrays are of shape (replications, sites)."""

    sites: tuple[str, ...]
    """In ascending order."""
    begun_h: Mapping[str, NDArray[np.float64]]
    """By each of the columns of `ENDS`: when it began; not a number where it did not."""
    begins_h: NDArray[np.float64]
    """When the first of them began."""
    ends_h: NDArray[np.float64]
    """When all that had begun was over; not a number where it was not, or nothing had begun."""

    @property
    def down(self) -> NDArray[np.bool_]:
        """Who is down at any hour."""
        return ~np.isnan(self.begins_h)


def falls_in(snapshot: Snapshot) -> Falls:
    """Those of a sealed campaign."""
    rows = Rows(snapshot.table("establishments", ["replication", "finess", *ENDS, *ENDS.values()]))
    codes, labels = rows.codes_of("finess")
    replications = np.unique(rows.of("replication"), return_inverse=True)[1]
    place = np.empty(len(labels), np.intp)
    place[np.argsort(labels)] = np.arange(len(labels))
    shape = (replications.max(initial=-1) + 1, len(labels))

    def laid_out(name: str) -> NDArray[np.float64]:
        found = np.full(shape, np.nan)
        found[replications, place[codes]] = rows.of(name)
        return found

    begun = {name: laid_out(name) for name in ENDS}
    ends_h = np.full(shape, -np.inf)
    for begins, ends in ENDS.items():
        ends_h = np.where(np.isnan(begun[begins]), ends_h, np.maximum(ends_h, laid_out(ends)))
    begins_h = np.fmin.reduce([*begun.values()])
    return Falls(
        sites=tuple(sorted(labels)),
        begun_h=begun,
        begins_h=begins_h,
        ends_h=np.where(np.isnan(begins_h), np.nan, ends_h),
    )
