"""Departments: what emergency care was to the people of each, near and far, on the average of a campaign."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.store.snapshot import Snapshot

SUMMED = (
    "ed_visits",
    "ed_visits_unmet",
    "ed_journey_min",
    "ed_added_min",
    "ed_beyond_30",
    "time_critical_taken",
    "time_critical_journey_min",
    "time_critical_delay_min",
    "time_critical_beyond_30",
    "time_critical_beyond_45",
)
"""Columns of the departments table."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """The people of one department, over all replications; means and shares are over its patients."""

    department: str
    ed_visits: float
    """Emergency patients in a replication."""
    ed_unmet_share: float | None
    ed_journey_min: float | None
    ed_added_min: float | None
    ed_beyond_30_share: float | None
    time_critical_journey_min: float | None
    time_critical_delay_min: float | None
    time_critical_beyond_30_share: float | None
    time_critical_beyond_45_share: float | None


def departments_of(snapshot: Snapshot) -> tuple[Department, ...]:
    """The departments of a campaign, in order; none where its region does not say where people live."""
    rows = Rows(snapshot.table("departments", ["department", *SUMMED]))
    codes, names = rows.codes_of("department")
    sums = np.array([np.bincount(codes, rows.of(name), len(names)) for name in SUMMED])
    summed = dict(zip(names, sums.T, strict=True))
    replications = sum(description.replications for description in snapshot.descriptions)
    return tuple(_department(name, summed[name], replications) for name in sorted(summed))


def _department(name: str, summed: NDArray[np.float64], replications: int) -> Department:
    of = dict(zip(SUMMED, summed.tolist(), strict=True))

    def over(column: str, patients: str) -> float | None:
        return of[column] / of[patients] if of[patients] else None

    return Department(
        department=name,
        ed_visits=of["ed_visits"] / replications,
        ed_unmet_share=over("ed_visits_unmet", "ed_visits"),
        ed_journey_min=over("ed_journey_min", "ed_visits"),
        ed_added_min=over("ed_added_min", "ed_visits"),
        ed_beyond_30_share=over("ed_beyond_30", "ed_visits"),
        time_critical_journey_min=over("time_critical_journey_min", "time_critical_taken"),
        time_critical_delay_min=over("time_critical_delay_min", "time_critical_taken"),
        time_critical_beyond_30_share=over("time_critical_beyond_30", "time_critical_taken"),
        time_critical_beyond_45_share=over("time_critical_beyond_45", "time_critical_taken"),
    )
