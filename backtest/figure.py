"""Figures: what was measured of an incident, and how the model reads the same off a replication."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from simulation.inputs.clock import HALF_A_YEAR_H
from simulation.inputs.streams import Stream
from topologies.errors import Message
from topologies.fields.identifiers import Finess, Slug
from topologies.fields.quantity import LARGEST, Input
from topologies.fields.scalars import Number, Text
from topologies.fields.title import Title

LONGEST_DAYS = HALF_A_YEAR_H / 24


class Measure(StrEnum):
    """What is read off a replication; hours and days count from the first payload."""

    IMPACTED = "impacted"
    """Establishments whose systems the payload hit."""
    CUT_BY_PRECAUTION = "cut_by_precaution"
    """Establishments that cut their links without being hit."""
    CELL_H = "cell_h"
    """Hours to the crisis cell."""
    CUT_H = "cut_h"
    """Hours until the links are cut."""
    ED_SHUT_H = "ed_shut_h"
    """Hours until the emergency department takes no ambulances, or closes."""
    ED_CLOSED_H = "ed_closed_h"
    """Hours from then until it is open to all; this and the one before only where it happens."""
    ON_AGAIN_DAYS = "on_again_days"
    """Days until all that was switched off by decision is on again."""
    CONTAINED_H = "contained_h"
    """Hours until the attack is contained and what is not encrypted can be used again."""
    RESTART_DAYS = "restart_days"
    """Days until the directory is rebuilt and the restart begins."""
    SERVERS_SHARE = "servers_share"
    """Of the servers that the payload reached, those in use again; of applications and workstations, of all."""
    APPLICATIONS_SHARE = "applications_share"
    WORKSTATIONS_SHARE = "workstations_share"
    APPLICATIONS_DAYS = "applications_days"
    """Days until this share of the applications is back."""
    VITAL_DAYS = "vital_days"
    """Days until the vital applications, the record first, are back."""
    LAST_DAYS = "last_days"
    """Days until everything is back."""
    ACTIVITY = "activity"
    """Patients taken into care; this and what follows over the same days of the same replication without an attack."""
    ARRIVALS = "arrivals"
    """Patients who come."""
    AMBULANCES = "ambulances"
    """Those who come by ambulance."""
    LEFT_UNSEEN = "left_unseen"
    """Those who give up or cannot be taken."""
    POSTPONED = "postponed"
    """Patients whose care was put off, each once, beyond those without the attack: a number, not a ratio."""


OF_CARE = frozenset(
    {
        Measure.ACTIVITY,
        Measure.ARRIVALS,
        Measure.AMBULANCES,
        Measure.LEFT_UNSEEN,
        Measure.POSTPONED,
    }
)
"""What only a replication with its patients tells."""
OF_THE_SPREAD = frozenset({Measure.IMPACTED, Measure.CUT_BY_PRECAUTION})
"""What is forecast before it is known where the payload has gone off."""


class Figure(Input):
    """A published figure, how it is measured in the model, and of which parameters it may tell."""

    name: Slug
    title: Title
    unit: Text
    observed: Number = Field(ge=0, le=LARGEST)
    measure: Measure
    at: tuple[Finess, ...] = ()
    """Where; when nothing is said, over all establishments hit, and care over all that are public."""
    day: Number | None = Field(default=None, ge=0, le=LONGEST_DAYS)
    """The instant, in days; of care, the first of its days."""
    days: Number = Field(default=7.0, gt=0, le=LONGEST_DAYS)
    """Over how many days care is counted."""
    streams: tuple[Stream, ...] = ()
    """Whose care; of several, their patients together."""
    share: Number | None = Field(default=None, gt=0, le=1)
    source: Text
    used_for: tuple[Text, ...] = ()
    """Parameters of which the figure may tell, by the names of the priors; none, and the figure is a test."""

    @model_validator(mode="after")
    def _says_whose_care(self) -> Self:
        if self.measure in OF_CARE and (self.day is None or not self.streams):
            raise ValueError(
                Message(
                    "{figure} counts care without saying when or of which streams", {"figure": self.name}
                ),
                Message("give day and streams"),
            )
        return self
