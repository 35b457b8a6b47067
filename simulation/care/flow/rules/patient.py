"""Patients: where they are, what follows their stay, and what chance decides for each of them."""

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from simulation.care.capacity.length_of_stay import QUANTILES
from simulation.care.flow.arrivals import PatientNumber
from simulation.care.flow.codes import Exit, Where
from simulation.care.flow.draws import Purpose

if TYPE_CHECKING:
    from simulation.care.flow.rules.ambulances import Fleet
    from simulation.care.flow.rules.homes import Home
    from simulation.care.flow.rules.ward import Ward

DRAWN_IN_EVERY_WARD = {Purpose.STAY, Purpose.ROUTE, Purpose.JOURNEY}
"""A patient who passes through several wards has a new draw in each."""


@dataclass(eq=False, slots=True)
class Patient:
    """One patient, and the key of their draws."""

    number: PatientNumber
    key: int
    came_h: float
    is_time_critical: bool
    by_ambulance: bool
    home: "Home | None" = None
    """Where they live, if anybody asks."""
    road_h: float = 0.0
    """By which diversion and transfer have lengthened their journey."""
    journeys: int = 0
    """From one emergency department to another."""
    ambulance_of: "Fleet | None" = None
    """Where the ambulance is from that is still with them."""
    late: int = 0
    """By how many parts of an hour it came later."""
    where: Where = Where.ABSENT
    queued_h: float = 0.0
    """When they joined the queue in which they wait."""
    holds: "Ward | None" = None
    """The ward whose place they keep while they wait for another: they board there."""
    in_corridor: bool = False
    """What they keep there is a chair or a trolley, and no box."""
    results_h: float = 0.0
    """When the results are there for which they wait in a chair."""
    ward: "Ward | None" = None
    """Where they are in care."""
    then: "Ward | Exit" = Exit.DISCHARGED
    """What follows their stay."""
    wards_left: int = 0
    """Wards that they have passed through."""

    def draw(self, purpose: Purpose) -> float:
        """A number in 0..1 (SplitMix64: Steele, Lea and Flood 2014)."""
        number = purpose + (self.wards_left if purpose in DRAWN_IN_EVERY_WARD else 0)
        mixed = (self.key + (number + 1) * 0x9E3779B97F4A7C15) % 2**64
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
        mixed ^= mixed >> 31
        return (mixed >> 11) / 2**53


def at_quantile(table: NDArray[np.float32], quantile: float) -> float:
    """The value of a table of shape (QUANTILES + 1,), linear between its steps."""
    place = quantile * QUANTILES
    step = floor(place)
    before, after = float(table[step]), float(table[step + 1])
    return before + (place - step) * (after - before)
