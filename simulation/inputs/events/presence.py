"""Presence: residents whom an event finds away, and services that are reinforced for it."""

from typing import Self

from pydantic import Field, model_validator

from simulation.inputs.events.schedule import Days
from simulation.inputs.events.somewhere import Part
from topologies.errors import Message
from topologies.fields.identifiers import Insee
from topologies.fields.scalars import Number
from topologies.region import Basis


class Absence(Days, Part):
    """Residents of the communes named, else of all, are away, and fall ill elsewhere; those that overlap multiply."""

    share: Number = Field(ge=0, lt=1)
    """Of their emergency patients; who leaves is younger and fitter than who stays."""
    communes: tuple[Insee, ...] = Field(default=(), max_length=5_000)
    basis: Basis = Basis.ASSUMPTION


class Reinforcement(Days, Part):
    """Places of emergency departments and people who answer calls, beyond those of ordinary days."""

    emergency: Number = Field(default=0, ge=0, le=2)
    """More boxes, as a share of the ordinary ones."""
    samu: Number = Field(default=0, ge=0, le=2)
    """More calls that can be answered, likewise."""
    basis: Basis = Basis.ASSUMPTION

    @model_validator(mode="after")
    def _reinforces(self) -> Self:
        if not (self.emergency or self.samu):
            raise ValueError(Message("reinforces nothing"), Message("give emergency or samu a share"))
        return self
