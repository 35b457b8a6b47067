"""What do patients come for, and how are they counted: one by one, or by the hour of an appointment book?"""

from enum import StrEnum


class Stream(StrEnum):
    """A kind of care. The order is that of the arrays."""

    EMERGENCY_ADULT = "emergency_adult"
    EMERGENCY_PAEDIATRIC = "emergency_paediatric"
    CRITICAL_CARE = "critical_care"
    SURGERY_URGENT = "surgery_urgent"
    SURGERY_SCHEDULED = "surgery_scheduled"
    MATERNITY = "maternity"
    MEDICINE = "medicine"
    """All acute beds outside critical care and maternity, those of operated patients among them."""
    OUTPATIENT = "outpatient"
    IMAGING = "imaging"
    LABORATORY = "laboratory"
    DIALYSIS = "dialysis"
    CHEMOTHERAPY = "chemotherapy"
    RADIOTHERAPY = "radiotherapy"
    SAMU = "samu"
    """Calls to the SAMU-Centre 15."""


STREAMS = tuple(Stream)
NUMBER = {stream: number for number, stream in enumerate(STREAMS)}
"""The number of each stream in the arrays."""
EMERGENCY = (Stream.EMERGENCY_ADULT, Stream.EMERGENCY_PAEDIATRIC)
BEDSIDE = STREAMS[: NUMBER[Stream.MEDICINE] + 1]
"""Streams whose patients are followed one by one."""
SESSIONS = STREAMS[NUMBER[Stream.MEDICINE] + 1 :]
"""Streams of short sessions, counted by the hour of an appointment book."""
