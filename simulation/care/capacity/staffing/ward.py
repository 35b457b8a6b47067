"""A ward as staffed: one stream of care at one site, before it becomes a row of the ward table."""

from dataclasses import dataclass

from simulation.inputs.streams import Stream

Chances = tuple[float, ...]
"""What follows a stay, of shape (4,): chances of medicine, critical care, urgent surgery, a hospital elsewhere."""
NOWHERE: Chances = (0.0,) * 4
"""All are discharged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BedWard:
    """A ward whose patients are followed one by one: boxes, beds or theatres."""

    territory: str
    stream: Stream
    finess: str
    department: str
    places: float
    hourly: float
    """Direct admissions per hour, on the mean of the year."""
    present: float
    """Patients to expect in care at the start."""
    direct_part: float = 1.0
    """Of its patients, the share who are admitted directly; of wards other than medicine nobody asks."""
    unplanned_part: float = 1.0
    """Of its patients, the share whose stay cannot be put off; nor of this."""
    in_use: float = 1.0
    """The share of its places that are staffed and of use."""
    longer: tuple[float, float] = (1.0, 1.0)
    """Stays over those of their class: of those who go home, and of those who go on to a ward."""
    ordinary: Chances = NOWHERE
    time_critical: Chances = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionWard:
    """A ward whose patients are counted by the hour: appointments, or calls to a SAMU."""

    territory: str
    stream: Stream
    finess: str
    """The site; of a SAMU, the service."""
    department: str
    places: float
    """Patients per hour that can be seen."""
    hourly: float
    """Patients per hour, on the mean of the year."""


Ward = BedWard | SessionWard


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """The patients who come to an emergency department, before it is staffed."""

    territory: str
    stream: Stream
    finess: str
    hourly: float
    """Per hour, on the mean of the year."""


@dataclass(slots=True)
class Inflow:
    """Patients per hour whom other wards of a site pass on to its beds."""

    medicine: float = 0.0
    critical: float = 0.0
    urgent: float = 0.0
    """To urgent surgery."""
