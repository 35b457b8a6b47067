"""What really happened, and what of it does the model have to find? A published incident, as a type.

The model replays an incident on its topology with the parameters of every other run. Only what is known of the
incident may differ: when it went off, which machines it reached, what was cut when. Such a fact stands in `known` or
`levers`, with its source, and is then no figure to be found.
"""

from enum import StrEnum
from functools import cached_property
from typing import Self

from pydantic import Field, model_validator

from backtest.activity import UNTOLD
from simulation.inputs.clock import HALF_A_YEAR_H
from simulation.inputs.indicators.bounds import HIGHEST_BOUNDS
from simulation.inputs.parameters.parameters import PARAMETER_NAMES, Parameters
from simulation.inputs.parameters.plausible import check_plausible
from simulation.inputs.postures.posture import Levers, Posture
from simulation.inputs.scenarios.scenario import Scenario, Threshold
from simulation.inputs.scenarios.wave import Wave
from simulation.inputs.streams import Stream
from topologies.errors import Message, nearest_names
from topologies.fields.identifiers import Finess, Slug
from topologies.fields.quantity import LARGEST, Input, Quantity, Share
from topologies.fields.scalars import Instant, Number, Text, Whole, YesNo
from topologies.fields.shown import shortened
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
    """Patients taken into care over those expected on the same days without an attack (`activity.py`)."""


class Figure(Input):
    """A published figure, how it is measured in the model, and whether a parameter was set from it."""

    name: Slug
    title: Title
    unit: Text
    observed: Number = Field(ge=0, le=LARGEST)
    measure: Measure
    at: Finess | None = None
    """Where; when nothing is said, over all establishments hit, and activity over all that are public."""
    day: Number | None = Field(default=None, ge=0, le=LONGEST_DAYS)
    """The instant, in days; of activity, the first of its days."""
    days: Number = Field(default=7.0, gt=0, le=LONGEST_DAYS)
    """Over how many days activity is counted."""
    streams: tuple[Stream, ...] = ()
    """Whose activity; of several, their patients together."""
    share: Number | None = Field(default=None, gt=0, le=1)
    source: Text
    used_for: tuple[Text, ...] = ()
    """Parameters that were set with this figure in view, or `outages`, the matrix; none, and the figure is a test."""

    @model_validator(mode="after")
    def _says_whose_activity(self) -> Self:
        whole = self.day is not None and self.streams and not set(self.streams) & set(UNTOLD)
        if self.measure is Measure.ACTIVITY and not whole:
            raise ValueError(
                Message(
                    "{figure} is an activity without a day or streams, or of {untold}",
                    {"figure": self.name, "untold": ", ".join(UNTOLD)},
                ),
                Message("give day and streams, of which activity is told"),
            )
        return self


UNMET = "icu_unmet_patient_h"


class Incident(Input):
    """A published incident: its topology, its waves, what is known of it, and the figures to find."""

    name: Slug
    title: Title
    story: Title
    sources: tuple[Text, ...] = Field(min_length=1)
    topology: Slug
    start: Instant
    horizon_h: Whole = Field(gt=0, le=HALF_A_YEAR_H)
    waves: tuple[Wave, ...] = Field(min_length=1)
    hit: Finess | None = None
    """Where it is known that the payload went off: replications in which it did not are other stories."""
    averted: YesNo = False
    """The payload never went off: every replication is the story."""
    levers: dict[Text, Share] = Field(default_factory=dict)
    """Levers whose level there is known; the others are the baseline's."""
    known: dict[Text, Quantity] = Field(default_factory=dict)
    """Parameters whose value there is known; the others are everyone's."""
    figures: tuple[Figure, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _knows_its_words(self) -> Self:
        for field, given, known in (
            ("levers", self.levers, list(Levers.model_fields)),
            ("known", self.known, list(PARAMETER_NAMES)),
        ):
            for name in given:
                if name not in known:
                    raise ValueError(
                        Message(
                            "{field} holds {name}, which the model does not know",
                            {"field": field, "name": shortened(name)},
                        ),
                        Message("use {nearest}, or drop it", {"nearest": nearest_names(name, known)}),
                    )
        for name, quantity in self.known.items():
            check_plausible(name, quantity)
        if len({figure.name for figure in self.figures}) < len(self.figures):
            raise ValueError(Message("two figures have the same name"), Message("keep one of the two"))
        return self

    @cached_property
    def scenario(self) -> Scenario:
        """The incident as a scenario; its one threshold is never asked for."""
        never = Threshold(indicator=UNMET, at_most=HIGHEST_BOUNDS[UNMET], reason=self.title)
        return Scenario(
            name=self.name,
            title=self.title,
            story=self.story,
            tests=self.title,
            sources=self.sources,
            start=self.start,
            horizon_h=self.horizon_h,
            waves=self.waves,
            thresholds=(never,),
            held_share_target=0.5,
        )

    def posture(self, everyone: Posture) -> Posture:
        """The posture of everyone, with what is known of the levers there."""
        levers = everyone.levers.model_copy(update=dict(self.levers))
        return everyone.model_copy(update={"levers": levers})

    def parameters(self, everyone: Parameters) -> Parameters:
        """The parameters of everyone, with what is known there."""
        return everyone.changed(self.known)
