"""Arrivals: who comes to each establishment from other hospitals, and its beds, from an hour on that its crises name.

What an attack adds is the difference between a campaign and its twin, replication by replication, from the same hour
on. What lies beyond the horizon, or between weeks that are followed, is not known: it is missing, and never nought.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.store.snapshot import Snapshot

RECEIVED: Final = ("ed_received", "critical_received", "medicine_received")
"""Patients from other hospitals: by the emergency door, for critical care, for another acute bed."""
BEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "critical": ("critical_in_care", "critical_waiting"),
    "critical_taken": ("critical_in_care",),
    "medicine": ("medicine_in_care", "medicine_waiting"),
    "medicine_taken": ("medicine_in_care",),
}
"""Who needs a bed of each kind, having one or waiting for it, and who has one."""
SENT: Final = "ed_sent_on"
STEP_H, CURVE_H = 6, 72
DAYS: Final = 7
EDGES_H: Final = (*range(0, CURVE_H + STEP_H, STEP_H), DAYS * 24)
"""Hours up to which patients are added up."""
COLUMNS: Final = ("stands_for_h", SENT, *RECEIVED, *BEDS["critical"], *BEDS["medicine"])

Hours = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """What the hours of a campaign hold of its establishments with emergencies or critical care."""

    sites: tuple[str, ...]
    """In ascending order."""
    received: Mapping[str, Hours]
    """By column, added up to each edge since the hour asked; of shape (replications, sites, edges)."""
    beds: Mapping[str, Hours]
    """By kind, patients on the average of each day since then; of shape (replications, sites, days)."""
    received_in_all: Hours
    """Over all hours and columns; of shape (replications, sites)."""
    sent_in_all: Hours
    """Emergency patients gone to another hospital; of the same shape."""


def arrivals_in(snapshot: Snapshot, sites: Sequence[str], since_h: Hours) -> Arrivals:
    """Those of the first replications; `since_h` is of shape (replications, sites), not a number where none is asked.

    Sites that have no hours have nobody who arrives: their rows are missing.
    """
    replications = len(since_h)
    shape = (replications, len(sites))
    received = {name: np.full((*shape, len(EDGES_H)), np.nan) for name in RECEIVED}
    beds = {kind: np.full((*shape, DAYS), np.nan) for kind in BEDS}
    received_in_all, sent_in_all = np.zeros(shape), np.zeros(shape)
    place = {finess: number for number, finess in enumerate(sites)}
    known: set[str] = set()
    for each in _replications(snapshot, replications):
        known.update(each.sites)
        rows = np.array([place[finess] for finess in each.sites])
        begins = np.floor(since_h[each.number, rows])
        for name in RECEIVED:
            received[name][each.number, rows] = each.added_up(name, begins)
        for kind, names in BEDS.items():
            beds[kind][each.number, rows] = each.on_average(names, begins)
        received_in_all[each.number, rows] = sum(each.in_all(name) for name in RECEIVED)
        sent_in_all[each.number, rows] = each.in_all(SENT)
    chosen = [place[finess] for finess in sorted(known)]
    return Arrivals(
        sites=tuple(sorted(known)),
        received={name: some[:, chosen] for name, some in received.items()},
        beds={kind: some[:, chosen] for kind, some in beds.items()},
        received_in_all=received_in_all[:, chosen],
        sent_in_all=sent_in_all[:, chosen],
    )


@dataclass(frozen=True, slots=True)
class _Replication:
    """The hours of one replication, of shape (sites, hours)."""

    number: int
    sites: list[str]
    hours: NDArray[np.int64]
    """Those that are followed, of shape (hours,)."""
    columns: Mapping[str, Hours]

    def added_up(self, name: str, begins: Hours) -> Hours:
        """From these hours, one for each site, to each edge."""
        return self._sums(self.columns[name], begins, EDGES_H)

    def on_average(self, names: Sequence[str], begins: Hours) -> Hours:
        """Of each day from these hours on."""
        stock = np.sum([self.columns[name] for name in names], axis=0)
        return np.diff(self._sums(stock, begins, range(0, (DAYS + 1) * 24, 24)), axis=1) / 24.0

    def in_all(self, name: str) -> Hours:
        """Over all hours, those among them for which followed ones stand."""
        added: Hours = (self.columns[name] * self.columns["stands_for_h"]).sum(axis=1)
        return added

    def _sums(self, values: Hours, begins: Hours, edges: Sequence[int]) -> Hours:
        so_far = np.pad(values.cumsum(axis=1), ((0, 0), (1, 0)))
        asked = np.nan_to_num(begins, nan=-1.0).astype(np.int64)
        ends = asked[:, None] + np.array(edges)
        first, last = np.searchsorted(self.hours, asked), np.searchsorted(self.hours, ends)
        # All hours between are there: as many rows as hours.
        is_whole = (last - first[:, None] == np.array(edges)) & ~np.isnan(begins)[:, None]
        sites = np.arange(len(values))[:, None]
        return np.where(is_whole, so_far[sites, last] - so_far[sites, first[:, None]], np.nan)


def _replications(snapshot: Snapshot, replications: int) -> Iterator[_Replication]:
    """The hours of each of the first replications."""
    for part in snapshot.parts(
        "establishment_hours", ("replication", "finess", "hour", *COLUMNS), replications
    ):
        numbers = part.column("replication").to_numpy()
        for number in np.unique(numbers).tolist():
            first, last = np.searchsorted(numbers, [number, number + 1]).tolist()
            yield _replication(number, Rows(part.slice(first, last - first)))


def _replication(number: int, rows: Rows) -> _Replication:
    """One site after the other, each with all hours."""
    codes, labels = rows.codes_of("finess")
    length = int((codes == codes[0]).sum())
    return _Replication(
        number,
        [labels[code] for code in codes[::length].tolist()],
        rows.of("hour")[:length].astype(np.int64),
        {name: rows.of(name).reshape(-1, length) for name in COLUMNS},
    )
