"""Draws: what chance decides for one patient. Each purpose has a draw of its own, made from the patient's key."""

from enum import IntEnum

import numpy as np

from simulation.care.capacity.length_of_stay import QUANTILES
from simulation.engine.array_types import Floats, ShortFloats
from simulation.engine.compiled import U4, inlined

STEP = 1.0 / 9007199254740992.0
"""2 to the power of -53: draws are whole multiples of it."""


class Purpose(IntEnum):
    """What a draw decides. Those marked *in every ward* take eight numbers: the wards passed through are added."""

    STAY = 0
    """How long the patient stays; in every ward."""
    ROUTE = 8
    """What follows the stay; in every ward."""
    PATIENCE = 16
    REROUTE = 17
    """Whether the SAMU reaches the ambulance."""
    JOURNEY = 18
    """The seconds of a journey; in every ward."""
    IMAGING = 26
    LABORATORY = 27
    SHUNS = 28
    """Whether who would come by themselves shuns a department that was struck."""
    STAYS_AWAY = 29
    """Whether they then go to none."""
    TRIES_NEXT = 30
    """Whether who leaves without being seen goes to another department."""
    PLANNED = 31
    """Whether a stay in medicine was planned, and whether it can be put off."""
    ARRIVAL = 32
    CONDITION = 33
    AMBULANCE = 34
    HOME = 35
    """Where the patient lives."""


@inlined
def key_of(key: np.uint64, number: int) -> np.uint64:
    """The key of this number among those made from a key (SplitMix64: Steele, Lea and Flood 2014)."""
    mixed = key + np.uint64(number + 1) * np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


@inlined
def draw(key: np.uint64, purpose: int) -> float:
    """A patient's number in 0..1 for a purpose."""
    return np.float64(key_of(key, purpose) >> np.uint64(11)) * STEP


@inlined
def at_quantile(table: ShortFloats, quantile: float) -> float:
    """The value of a table of shape (QUANTILES + 1,), linear between its steps."""
    place = quantile * QUANTILES
    step = U4(place)
    before, after = np.float64(table[step]), np.float64(table[U4(step + 1)])
    return float(before + (place - step) * (after - before))


@inlined
def at_share(table: Floats, share: float) -> float:
    """The same of a table with any number of steps."""
    place = share * (len(table) - 1)
    step = U4(place)
    return float(table[step] + (place - step) * (table[U4(step + 1)] - table[step]))
