"""Harmed: whom the attack harms, by stream of care and by department, beside the same days without it."""

from collections.abc import Iterator, Mapping
from typing import Final

from results.analysis.compared.tolls import Tolls, tolls_of
from results.presentation.language import _, later, of
from results.report.evidence import Evidence
from results.report.parts import Prose, Section, Table
from results.report.sections.harm.by_department import departments
from results.report.sections.harm.spreads import spread_headings, spread_row
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream

COUNTED: Final[Mapping[EventKind, str]] = {
    EventKind.PATIENTS_UNMET: later("Not cared for"),
    EventKind.OPERATIONS_POSTPONED: later("Operations postponed"),
    EventKind.PATIENTS_TRANSFERRED: later("Transferred to another hospital"),
    EventKind.AMBULANCES_DIVERTED: later("Ambulances diverted"),
}
"""What harms, the gravest first."""


def harmed(evidence: Evidence) -> Section:
    """Streams, then departments: ranges of what is added, never a total."""
    title = _("Who is harmed")
    read = _(
        "What is added to the same days without it. Range: nine crises in ten are within it. A negative number: "
        "fewer than without it, as where patients went elsewhere or stayed away, or where operations put off left "
        "their beds to others. That is never a gain."
    )
    streams, people = tuple(_streams(evidence)), tuple(departments(evidence))
    parts: list[Prose | Table] = [Prose(sentences=(read, evidence.counted))]
    if streams:
        caption = _("By stream of care, in patients, operations, sessions and examinations")
        parts.append(Table(caption=caption, headings=spread_headings(), rows=streams))
    parts.extend(people)
    if people:
        parts.append(Prose(sentences=(_no_deaths(),), small=True))
    return Section(anchor="harmed", title=title, parts=tuple(parts))


def _no_deaths() -> str:
    return _(
        "Deaths are told for the region alone: what a minute costs depends on the patient's condition, and of a "
        "department only the minutes of all together are kept."
    )


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
            yield spread_row(of(stream.label), calm, added)
