"""Codes: what the numbers in the arrays of care stand for. Compiled code takes members of these as constants."""

from enum import IntEnum

NOBODY = -1
"""In place of a patient in a queue: it ends here."""
ROUND_STEP = 37
"""Wards by which the round of the beds begins further each hour: none is always the last to ask for a vehicle."""


class Exit(IntEnum):
    """How a patient leaves for good; negative, since what follows a stay is an exit or the number of a ward."""

    DISCHARGED = -1
    HOSPITALISED_ELSEWHERE = -2
    UNMET = -3
    """Not cared for: left without being seen, or lost for want of a bed."""


class Where(IntEnum):
    """Where a patient is."""

    ABSENT = 0
    DIVERTED = 1
    """On the road to another emergency department, in an ambulance that theirs does not take."""
    TRANSFERRED = 2
    """On the road to another hospital, where there is a place."""
    MOVED_ON = 3
    """On their own way to another emergency department, since theirs is closed or shunned."""
    WAITING = 4
    IN_CARE = 5
    GONE = 6
    PUT_OFF = 7
    """At home, until the hospital calls them in for their planned stay."""
    LEAVES_BOX = 8
    """In care in an emergency department, and will wait for results outside the box."""
    IN_CHAIR = 9
    """In an emergency department, waiting for results outside the box."""


class Condition(IntEnum):
    """Time-critical conditions, and none."""

    NONE = 0
    STROKE = 1
    STEMI = 2
    TRAUMA = 3
    ARREST = 4
    RESUSCITATION = 5


CONDITIONS = tuple(condition.name.lower() for condition in Condition if condition is not Condition.NONE)
"""Names of the time-critical conditions: number 1 comes first."""


class Exam(IntEnum):
    """What emergency patients wait for: the columns of `State.exam_h`."""

    IMAGE = 0
    ANALYSIS = 1
