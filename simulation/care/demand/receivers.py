"""Receivers: which emergency departments take the patients of others that can take fewer, and how many more."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Self

import numpy as np

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards
from simulation.engine.array_types import Floats, Numbers
from simulation.engine.compiled import compiled
from simulation.engine.nodes import Node

MINUTES = 60.0


@dataclass(frozen=True, slots=True)
class Receivers:
    """The sites that take emergencies, D of them, and those near each; arrays of shape (D,)."""

    nodes: tuple[Node, ...]
    hourly: Floats
    """Their patients per hour, on the mean of the year."""
    source: Numbers
    """Of each pair of a site and another within its bound: the place of the site; arrays of pairs are of one length."""
    near: Numbers
    """The place of the other."""
    draws: Floats
    """How much the other draws the patients of the site."""

    @classmethod
    def of(cls, wards: Wards, departments: Mapping[Node, list[WardNumber]], decay_per_min: float) -> Self:
        """Those of a region; who has to go elsewhere goes as from home: to the large and to the near."""
        table = wards.table
        place_of = {ward: place for place, some in enumerate(departments.values()) for ward in some}
        hourly = np.array([table.hourly[some].sum() for some in departments.values()])
        pairs = []
        for place, some in enumerate(departments.values()):
            begins, ends = table.neighbour_first[some[0] : some[0] + 2]
            pairs += [
                (place, place_of[ward], exp(-decay_per_min * MINUTES * journey_h))
                for ward, journey_h in zip(
                    table.neighbour_ward[begins:ends].tolist(),
                    table.neighbour_h[begins:ends].tolist(),
                    strict=True,
                )
                if ward in place_of
            ]
        source, near = (np.array([pair[end] for pair in pairs], np.int64) for end in range(2))
        return cls(tuple(departments), hourly, source, near, hourly[near] * [pair[2] for pair in pairs])

    def more(self, lost: Floats) -> Floats:
        """How many more patients each has to expect, over its own; `lost` is the share that each cannot take."""
        more, drawn = np.zeros_like(self.hourly), np.zeros_like(self.hourly)
        expect(self.source, self.near, self.draws, self.hourly, lost, drawn, more)
        return more

    def lost_share(self, lost: Floats) -> float:
        """Of all emergency patients, the share that cannot be taken where they usually are."""
        return float(lost @ self.hourly / self.hourly.sum()) if self.hourly.sum() else 0.0


@compiled
def expect(  # noqa: PLR0913, PLR0917 - pairs of sites, and what is known of each
    source: Numbers,
    near: Numbers,
    draws: Floats,
    hourly: Floats,
    lost: Floats,
    drawn: Floats,
    more: Floats,
) -> None:
    """`more` has the patients whom each has to expect, over its own; both it and `drawn` are nought at first.

    Who can take all sends nobody on.
    """
    for pair in range(len(draws)):
        if lost[source[pair]] != 0.0:
            drawn[source[pair]] += draws[pair] * (1.0 - lost[near[pair]])
    for site in range(len(hourly)):
        # From now on: what each sends on, over all that draws it.
        drawn[site] = lost[site] * hourly[site] / drawn[site] if drawn[site] > 0.0 else 0.0
    for pair in range(len(draws)):
        if drawn[source[pair]] == 0.0:
            continue
        more[near[pair]] += drawn[source[pair]] * (draws[pair] * (1.0 - lost[near[pair]]))
    for site in range(len(hourly)):
        more[site] = more[site] / hourly[site] if hourly[site] > 0.0 else 0.0
