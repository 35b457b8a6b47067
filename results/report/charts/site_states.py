"""Site states: what each establishment is, hour after hour of one crisis: its systems, and its doors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from math import inf
from typing import Any

from results.presentation.story.chain import events_in
from results.store.snapshot import Snapshot
from simulation.engine.event_kinds import EventKind


class Systems(StrEnum):
    """What has become of its systems; later ones hide earlier ones."""

    ORDINARY = "ordinary"
    COMPROMISED = "compromised"
    IMPAIRED = "impaired"
    """Some applications are missing, though nothing was hit or switched off there."""
    DOWN = "down"
    RESTORED = "restored"


class Doors(StrEnum):
    """Whether its emergency departments take all who come."""

    OPEN = "open"
    DIVERTING = "diverting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an establishment is from an hour on."""

    from_h: float
    systems: Systems
    doors: Doors


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStory:
    """One establishment in one crisis; hours are `None` where it did not happen."""

    finess: str
    compromised_h: float | None
    down_h: float | None
    """When its systems were hit, or switched off by decision."""
    back_h: float | None
    """When all of them were back."""
    impaired: tuple[tuple[float, float], ...]
    """From when until when some of its applications were missing."""
    diverting: tuple[tuple[float, float], ...]
    """From when until when some of its emergency departments diverted ambulances, took none, or were closed."""

    def at(self, hour: float) -> Change:
        """What it is at an hour."""
        shut = any(begin <= hour < end for begin, end in self.diverting)
        return Change(from_h=hour, systems=self._systems(hour), doors=Doors.DIVERTING if shut else Doors.OPEN)

    def changes(self) -> list[Change]:
        """What it is from each hour on at which something changes."""
        known = (self.compromised_h, self.down_h, self.back_h)
        ends = [end for interval in (*self.diverting, *self.impaired) for end in interval]
        hours = sorted({0.0, *(hour for hour in (*known, *ends) if hour is not None and hour < inf)})
        every = [self.at(hour) for hour in hours]
        return [next(same) for _, same in groupby(every, key=lambda each: (each.systems, each.doors))]

    def _systems(self, hour: float) -> Systems:
        back = self.back_h is not None and self.back_h <= hour
        if self.down_h is not None and self.down_h <= hour and not back:
            return Systems.DOWN
        if any(begin <= hour < end for begin, end in self.impaired):
            return Systems.IMPAIRED
        if back or any(end <= hour for _begin, end in self.impaired):
            return Systems.RESTORED
        if self.compromised_h is not None and self.compromised_h <= hour:
            return Systems.COMPROMISED
        return Systems.ORDINARY


def stories_of(snapshot: Snapshot, replication: int) -> list[SiteStory]:
    """All establishments in a crisis, in ascending order of their numbers."""
    rows = snapshot.replication("establishments", replication)
    events = events_in(snapshot, replication)
    diverting = _lasting(events, EventKind.ED_DIVERTS, EventKind.ED_DIVERTS_NO_MORE)
    impaired = _lasting(events, EventKind.APPLICATIONS_DOWN, EventKind.APPLICATIONS_BACK)
    return [
        _story(row, diverting.get(row["finess"], []), impaired.get(row["finess"], []))
        for row in rows.to_pylist()
    ]


def _story(
    row: Mapping[str, Any], diverting: list[tuple[float, float]], impaired: list[tuple[float, float]]
) -> SiteStory:
    begins = [hour for hour in (row["impact_h"], row["switched_off_h"]) if hour is not None]
    pairs = (("impact_h", "restored_h"), ("switched_off_h", "switched_on_h"))
    ends = [row[end] for begin, end in pairs if row[begin] is not None]
    shut = [] if row["ed_shut_h"] is None else [(row["ed_shut_h"], row["ed_reopened_h"] or inf)]
    return SiteStory(
        finess=row["finess"],
        compromised_h=row["compromised_h"],
        down_h=min(begins, default=None),
        back_h=None if None in ends else max(ends, default=None),
        impaired=tuple(sorted(impaired)),
        diverting=tuple(sorted([*diverting, *shut])),
    )


def _lasting(
    events: Iterable[Mapping[str, Any]], begins: EventKind, ends: EventKind
) -> dict[str, list[tuple[float, float]]]:
    """From when until when something lasted at each site, for each of the departments or applications it names."""
    found: dict[str, list[tuple[float, float]]] = {}
    begun: dict[tuple[str, str], float] = {}
    for row in events:
        for named in row["detail"].split(", ") if row["finess"] and row["kind"] in {begins, ends} else ():
            one = row["finess"], named
            if row["kind"] == begins:
                begun.setdefault(one, row["at_h"])
            elif one in begun:
                found.setdefault(row["finess"], []).append((begun.pop(one), row["at_h"]))
    for (finess, _named), at_h in begun.items():
        found.setdefault(finess, []).append((at_h, inf))
    return found
