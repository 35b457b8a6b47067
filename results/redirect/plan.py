"""Plan: when some sites are lost together, where the patients of each are sent.

All their patients are sent at once: who takes some has less room for others. Patients with a stroke, an infarction or
a severe trauma share the beds of critical care, so that they are sent together.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Final

from results.redirect.needs import NEEDS, Need
from results.redirect.ordinary_room import OrdinaryRoom
from results.redirect.transport import sent
from simulation.inputs.streams import Stream
from topologies.region import Region

PARTS: Final = 100
"""Patients per day are counted in hundredths, so that whole numbers say enough."""
TENTHS: Final = 10
"""Minutes are known to a tenth."""
SHOWN: Final = 3
"""Destinations that a regulator reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A site that takes patients, or could."""

    finess: str
    minutes: float
    daily: float
    """Patients per day whom it is sent."""
    room: float
    """Patients per day for whom it has room; of one in reserve, what the plan leaves of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirected:
    """Where the patients of a site with one need are sent."""

    site: str
    need: Need
    daily: float
    takers: tuple[Destination, ...]
    """All who take some, nearest first."""
    reserve: tuple[Destination, ...]
    """The nearest others with room left, as many as make three, and those whom the plan fills after them."""
    stranded: float
    """Patients per day for whom nobody in reach has room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """What is known before anybody is lost: who lies how far, comes, and has room."""

    minutes: Mapping[str, Mapping[str, float]]
    """From each site to each that can receive emergencies."""
    patients: Mapping[tuple[str, Need], float]
    room: Mapping[tuple[str, Stream], float]
    able: Mapping[tuple[str, Need], tuple[str, ...]]
    """Sites that may be sent the patients of a site with a need, nearest first."""

    def with_room_at(self, sites: Collection[str]) -> "Map":
        """The same, with room at these sites alone."""
        room = {(site, stream): room * (site in sites) for (site, stream), room in self.room.items()}
        return replace(self, room=room)


def map_of(region: Region, ordinary: OrdinaryRoom) -> Map:
    """The map of a region on an ordinary day; who can care for whom is told as the model tells it."""
    from simulation.care.capacity.network import journeys_of
    from simulation.care.capacity.staffing.receiving import takes_from

    sites, journeys = region.establishments, journeys_of(region)
    minutes = {
        finess: {other: far for far, other in journeys.get(finess, ()) if other in sites and other != finess}
        for finess in sites
    }
    patients = {
        (finess, need): daily
        for finess in sites
        for need in Need
        if (daily := ordinary.patients(finess, need)) is not None
    }
    able = {
        (finess, need): tuple(
            other
            for other in minutes[finess]
            if NEEDS[need].is_met_by(sites[other])
            and ordinary.has(other, NEEDS[need].wards)
            and all(takes_from(sites[other], sites[finess], stream) for stream in NEEDS[need].wards)
        )
        for finess, need in patients
    }
    rooms = {asked.room for asked in NEEDS.values()}
    room = {(finess, stream): ordinary.room(finess, stream) for finess in sites for stream in rooms}
    return Map(minutes=minutes, patients=patients, room=room, able=able)


def plan_of(known: Map, lost: Iterable[str]) -> list[Redirected]:
    """Where all patients of the lost sites are sent, by site and need; no lost site takes anybody."""
    gone = sorted(lost)
    rows = [row for stream in _rooms() for row in _redirected(known, gone, stream)]
    order = {need: place for place, need in enumerate(Need)}
    return sorted(rows, key=lambda row: (row.site, order[row.need]))


def _rooms() -> list[Stream]:
    return sorted({asked.room for asked in NEEDS.values()})


def _redirected(known: Map, gone: list[str], stream: Stream) -> Iterator[Redirected]:
    """All who take the room of one stream, sent together."""
    senders = [
        (finess, need)
        for finess in gone
        for need in Need
        if NEEDS[need].room is stream and (finess, need) in known.patients
    ]
    able = {sender: [one for one in known.able[sender] if one not in set(gone)] for sender in senders}
    takers = sorted({taker for some in able.values() for taker in some})
    left = {taker: floor(known.room[taker, stream] * PARTS) for taker in takers}
    costs = {
        (sender, taker): round(known.minutes[sender[0]][taker] * TENTHS)
        for sender, some in able.items()
        for taker in some
    }
    counts = {sender: ceil(known.patients[sender] * PARTS) for sender in senders}
    taken = sent(counts, left, costs)
    for (_, taker), count in taken.items():
        left[taker] -= count
    for sender in senders:
        finess, need = sender
        here = {taker: taken.get((sender, taker), 0) for taker in able[sender]}
        minutes = known.minutes[finess]
        chosen = tuple(
            Destination(
                finess=taker,
                minutes=minutes[taker],
                daily=count / PARTS,
                room=known.room[taker, stream],
            )
            for taker, count in here.items()
            if count
        )
        others = [
            Destination(finess=taker, minutes=minutes[taker], daily=0.0, room=left[taker] / PARTS)
            for taker, count in here.items()
            if not count and known.room[taker, stream] > 0.0
        ]
        others.sort(key=lambda one: one.room == 0.0)
        yield Redirected(
            site=finess,
            need=need,
            daily=counts[sender] / PARTS,
            takers=chosen,
            reserve=tuple(others[: max(0, SHOWN - len(chosen))]),
            stranded=(counts[sender] - sum(here.values())) / PARTS,
        )
