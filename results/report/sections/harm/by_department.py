"""By department: what the attack adds to the people of each department, wherever they are cared for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.presentation.language import _, later
from results.presentation.regions.departments import department_in_words
from results.report.evidence import Evidence
from results.report.parts import Table
from results.report.sections.harm.spreads import spread_headings, spread_row
from results.store.snapshot import Snapshot

COUNTED: Final[Mapping[str, str]] = {
    "ed_visits_unmet": later("Emergency patients not taken into care"),
    "stays_unmet": later("Critically ill patients for whom no bed was found in time"),
    "births_moved": later("Women who came to give birth, transferred to another maternity"),
    "surgeries_backlog": later("Planned operations still waiting at the end"),
    "sessions_lost": later("Sessions, images and samples that never took place"),
}
"""Columns of the departments table, the gravest first."""
PATIENTS, DELAY = "time_critical_taken", "time_critical_delay_min"
"""Those whose minutes count, and their minutes."""


@dataclass(frozen=True, slots=True)
class People:
    """What befell the people of each department, by column: of shape (departments, replications)."""

    departments: Sequence[str]
    counted: Mapping[str, NDArray[np.float64]]


def departments(evidence: Evidence) -> Iterator[Table]:
    """One table, where the region says where people live; what no crisis changes is left out."""
    asked, ordinary = (_people(some, len(evidence.told)) for some in (evidence.snapshot, evidence.twin))
    shown = np.flatnonzero(evidence.told)
    rows = [*_counts(asked, ordinary, shown), *_delays(asked, ordinary, shown)]
    if rows:
        caption = _("By department where people live, wherever they are cared for")
        yield Table(caption=caption, headings=spread_headings(), rows=tuple(rows))


def _counts(asked: People, ordinary: People, shown: NDArray[np.intp]) -> Iterator[tuple[str, ...]]:
    for column, heading in COUNTED.items():
        calm = ordinary.counted[column][:, shown]
        added = asked.counted[column][:, shown] - calm
        if added.any():
            yield (_(heading),)
            for department, before, more in zip(asked.departments, calm, added, strict=True):
                yield spread_row(department_in_words(department), before, more)


def _delays(asked: People, ordinary: People, shown: NDArray[np.intp]) -> Iterator[tuple[str, ...]]:
    """The mean delay of a time-critical patient, over the crises in which there was one on either side."""
    rows = []
    for place, department in enumerate(asked.departments):
        patients = [side.counted[PATIENTS][place, shown] for side in (asked, ordinary)]
        minutes = [side.counted[DELAY][place, shown] for side in (asked, ordinary)]
        some = (patients[0] > 0.0) & (patients[1] > 0.0)
        mean, calm = (sums[some] / count[some] for sums, count in zip(minutes, patients, strict=True))
        if some.any() and not np.array_equal(mean, calm):
            rows.append(spread_row(department_in_words(department), calm, mean - calm, 1))
    if rows:
        yield (_("Minutes that a time-critical patient loses, on average"),)
        yield from rows


def _people(snapshot: Snapshot, replications: int) -> People:
    """Of the first replications."""
    columns = (*COUNTED, PATIENTS, DELAY)
    parts = snapshot.parts("departments", ("replication", "department", *columns), replications)
    rows = Rows(pa.concat_tables(parts))
    codes, names = rows.codes_of("department")
    order = np.argsort(names)
    shape = (len(names), replications)
    where = (np.argsort(order)[codes], rows.of("replication").astype(np.intp))
    return People(
        [names[place] for place in order], {name: _laid(rows.of(name), where, shape) for name in columns}
    )


def _laid(
    values: NDArray[np.float64], where: tuple[NDArray[np.intp], NDArray[np.intp]], shape: tuple[int, int]
) -> NDArray[np.float64]:
    """A column as a table of departments and replications."""
    found = np.zeros(shape)
    found[where] = values
    return found
