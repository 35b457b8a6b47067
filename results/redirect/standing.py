"""Standing: in which replications of a campaign a destination stands while others are lost.

Whoever is down at any hour of a replication has no room in it.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.falls import falls_in
from results.redirect.plan import Map
from results.store.snapshot import Snapshot

STAYS_GOOD: Final = 0.9
"""Of the crises counted, those in which a destination stands that has room: nine of ten."""
LEAST_CRISES: Final = 20
"""With fewer in which somebody of the lost is down, all replications in which anybody is are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Of the crises counted for some lost sites, the share in which each site stands."""

    down: int
    """Replications in which one of the lost is down."""
    of: int
    """All replications."""
    stands: Mapping[str, float]

    def room_in(self, known: Map) -> Map:
        """The same map, without the room of those who do not stand in nine of ten."""
        return known.with_room_at({site for site, share in self.stands.items() if share >= STAYS_GOOD})


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who is down in which replication."""

    sites: tuple[str, ...]
    down: NDArray[np.bool_]
    """Of shape (replications, sites)."""

    def counted(self, lost: Collection[str]) -> Counted:
        """The crises in which one of the lost is down; of too few, all in which anybody is, or all."""
        gone = self.down[:, [site in lost for site in self.sites]].any(axis=1)
        chosen = gone
        if gone.sum() < LEAST_CRISES:
            anybody = self.down.any(axis=1)
            chosen = anybody if anybody.any() else np.ones_like(anybody)
        stands = 1.0 - self.down[chosen].mean(axis=0)
        return Counted(
            down=int(gone.sum()),
            of=len(self.down),
            stands=dict(zip(self.sites, stands.tolist(), strict=True)),
        )


def standing_in(snapshot: Snapshot) -> Standing:
    """Who is down in each replication of a sealed campaign."""
    falls = falls_in(snapshot)
    return Standing(sites=falls.sites, down=falls.down)
