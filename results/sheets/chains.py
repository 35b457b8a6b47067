"""Chains: on what each establishment's own care turned, and what its patients met, replication by replication.

Each event of care names what led to it, step by step back to a first act. Of these steps count what the establishment
leans on: the applications that were down there and cost the stream something, and the services and establishments at
the other end of its links of information systems. Where patients of others overload it, the chain ends there: that is
its neighbour's failure, not its own. What comes of ordinary life alone is left out, and so are sessions, examinations
and calls, which are counted by the hour.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from results.store.snapshot import Snapshot
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream, WardKind

COLUMNS: Final = ("replication", "event", "cause", "finess", "kind", "detail", "patients")
OF_OTHERS: Final = frozenset({EventKind.ED_OVERLOADED, EventKind.CRITICAL_CARE_FULL})
"""States of care to which another establishment's patients may lead."""
WARDS: Final[Mapping[str, Stream]] = {
    str(stream): stream for stream in Stream if stream.kind not in {WardKind.SESSIONS, WardKind.CALLS}
}
"""Streams whose patients lie, wait or are operated on, one by one."""
KINDS: Final[Mapping[str, EventKind]] = {str(kind): kind for kind in EventKind}

Thing = tuple[str | None, str]
"""An application of an establishment, or a service or establishment, which is nobody's own."""
ByReplication = Counter[int]
"""Patients, by the number of the replication."""


@dataclass(frozen=True, slots=True)
class Chains:
    """What was followed, by establishment."""

    met: dict[str, dict[EventKind, ByReplication]] = field(default_factory=dict)
    """Patients whom events of each kind count, of what the crisis led to there."""
    turned_on: dict[str, dict[str, ByReplication]] = field(default_factory=dict)
    """Those at the ends of chains that run over an application, a service or another establishment."""


def chains_in(
    snapshot: Snapshot,
    replications: int,
    costs: Iterable[Mapping[str, Any]],
    linked: Mapping[str, Container[str]],
) -> Chains:
    """Those of the first replications; `linked` are the nodes at the other end of each establishment's links."""
    costly = {(each["application"], each["stream"]) for each in costs}
    found = Chains()
    for part in snapshot.parts("timeline", COLUMNS, replications):
        numbers = part.column("replication").to_numpy()
        for number in np.unique(numbers).tolist():
            first, last = np.searchsorted(numbers, [number, number + 1]).tolist()
            rows = part.slice(first, last - first)
            _follow(number, [rows.column(name).to_pylist() for name in COLUMNS[2:]], found, costly, linked)
    return found


def _follow(
    number: int,
    columns: list[list[Any]],
    found: Chains,
    costly: set[tuple[str, str]],
    linked: Mapping[str, Container[str]],
) -> None:
    """All events of one replication, in order of time."""
    over: list[frozenset[Thing] | None] = []
    """What the chain to each event so far runs over; `None` of what comes of ordinary life."""
    where: list[str | None] = []
    for cause, finess, kind, detail, patients in zip(*columns, strict=True):
        before = frozenset[Thing]() if cause is None else over[cause]
        where.append(finess)
        if before is None or kind == EventKind.ORDINARY_LIFE:
            over.append(None)
            continue
        if kind in OF_OTHERS and cause is not None and where[cause] != finess:
            before = frozenset()
        things = before | _own(finess, kind, detail)
        over.append(things)
        stream = detail.split()[-1] if detail else ""
        if patients and finess is not None and stream in WARDS:
            kinds = found.met.setdefault(finess, {})
            kinds.setdefault(KINDS[kind], Counter())[number] += patients
            for thing in _counted(things, finess, stream, costly, linked.get(finess, ())):
                found.turned_on.setdefault(finess, {}).setdefault(thing, Counter())[number] += patients


def _own(finess: str | None, kind: str, detail: str) -> frozenset[Thing]:
    """What an event adds to the chains that run over it."""
    if finess is None:
        return frozenset({(None, detail.split(" ", 1)[0])})
    things: set[Thing] = {(None, finess)}
    if kind == EventKind.APPLICATIONS_DOWN:
        things |= {(finess, application) for application in detail.split(", ")}
    return frozenset(things)


def _counted(
    things: frozenset[Thing],
    finess: str,
    stream: str,
    costly: set[tuple[str, str]],
    linked: Container[str],
) -> set[str]:
    """Of these, its own applications that cost the stream something, and what it is linked to."""
    return {
        name
        for whose, name in things
        if (whose == finess and (name, stream) in costly) or (whose is None and name in linked)
    }


def median_of(patients: ByReplication) -> float:
    """The median over the replications in which there were any."""
    values: NDArray[np.float64] = np.array([*patients.values()], np.float64)
    return float(np.median(values))
