"""Patients: where they are, how they leave, and what chance decides for each of them."""

from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.care.flow.rules.ward import Ward


class Exit(IntEnum):
    """How a patient leaves for good."""

    DISCHARGED = -1
    HOSPITALISED_ELSEWHERE = -2
    UNMET = -3
    """Not cared for: left without being seen, or lost for want of a bed."""


class Where(Enum):
    """Where a patient is."""

    ABSENT = auto()
    ON_THE_ROAD = auto()
    WAITING = auto()
    IN_CARE = auto()
    GONE = auto()


class Purpose(Enum):
    """What a draw decides; each purpose has a number of its own among a patient's draws."""

    STAY = 0
    ROUTE = 8
    PATIENCE = 16
    REROUTE = 17
    JOURNEY = 18
    IMAGING = 26
    LABORATORY = 27


DRAWN_IN_EVERY_WARD = {Purpose.STAY, Purpose.ROUTE, Purpose.JOURNEY}
"""A patient who passes through several wards has a new draw in each."""


@dataclass(eq=False, slots=True)
class Patient:
    """One patient, and the key of their draws."""

    number: int
    key: int
    came_h: float
    is_time_critical: bool
    by_ambulance: bool
    where: Where = Where.ABSENT
    queued_h: float = 0.0
    """When they joined the queue in which they wait."""
    holds: "Ward | None" = None
    """The ward whose place they keep while they wait for another: they board there."""
    then: "Ward | Exit" = Exit.DISCHARGED
    """What follows their stay."""
    wards_left: int = 0
    """Wards that they have passed through."""

    def draw(self, purpose: Purpose) -> float:
        """A number in 0..1 (SplitMix64: Steele, Lea and Flood 2014)."""
        number = purpose.value + (self.wards_left if purpose in DRAWN_IN_EVERY_WARD else 0)
        mixed = (self.key + (number + 1) * 0x9E3779B97F4A7C15) % 2**64
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
        mixed ^= mixed >> 31
        return (mixed >> 11) / 2**53
