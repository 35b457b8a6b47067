"""Passed through: over which establishments and shared services chains run to emergency patients not cared for.

Each such event of the timeline names what led to it, step by step back to a first act. A place lies on the chain where
a step happened. What comes of ordinary life alone is left out.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from results.store.snapshot import Snapshot
from results.tables.arrays import labels_of
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream

LABELS, NUMBERS = ("finess", "kind", "detail"), ("cause", "patients")
COLUMNS = ("replication", *LABELS, *NUMBERS)
EMERGENCY = frozenset({Stream.EMERGENCY_ADULT, Stream.EMERGENCY_PAEDIATRIC})


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A place on the way to patients."""

    place: str
    crises: int
    """In how many of them it lies on a chain to a patient."""
    patients: int
    """Those not cared for at the ends of these chains, in all crises together."""


@dataclass(frozen=True, slots=True)
class Ways:
    """All that was followed."""

    crises: int
    patients: int
    """Those at the end of any chain."""
    places: tuple[Passed, ...]
    """Those over which most patients are reached come first."""


def ways_of(snapshot: Snapshot, shown: NDArray[np.bool_], services: Collection[str]) -> Ways:
    """The ways to patients in these of the first replications."""
    crises, patients, total, followed = dict[str, int](), dict[str, int](), 0, 0
    for events in _replications(snapshot, shown):
        followed += 1
        met = _met_over(events, services)
        total += sum(some for some, _places in met)
        for place in {place for _some, places in met for place in places}:
            crises[place] = crises.get(place, 0) + 1
            here = sum(some for some, places in met if place in places)
            patients[place] = patients.get(place, 0) + here
    places = [Passed(place=place, crises=crises[place], patients=patients[place]) for place in crises]
    return Ways(followed, total, tuple(sorted(places, key=lambda one: (-one.patients, one.place))))


def _replications(snapshot: Snapshot, shown: NDArray[np.bool_]) -> Iterator[Mapping[str, list[Any]]]:
    """The events of each of these crises, as columns."""
    for part in snapshot.parts("timeline", COLUMNS, len(shown)):
        numbers, columns = part.column("replication").to_numpy(), _columns(part)
        for number in np.unique(numbers):
            if shown[number]:
                first, last = np.searchsorted(numbers, [number, number + 1]).tolist()
                yield {name: values[first:last] for name, values in columns.items()}


def _columns(rows: pa.Table) -> Mapping[str, list[Any]]:
    labels = {name: labels_of(rows.column(name)) for name in LABELS}
    return labels | {name: rows.column(name).to_pylist() for name in NUMBERS}


def _met_over(events: Mapping[str, list[Any]], services: Collection[str]) -> list[tuple[int, frozenset[str]]]:
    """Emergency patients not cared for, and the places over which the chain to them runs; without ordinary life."""
    over: list[frozenset[str] | None] = []
    """Of each event so far; `None` of what comes of ordinary life."""
    met = []
    rows = zip(*(events[name] for name in ("cause", "finess", "kind", "detail", "patients")), strict=True)
    for cause, finess, kind, detail, some in rows:
        before = frozenset[str]() if cause is None else over[cause]
        if before is None or kind == EventKind.ORDINARY_LIFE:
            over.append(None)
            continue
        service = detail.split(" ", 1)[0]
        place = finess or (service if service in services else None)
        places = before | {place} if place else before
        over.append(places)
        if kind == EventKind.PATIENTS_UNMET and detail.split()[-1] in EMERGENCY:
            met.append((some, places))
    return met
