"""Streams of care: what patients come for, and how their wards work."""

from enum import IntEnum, StrEnum
from typing import NewType

StreamNumber = NewType("StreamNumber", int)
"""A row of the arrays by stream."""


class WardKind(IntEnum):
    """How a ward works: its patients are followed one by one, or counted by the hour."""

    EMERGENCY = 0
    """Boxes: patients come at any hour, may leave without being seen, and ambulances can be diverted."""
    CRITICAL_CARE = 1
    """Beds for which nobody can wait long; a transfer needs a vehicle."""
    BEDS = 2
    """Beds or operating theatres."""
    SESSIONS = 3
    """Appointments, planned and held by the hour."""
    CALLS = 4
    """Calls to a SAMU, likewise."""


class Stream(StrEnum):
    """A stream of care, and the kind of its wards."""

    kind: WardKind

    def __new__(cls, name: str, kind: WardKind) -> "Stream":
        """The name is its value; the kind is its own."""
        stream = str.__new__(cls, name)
        stream._value_ = name
        stream.kind = kind
        return stream

    EMERGENCY_ADULT = "emergency_adult", WardKind.EMERGENCY
    EMERGENCY_PAEDIATRIC = "emergency_paediatric", WardKind.EMERGENCY
    CRITICAL_CARE = "critical_care", WardKind.CRITICAL_CARE
    SURGERY_URGENT = "surgery_urgent", WardKind.BEDS
    SURGERY_SCHEDULED = "surgery_scheduled", WardKind.BEDS
    MATERNITY = "maternity", WardKind.BEDS
    MEDICINE = "medicine", WardKind.BEDS
    """All acute beds outside critical care and maternity, those of operated patients among them."""
    OUTPATIENT = "outpatient", WardKind.SESSIONS
    IMAGING = "imaging", WardKind.SESSIONS
    LABORATORY = "laboratory", WardKind.SESSIONS
    DIALYSIS = "dialysis", WardKind.SESSIONS
    CHEMOTHERAPY = "chemotherapy", WardKind.SESSIONS
    RADIOTHERAPY = "radiotherapy", WardKind.SESSIONS
    SAMU = "samu", WardKind.CALLS
    """Calls to the SAMU-Centre 15."""


def of_kind(*kinds: WardKind) -> tuple[Stream, ...]:
    """The streams whose wards work so."""
    return tuple(stream for stream in Stream if stream.kind in kinds)


STREAMS = tuple(Stream)
NUMBER = {stream: StreamNumber(number) for number, stream in enumerate(STREAMS)}
EMERGENCY = of_kind(WardKind.EMERGENCY)
BEDSIDE = of_kind(WardKind.EMERGENCY, WardKind.CRITICAL_CARE, WardKind.BEDS)
"""Streams whose patients are followed one by one."""
APPOINTMENTS = of_kind(WardKind.SESSIONS)
SESSIONS = of_kind(WardKind.SESSIONS, WardKind.CALLS)
"""Streams counted by the hour: appointments, and calls to the SAMU."""
