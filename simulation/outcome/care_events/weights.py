"""Weights: the event of the crisis that weighs on each ward, hour by hour; none where nothing of the crisis does.

Where a ward can do clearly less than usual it is what its site has decided of it (doors, a unit emptied, planned care
stopped), else the applications that are down there: what took most of them, and of equals the latest.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.ward_table import WardNumber
from simulation.engine.array_types import Floats, ShortNumbers
from simulation.engine.event_kinds import EventKind, Happening
from simulation.engine.nodes import Node
from simulation.engine.recovery_events import ApplicationsBack, ApplicationsDown
from simulation.inputs.streams import BEDSIDE, EMERGENCY, Stream
from simulation.response.deciding.site_events import (
    CareMoved,
    CareReturns,
    PlannedCareResumes,
    PlannedCareStops,
)

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

NOTHING = -1
"""In place of the number of an event."""
CLEARLY = 0.05
"""By definition: who loses more than this share of what they usually do can clearly do less."""
STRUCK = frozenset(
    {
        EventKind.IMPACT,
        EventKind.OUTAGE,
        EventKind.OUTAGE_EASES,
        EventKind.SWITCHED_OFF,
        EventKind.ISOLATION,
        EventKind.PARTNERS_CLOSED,
        EventKind.PLAN_BLANC_ENDS,
    }
)
"""What can cost a site capacity though no application of it is down: machines, partners, staff who rest."""
DOORS = {
    EventKind.ED_REFUSES_AMBULANCES: True,
    EventKind.ED_CLOSES: True,
    EventKind.ED_REOPENS: False,
}
UNIT = {EventKind.CRITICAL_CARE_EMPTIED: True, EventKind.CRITICAL_CARE_REOPENS: False}
WEIGHING = (
    STRUCK
    | DOORS.keys()
    | UNIT.keys()
    | {
        EventKind.CARE_MOVED,
        EventKind.CARE_RETURNS,
        EventKind.PLANNED_CARE_STOPS,
        EventKind.PLANNED_CARE_RESUMES,
        EventKind.APPLICATIONS_DOWN,
        EventKind.APPLICATIONS_BACK,
    }
)


class Happened(NamedTuple):
    """An event of a site."""

    row: int
    """The followed hour in which it happened."""
    number: int
    what: Happening


class Decision(NamedTuple):
    """Something that a site has decided of a stream."""

    row: int
    number: int
    begins: bool
    """Else it ends."""


@dataclass(frozen=True, slots=True)
class Weights:
    """By ward: the number of the event that weighs on it at the end of each followed hour; arrays of shape (hours,)."""

    by_ward: Mapping[int, ShortNumbers]
    """Wards on which nothing ever weighs are not there."""


def weights_of(trace: "Trace") -> Weights:
    """The weights of a replication; events by their numbers on the timeline of the crisis."""
    happened: dict[Node, list[Happened]] = {}
    ends_h = trace.wards.followed.hours[: len(trace.care.demand)].astype(np.float64) + 1.0
    rows = np.searchsorted(ends_h, [event.at_h for event in trace.timeline], side="right").tolist()
    for number, (row, event) in enumerate(zip(rows, trace.timeline, strict=True)):
        if event.node is not None and row < len(ends_h) and event.what.kind in WEIGHING:
            happened.setdefault(event.node, []).append(Happened(row, number, event.what))
    by_ward: dict[int, ShortNumbers] = {}
    for node, can_less in _can_less(trace, happened, ends_h):
        of_site, decided = _wards_at(trace, node), _decided(happened[node])
        if not decided and not can_less.any():
            continue
        weighing = np.where(can_less, systems_weighing(happened[node], len(ends_h)), np.int32(NOTHING))
        for one, stream in zip(weighing, of_site, strict=True):
            if stream in decided:
                _decide(decided[stream], one)
        weighs = weighing.max(axis=1) != NOTHING
        wards = zip(of_site.values(), weighing, weighs.tolist(), strict=True)
        by_ward |= {ward: one for ward, one, does in wards if does}
    return Weights(by_ward)


def _wards_at(trace: "Trace", node: Node) -> Mapping[Stream, WardNumber]:
    """The wards of a node; none of a service."""
    return trace.wards.of_site.get(trace.nodes.names[node], {})


def _can_less(
    trace: "Trace", nodes: Iterable[Node], ends_h: Floats
) -> Iterator[tuple[Node, NDArray[np.bool_]]]:
    """When each ward of a site can clearly do less, of shape (wards, hours).

    By its places, or at the bedside by stays too. All sites are looked at together: the record is read once.
    """
    sites = {node: of_site for node in nodes if (of_site := _wards_at(trace, node))}
    wards = [ward for of_site in sites.values() for ward in of_site.values()]
    of_all = np.ascontiguousarray((trace.care.capacity_share[:, wards] < 1.0 - CLEARLY).T)
    bounds = np.cumsum([len(of_site) for of_site in sites.values()])
    for (node, of_site), less in zip(sites.items(), np.split(of_all, bounds), strict=False):
        changes = trace.emergency_lost.get(node, ())
        rows = np.searchsorted(ends_h, [at_h for at_h, _ in changes], side="right").tolist()
        bedside = [place for place, stream in enumerate(of_site) if stream in BEDSIDE]
        for begins, ends, (_, lost) in zip(rows, [*rows[1:], len(ends_h)], changes, strict=True):
            if lost > CLEARLY:
                less[bedside, begins:ends] = True
        yield node, less


def systems_weighing(events: Sequence[Happened], hours: int) -> ShortNumbers:
    """The event by which most of the applications that are down are so, or what struck the site last."""
    weighing = np.full(hours, NOTHING, np.int32)
    down: dict[str, int] = {}
    last = NOTHING
    for row, of_hour in groupby(events, key=lambda event: event.row):
        for _, number, what in of_hour:
            if isinstance(what, ApplicationsDown):
                down |= dict.fromkeys(what.applications, number)
            elif isinstance(what, ApplicationsBack):
                for application in what.applications:
                    down.pop(application, None)
            elif what.kind in STRUCK:
                last = number
        took = Counter(down.values())
        weighing[row:] = max(zip(took.values(), took, strict=True), default=(0, last))[1]
    return weighing


def _decided(events: Sequence[Happened]) -> Mapping[Stream, Sequence[Decision]]:
    """What the site has decided of each stream."""
    decided: dict[Stream, list[Decision]] = {}
    for row, number, what in events:
        streams, begins = _decides(what)
        for stream in streams:
            decided.setdefault(stream, []).append(Decision(row, number, begins))
    return decided


def _decides(what: Happening) -> tuple[Collection[Stream], bool]:
    """The streams of which something is decided by this, and whether that begins; none if it is no decision."""
    if isinstance(what, PlannedCareStops):
        return what.streams, True
    if isinstance(what, PlannedCareResumes):
        return (what.stream,), False
    if isinstance(what, CareMoved | CareReturns):
        # Sessions are held as far as they can be: it is the systems that weigh on them.
        return [one for one in (what.stream,) if one in BEDSIDE], isinstance(what, CareMoved)
    if what.kind in DOORS:
        return EMERGENCY, DOORS[what.kind]
    if what.kind in UNIT:
        return (Stream.CRITICAL_CARE,), UNIT[what.kind]
    return (), False


def _decide(decisions: Sequence[Decision], weighing: ShortNumbers) -> None:
    """What is decided weighs while it lasts."""
    since: Decision | None = None
    for one in [*decisions, Decision(len(weighing), NOTHING, begins=False)]:
        if since is not None:
            weighing[since.row : one.row] = since.number
        since = one if one.begins else None
