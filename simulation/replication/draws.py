"""Draws: what each replication takes the uncertain parameters to be.

Replications that stand side by side share a draw: two that of the crisis, so that chance can be told from ignorance,
and sixteen that of ordinary life, for which the wards are staffed anew. Draws come in blocks; in each block a parameter
takes one value in each of so many parts of its law that are equally likely, in an order of its own (a Latin hypercube:
McKay, Beckman and Conover 1979, Technometrics 21(2)). A draw depends on the seed, the replication and the parameter's
name alone: it is the same in all regions, scenarios and postures, and another parameter more or less moves none.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from simulation.engine.random_streams import Luck
from simulation.inputs.campaign import CRISIS_SHARED, ORDINARY_SHARED
from simulation.inputs.parameters.parameters import ORDINARY_LIFE, Parameters
from simulation.inputs.parameters.uncertainty import at_chances, unknown_of
from topologies.fields.quantity import Quantity

BLOCK = 128
"""Replications of a block."""
CRISIS_PARTS, ORDINARY_PARTS = BLOCK // CRISIS_SHARED, BLOCK // ORDINARY_SHARED
"""Draws of a block."""


def same_ordinary_life(one: int, other: int) -> bool:
    """Two replications of a seed share their draw of ordinary life."""
    return one // ORDINARY_SHARED == other // ORDINARY_SHARED


def same_crisis(one: int, other: int) -> bool:
    """They share their draw of the crisis, and then that of ordinary life too."""
    return one // CRISIS_SHARED == other // CRISIS_SHARED


class Draws:
    """What replications take the uncertain parameters of a campaign to be."""

    def __init__(self, parameters: Parameters) -> None:
        self._parameters = parameters
        uncertain = {name: one for name, one in parameters.quantities.items() if one.low < one.high}
        self._ordinary = {name: one for name, one in uncertain.items() if name in ORDINARY_LIFE}
        self._crisis = {name: one for name, one in uncertain.items() if name not in ORDINARY_LIFE}

    def ordinary_life(self, seed: int, replication: int) -> Parameters:
        """The parameters, with what this replication takes those of ordinary life to be."""
        return self._parameters.replaced(self._ordinary_drawn(seed, replication))

    def all(self, seed: int, replication: int) -> tuple[Parameters, dict[str, float]]:
        """The parameters as this replication takes them, and the values of those that were drawn, by name."""
        crisis = _drawn(self._crisis, seed, replication // CRISIS_SHARED, CRISIS_PARTS)
        drawn = self._ordinary_drawn(seed, replication) | crisis
        return self._parameters.replaced(drawn), {name: one.value for name, one in drawn.items()}

    def _ordinary_drawn(self, seed: int, replication: int) -> dict[str, Quantity]:
        return _drawn(self._ordinary, seed, replication // ORDINARY_SHARED, ORDINARY_PARTS)


def _drawn(uncertain: Mapping[str, Quantity], seed: int, draw: int, parts: int) -> dict[str, Quantity]:
    """The quantities, each with its value in a draw."""
    block, place = divmod(draw, parts)
    unknowns = _unknowns(uncertain)
    chances = dict(zip(unknowns, _block(unknowns, seed, block, parts)[place].tolist(), strict=True))
    return at_chances(uncertain, chances)


def _unknowns(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(unknown_of, names)))


@lru_cache(maxsize=4)
def _block(unknowns: tuple[str, ...], seed: int, block: int, parts: int) -> NDArray[np.float64]:
    """The chances of a block, of shape (draws, unknowns): each column has one in each of as many parts of 0..1."""
    columns = np.empty((parts, len(unknowns)))
    for column, name in enumerate(unknowns):
        stream = Luck(seed, block).stream(f"what is not known: {name}")
        columns[:, column] = (stream.permutation(parts) + stream.random(parts)) / parts
    return columns
