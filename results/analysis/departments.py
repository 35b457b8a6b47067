"""Departments: what emergency care was to the people of each, near and far, on the average of a campaign."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.store.snapshot import Snapshot
from results.tables.arrays import values_of

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
"""Columns of the communes table."""


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
    sums: dict[str, NDArray[np.float64]] = {}
    for part in snapshot.parts("communes", ("department", *SUMMED)):
        for department, summed in _sums(part):
            sums[department] = sums.get(department, 0.0) + summed
    replications = sum(description.replications for description in snapshot.descriptions)
    return tuple(_department(name, sums[name], replications) for name in sorted(sums))


def _sums(rows: pa.Table) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """For each department of some rows, the sums of its columns, of shape (columns,)."""
    labels = rows.column("department").unify_dictionaries().combine_chunks()
    code, names = values_of(labels.indices), labels.dictionary.to_pylist()
    summed = np.array(
        [np.bincount(code, values_of(rows.column(name).combine_chunks()), len(names)) for name in SUMMED]
    )
    return zip(names, summed.T, strict=True)


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
