"""Harmed: whom the attack harms, by stream of care and by department, beside the same days without it."""

from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.analysis.compared.tolls import Tolls, tolls_of
from results.presentation.language import _, later, of
from results.presentation.numbers import NO_BREAK, number
from results.report.evidence import Evidence
from results.report.parts import Prose, Section, Table
from results.store.snapshot import Snapshot
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream

COUNTED: Final[Mapping[EventKind, str]] = {
    EventKind.PATIENTS_UNMET: later("Not cared for"),
    EventKind.OPERATIONS_POSTPONED: later("Operations postponed"),
    EventKind.PATIENTS_TRANSFERRED: later("Transferred to another hospital"),
    EventKind.AMBULANCES_DIVERTED: later("Ambulances diverted"),
}
"""What harms, the gravest first."""
LOW_HIGH = (0.05, 0.95)


def harmed(evidence: Evidence) -> Section:
    """Streams, then departments: ranges of what is added, never a total."""
    title = _("Who is harmed")
    read = _(
        "What is added to the same days without it. Range: nine crises in ten are within it. A negative number: "
        "fewer than without it, as where patients went elsewhere or stayed away, or where operations put off left "
        "their beds to others. That is never a gain."
    )
    streams, departments = tuple(_streams(evidence)), tuple(_departments(evidence))
    parts: list[Prose | Table] = [Prose(sentences=(read, evidence.counted))]
    if streams:
        parts.append(Table(caption=_("By stream of care, in patients"), headings=_headings(), rows=streams))
    if departments:
        parts.append(
            Table(
                caption=_("By department where people live: emergency patients not taken into care"),
                headings=_headings(),
                rows=departments,
            )
        )
    return Section(anchor="harmed", title=title, parts=tuple(parts))


def _headings() -> tuple[str, ...]:
    return (_("who"), _("without it"), _("median"), _("range"), _("worst"))


def _streams(evidence: Evidence) -> Iterator[tuple[str, ...]]:
    asked, ordinary = (tolls_of(some, len(evidence.told)) for some in (evidence.snapshot, evidence.twin))
    for kind, heading in COUNTED.items():
        rows = [*_of_kind(evidence, kind, asked, ordinary)]
        if rows:
            yield (_(heading),)
            yield from rows


def _of_kind(evidence: Evidence, kind: EventKind, asked: Tolls, ordinary: Tolls) -> Iterator[tuple[str, ...]]:
    """The streams to which it adds something in any crisis."""
    shown = evidence.told
    for stream in Stream:
        calm = ordinary.of(kind, stream)[shown]
        added = asked.of(kind, stream)[shown] - calm
        if added.any():
            yield _row(of(stream.label), calm, added)


def _row(name: str, calm: NDArray[np.float64], added: NDArray[np.float64]) -> tuple[str, ...]:
    low, high = np.quantile(added, LOW_HIGH).tolist()
    spread = _("{low} to {high}").format(low=_signed(low), high=_signed(high))
    return (
        name,
        number(float(np.median(calm))),
        _signed(float(np.median(added))),
        spread,
        _signed(added.max()),
    )


def _signed(value: float) -> str:
    rounded = round(value)
    return f"{'−' if rounded < 0 else '+'}{NO_BREAK}{number(abs(rounded))}" if rounded else "0"


def _departments(evidence: Evidence) -> Iterator[tuple[str, ...]]:
    """Those of the region, where it says where people live."""
    asked, ordinary = _by_department(evidence.snapshot), _by_department(evidence.twin)
    shown = np.flatnonzero(evidence.told)
    for name in sorted(asked):
        calm = ordinary[name][shown]
        yield _row(name, calm, asked[name][shown] - calm)


def _by_department(snapshot: Snapshot) -> dict[str, NDArray[np.float64]]:
    """Emergency patients not taken into care, of shape (replications,); of the twin, of all that it has."""
    rows = Rows(snapshot.table("departments"))
    codes, names = rows.codes_of("department")
    numbers, unmet = rows.of("replication").astype(np.intp), rows.of("ed_visits_unmet")
    last = sum(description.replications for description in snapshot.descriptions)
    found = np.zeros((len(names), last))
    np.add.at(found, (codes, numbers), unmet)
    return dict(zip(names, found, strict=True))
