"""Receivers: which emergency departments take the patients of others that can take fewer, and how many more."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Self

import numpy as np

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards
from simulation.engine.array_types import Floats, Numbers
from simulation.engine.nodes import Node

MINUTES = 60.0


@dataclass(frozen=True, slots=True)
class Receivers:
    """The sites that take emergencies, D of them, and those near each; arrays of shape (D,)."""

    nodes: tuple[Node, ...]
    hourly: Floats
    """Their patients per hour, on the mean of the year."""
    near: tuple[tuple[Numbers, Floats], ...]
    """By site: the places of those within the bound, and how much each draws its patients."""

    @classmethod
    def of(cls, wards: Wards, departments: Mapping[Node, list[WardNumber]], decay_per_min: float) -> Self:
        """Those of a region; who has to go elsewhere goes as from home: to the large and to the near."""
        table = wards.table
        place_of = {ward: place for place, some in enumerate(departments.values()) for ward in some}
        hourly = np.array([table.hourly[some].sum() for some in departments.values()])
        near = []
        for some in departments.values():
            begins, ends = table.neighbour_first[some[0] : some[0] + 2]
            pairs = [
                (place_of[ward], exp(-decay_per_min * MINUTES * journey_h))
                for ward, journey_h in zip(
                    table.neighbour_ward[begins:ends].tolist(),
                    table.neighbour_h[begins:ends].tolist(),
                    strict=True,
                )
                if ward in place_of
            ]
            places = np.array([place for place, _ in pairs], np.int64)
            near.append((places, hourly[places] * np.array([weight for _, weight in pairs])))
        return cls(tuple(departments), hourly, tuple(near))

    def more(self, lost: Floats) -> Floats:
        """How many more patients each has to expect, over its own; `lost` is the share that each cannot take."""
        more = np.zeros(len(self.hourly))
        for place in np.flatnonzero(lost).tolist():
            near, weights = self.near[place]
            drawn = weights * (1.0 - lost[near])
            if drawn.sum() > 0.0:
                more[near] += lost[place] * self.hourly[place] * drawn / drawn.sum()
        return np.divide(more, self.hourly, out=more, where=self.hourly > 0.0)

    def lost_share(self, lost: Floats) -> float:
        """Of all emergency patients, the share that cannot be taken where they usually are."""
        return float(lost @ self.hourly / self.hourly.sum()) if self.hourly.sum() else 0.0
