"""Went down: what an attack adds in the crises in which a place was down, beside those in which it was not.

An establishment is down where it was hit, failed, or was switched off by decision; a shared service also where the
attacker held it. That says what goes together, and not what a failure costs: where one place goes down, others mostly
do.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from results.store.snapshot import Snapshot
from simulation.engine.event_kinds import EventKind

COLUMNS = ("replication", "finess", "kind", "detail")
DOWN: Final = frozenset({EventKind.IMPACT, EventKind.OUTAGE, EventKind.SWITCHED_OFF})
"""What brings an establishment or a shared service down."""
ENOUGH_FOR_ONE_IN_TEN = 10
"""Crises of which one is one in ten."""

Downs = Mapping[str, NDArray[np.bool_]]
"""By place, whether it went down in each replication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Some:
    """The crises in which a place was down, or those in which it was not."""

    crises: int
    median: float | None
    """What the attack adds in the middle one; `None` of none."""
    one_in_ten: float | None
    """As much or more in one of ten; `None` of fewer than ten."""
    others_down: float | None
    """The median of the other establishments that were down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A place, down and not."""

    place: str
    down: Some
    up: Some


def downs_of(snapshot: Snapshot, replications: int, services: Collection[str]) -> Downs:
    """The places that went down in any of the first replications."""
    found: dict[str, NDArray[np.bool_]] = {}
    kinds = pa.array([str(kind) for kind in (*DOWN, EventKind.DIRECTORY_CONTROL)])
    for part in snapshot.parts("timeline", COLUMNS, replications):
        rows = part.filter(pc.is_in(part["kind"].cast(pa.string()), kinds))
        for number, finess, kind, detail in zip(*(rows[name].to_pylist() for name in COLUMNS), strict=True):
            place = _place_of(finess, kind, detail, services)
            if place is not None:
                found.setdefault(place, np.zeros(replications, np.bool_))[number] = True
    return found


def _place_of(finess: str | None, kind: str, detail: str, services: Collection[str]) -> str | None:
    """What an event brings down; an establishment is not down where its directory is held."""
    if finess is not None:
        return finess if kind in DOWN else None
    service = detail.split(" ", 1)[0]
    return service if service in services else None


def apart(
    downs: Downs, place: str, added: NDArray[np.float64], shown: NDArray[np.bool_], services: Collection[str]
) -> Apart:
    """What is added in the crises that are told of, with the place down and without."""
    here = downs[place]
    others = sum(
        (down.astype(np.float64) for name, down in downs.items() if name != place and name not in services),
        np.zeros(len(here)),
    )
    return Apart(
        place=place,
        down=_some(added[shown & here], others[shown & here]),
        up=_some(added[shown & ~here], others[shown & ~here]),
    )


def _some(added: NDArray[np.float64], others: NDArray[np.float64]) -> Some:
    enough = len(added) >= ENOUGH_FOR_ONE_IN_TEN
    return Some(
        crises=len(added),
        median=float(np.median(added)) if len(added) else None,
        one_in_ten=float(np.quantile(added, 0.9)) if enough else None,
        others_down=float(np.median(others)) if len(others) else None,
    )
