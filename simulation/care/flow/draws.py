"""What chance decides for one patient: each purpose has a lot of its own, made from his draw."""

import numpy as np

from simulation.care.capacity.length_of_stay import QUANTILES
from simulation.care.flow.arrays import F8
from simulation.engine.compiled import U4, inlined

# A step is added to some, so that each ward he passes through has lots of its own.
STAY_LOT, ROUTE_LOT, JOURNEY_LOT = 0, 8, 18
PATIENCE_LOT, REROUTE_LOT, IMAGING_LOT, LABORATORY_LOT = 16, 17, 26, 27
WHEN_LOT, WHAT_LOT, HOW_LOT = 32, 33, 34
"""Of the roster: when he comes, with what, by ambulance or not."""
LOT = 1.0 / 9007199254740992.0


@inlined
def draw_of(key: np.uint64, number: int) -> np.uint64:
    """The draw of this number among those of a key (SplitMix64: Steele, Lea and Flood 2014)."""
    mixed = key + np.uint64(number + 1) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@inlined
def lot(draw: np.uint64, purpose: int) -> float:
    """A number in 0..1 of a patient, for a purpose."""
    return np.float64(draw_of(draw, purpose) >> np.uint64(11)) * LOT


@inlined
def at_quantile(table: F8, quantile: float) -> float:
    """The value of a table of quantiles, linear between its steps."""
    place = quantile * QUANTILES
    step = U4(place)
    return float(table[step] + (place - step) * (table[U4(step + 1)] - table[step]))
