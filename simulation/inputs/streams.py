"""Streams of care: what patients come for, and how their wards work."""

from enum import IntEnum, StrEnum
from typing import NewType

from topologies.fields.title import Title

StreamNumber = NewType("StreamNumber", int)
"""A row of the arrays by stream."""


class WardKind(IntEnum):
    """How a ward works: its patients are followed one by one, or counted by the hour."""

    EMERGENCY = 0
    """Boxes: patients come at any hour, may leave without being seen, and ambulances can be diverted."""
    CRITICAL_CARE = 1
    """Beds for which nobody can wait long; a transfer needs a vehicle."""
    BEDS = 2
    THEATRES = 3
    """Operating theatres, from the way in to the way out."""
    SESSIONS = 4
    """Appointments, planned and held by the hour."""
    CALLS = 5
    """Calls to a SAMU, likewise."""


class Stream(StrEnum):
    """A stream of care: how its wards work, what it is called, and what is counted of it."""

    kind: WardKind
    label: Title
    counted: str

    def __new__(cls, name: str, kind: WardKind, label: Title, counted: str) -> "Stream":
        """The name is its value; the rest is its own."""
        stream = str.__new__(cls, name)
        stream._value_ = name
        stream.kind, stream.label, stream.counted = kind, label, counted
        return stream

    EMERGENCY_ADULT = (
        "emergency_adult",
        WardKind.EMERGENCY,
        Title(fr="Urgences adultes", en="Adult emergencies"),
        "visits to adult emergency departments",
    )
    EMERGENCY_PAEDIATRIC = (
        "emergency_paediatric",
        WardKind.EMERGENCY,
        Title(fr="Urgences pédiatriques", en="Paediatric emergencies"),
        "visits to paediatric ones",
    )
    CRITICAL_CARE = (
        "critical_care",
        WardKind.CRITICAL_CARE,
        Title(fr="Soins critiques", en="Critical care"),
        "stays in resuscitation and intensive care",
    )
    SURGERY_URGENT = (
        "surgery_urgent",
        WardKind.THEATRES,
        Title(fr="Chirurgie urgente", en="Urgent surgery"),
        "operations that cannot wait",
    )
    SURGERY_SCHEDULED = (
        "surgery_scheduled",
        WardKind.THEATRES,
        Title(fr="Chirurgie programmée", en="Planned surgery"),
        "planned operations; `waiting` is the list of those put off",
    )
    MATERNITY = (
        "maternity",
        WardKind.BEDS,
        Title(fr="Maternité", en="Maternity"),
        "stays in maternity",
    )
    MEDICINE = (
        "medicine",
        WardKind.BEDS,
        Title(fr="Médecine et autres lits de MCO", en="Medicine and other acute wards"),
        "stays in all other acute beds, those of operated patients among them",
    )
    OUTPATIENT = (
        "outpatient",
        WardKind.SESSIONS,
        Title(fr="Consultations externes", en="Outpatient consultations"),
        "consultations",
    )
    IMAGING = (
        "imaging",
        WardKind.SESSIONS,
        Title(fr="Imagerie, hors urgences", en="Imaging, emergency patients apart"),
        "examinations, those of emergency patients apart",
    )
    LABORATORY = (
        "laboratory",
        WardKind.SESSIONS,
        Title(fr="Biologie, hors urgences", en="Laboratory, emergency patients apart"),
        "patients with a sample, those of emergency patients apart",
    )
    DIALYSIS = (
        "dialysis",
        WardKind.SESSIONS,
        Title(fr="Dialyse", en="Dialysis"),
        "sessions",
    )
    CHEMOTHERAPY = (
        "chemotherapy",
        WardKind.SESSIONS,
        Title(fr="Chimiothérapie", en="Chemotherapy"),
        "sessions",
    )
    RADIOTHERAPY = (
        "radiotherapy",
        WardKind.SESSIONS,
        Title(fr="Radiothérapie", en="Radiotherapy"),
        "sessions",
    )
    SAMU = (
        "samu",
        WardKind.CALLS,
        Title(fr="Appels au SAMU", en="Calls to the SAMU"),
        "calls to a SAMU-Centre 15; `ght` is the SAMU",
    )


def of_kind(*kinds: WardKind) -> tuple[Stream, ...]:
    """The streams whose wards work so."""
    return tuple(stream for stream in Stream if stream.kind in kinds)


STREAMS = tuple(Stream)
NUMBER = {stream: StreamNumber(number) for number, stream in enumerate(STREAMS)}
EMERGENCY = of_kind(WardKind.EMERGENCY)
BEDSIDE = of_kind(WardKind.EMERGENCY, WardKind.CRITICAL_CARE, WardKind.BEDS, WardKind.THEATRES)
"""Streams whose patients are followed one by one."""
APPOINTMENTS = of_kind(WardKind.SESSIONS)
SESSIONS = of_kind(WardKind.SESSIONS, WardKind.CALLS)
"""Streams counted by the hour: appointments, and calls to the SAMU."""
