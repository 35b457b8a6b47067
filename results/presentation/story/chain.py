"""Chains: how an event came about, from the first act, and what patients met because of it."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_datetime

from results import Snapshot, Store
from results.presentation.language import _, named, of, spoken
from results.presentation.numbers import PARIS, number
from results.presentation.story.details import DETAILS, OF_SERVICES
from results.presentation.story.kinds import happening
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream
from topologies.errors import BadStore, Message, nearest_names
from topologies.fields.title import Title

Row = Mapping[str, Any]
"""A row of the timeline table."""
NAMED: Mapping[str, Stream] = {str(stream): stream for stream in Stream}
KINDS: Mapping[str, EventKind] = {str(kind): kind for kind in EventKind}


STREAM_WORDS = {name: stream.label for name, stream in NAMED.items()}
OF_APPLICATIONS = frozenset({EventKind.APPLICATIONS_DOWN, EventKind.APPLICATIONS_BACK})
OF_WAVES = frozenset(
    {
        EventKind.ATTACK_BEGINS,
        EventKind.STRIKE,
        EventKind.INDICATORS_SHARED,
        EventKind.CLEAN_UP_LIST,
    }
)
"""Kinds of which the detail is a wave, which is told where the scenario has several."""
OF_NEIGHBOURS = frozenset({EventKind.FOOTHOLD, EventKind.SUPPLIER_CUT, EventKind.SUPPLIER_BACK})
"""Kinds of which the last word of the detail is another place: whence attackers come, a supplier."""
OF_ONE_STREAM = frozenset(
    {
        EventKind.CRITICAL_CARE_FULL,
        EventKind.CRITICAL_CARE_FULL_NO_MORE,
        EventKind.LABORATORY_OVERDUE,
        EventKind.LABORATORY_IN_TIME,
        EventKind.IMAGING_OVERDUE,
        EventKind.IMAGING_IN_TIME,
        EventKind.SAMU_SATURATED,
        EventKind.SAMU_SATURATED_NO_MORE,
    }
)
"""Kinds whose words say the stream of care."""


@dataclass(frozen=True, slots=True)
class Line:
    """An event in words."""

    number: str
    when: str
    where: str
    what: str


def events_of(store: Store, campaign: str, replication: int) -> list[Row]:
    """The events of a replication, in order of time."""
    last = store.description(campaign).replications - 1
    if not 0 <= replication <= last:
        raise BadStore(
            Message(
                "campaign {campaign} has replications 0 to {last}; ask for one of these",
                {"campaign": campaign, "last": last},
            )
        )
    return events_in(store.snapshot(campaign), replication)


def events_in(snapshot: Snapshot, replication: int) -> list[Row]:
    """The same of a campaign as it was at one moment, which has this replication."""
    return list(snapshot.replication("timeline", replication).to_pylist())


def of_the_crisis(events: Sequence[Row]) -> list[Row]:
    """The events that do not come from ordinary life alone; all of them where nothing else happened."""
    ordinary: list[bool] = []
    for row in events:
        cause = row["cause"]
        ordinary.append(row["kind"] == EventKind.ORDINARY_LIFE if cause is None else ordinary[cause])
    found = [row for row, is_ordinary in zip(events, ordinary, strict=True) if not is_ordinary]
    return found or list(events)


def at_sites(events: Sequence[Row], asked: str, names: Mapping[str, str]) -> list[Row]:
    """The events of the establishment of this FINESS number, or of those whose name has these words in it.

    `BadStore` where there is none.
    """
    found = {finess for finess, name in names.items() if asked == finess or _bare(asked) in _bare(name)}
    if not found:
        nearest = nearest_names(asked, [*names, *names.values()])
        raise BadStore(
            Message(
                "no establishment of this campaign is called {asked} or has this FINESS number; the nearest: {nearest}",
                {"asked": asked, "nearest": nearest},
            )
        )
    return [row for row in events if row["finess"] in found]


def _bare(name: str) -> str:
    """A name as people type it: without accents, capitals and typographic apostrophes."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'")).encode("ascii", "ignore").decode()
    return plain.casefold()


def chain_to(events: Sequence[Row], event: int) -> list[Row]:
    """The event, after all that led to it, the first act first."""
    if not 0 <= event < len(events):
        raise BadStore(
            Message(
                "replication {replication} has events 0 to {last}; ask for one of these",
                {"replication": events[0]["replication"], "last": len(events) - 1},
            )
        )
    chain = [events[event]]
    while chain[-1]["cause"] is not None:
        chain.append(events[chain[-1]["cause"]])
    return chain[::-1]


def toll_of(events: Sequence[Row], event: int) -> dict[tuple[EventKind, Stream], int]:
    """The patients whom the event, or what followed from it, counts: by kind and stream of care."""
    follows = [number == event for number in range(len(events))]
    toll: Counter[tuple[EventKind, Stream]] = Counter()
    for row in events:
        follows[row["event"]] |= row["cause"] is not None and follows[row["cause"]]
        if follows[row["event"]] and row["patients"] is not None:
            toll[KINDS[row["kind"]], NAMED[row["detail"].split()[-1]]] += row["patients"]
    return dict(toll)


class Telling:
    """A campaign's events in words."""

    def __init__(self, inputs: Mapping[str, Any], names: Mapping[str, str]) -> None:
        """Of a campaign with these inputs, and these names of places."""
        applications, waves = inputs["parameters"]["outages"]["applications"], inputs["scenario"]["waves"]
        self._names = names
        self._applications = {name: Title.model_validate(one["title"]) for name, one in applications.items()}
        self._waves = {wave["name"]: Title.model_validate(wave["title"]) for wave in waves}

    def line(self, row: Row) -> Line:
        """An event in words."""
        service, _space, rest = row["detail"].partition(" ")
        place = row["finess"] or (service if service in self._names else None)
        detail = rest if row["finess"] is None and place else row["detail"]
        where = named(self._names[place]) if place else _("region")
        is_service = row["finess"] is None and place is not None
        what = self._what(row, detail, of_service=is_service)
        return Line(str(row["event"]), moment(row["at"]), where, what)

    def toll(self, toll: Mapping[tuple[EventKind, Stream], int]) -> Iterator[str]:
        """What patients met, one sentence for each kind and stream."""
        for (kind, stream), patients in toll.items():
            what = happening(kind, stream).format(count=number(patients))
            yield _("{what} ({detail})").format(what=what, detail=of(stream.label))

    def _what(self, row: Row, detail: str, *, of_service: bool) -> str:
        kind, known = KINDS[row["kind"]], ""
        if of_service and kind in OF_SERVICES:
            what = _(OF_SERVICES[kind])
        else:
            what = happening(kind, NAMED.get(detail.rsplit(" ", maxsplit=1)[-1]))
        if row["patients"] is not None:
            what = what.format(count=number(row["patients"]))
        if kind not in OF_ONE_STREAM:
            known = self._detail(kind, detail)
        return _("{what} ({detail})").format(what=what, detail=known) if known else what

    def _detail(self, kind: EventKind, detail: str) -> str:
        """What more an event says; nothing where readers need nothing more."""
        if kind in DETAILS:
            return _(DETAILS[kind][detail]) if detail in DETAILS[kind] else ""
        if kind in OF_WAVES:
            return of(self._waves[detail]) if len(self._waves) > 1 and detail in self._waves else ""
        if kind in OF_NEIGHBOURS:
            place = detail.rpartition(" ")[2]
            return named(self._names[place]) if place in self._names else ""
        words = self._applications if kind in OF_APPLICATIONS else STREAM_WORDS
        known = [of(words[part]) if part in words else "" for part in detail.split(", ")]
        return ", ".join(known) if all(known) else ""


def moment(at: datetime) -> str:
    """A day and an hour by the clock of Paris, as short as a table needs."""
    return format_datetime(at.astimezone(PARIS), "dd/MM HH:mm", locale=spoken())
