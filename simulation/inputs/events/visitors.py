"""Visitors: those who sleep in a region because of an event, how many, when and where."""

from collections.abc import Hashable
from typing import Self

from pydantic import Field, model_validator

from simulation.inputs.events.schedule import Days
from simulation.inputs.events.somewhere import Headcount, Part, Somewhere
from topologies.errors import Message
from topologies.fields.identifiers import Insee
from topologies.fields.scalars import Number
from topologies.region import Basis


class Visitors(Days, Part):
    """More people than usual sleep in the region, and fall ill there; entries whose days overlap add up.

    They stay in the communes or around the place that this names, else around the venues of the event.
    """

    people: Headcount
    communes: tuple[Insee, ...] = Field(default=(), max_length=5_000)
    around: Somewhere | None = None
    within_km: Number | None = Field(default=None, gt=0, le=1_000)
    """How far around; by default, the parameter `visitors_stay_km`."""
    basis: Basis = Basis.ASSUMPTION

    @model_validator(mode="after")
    def _stay_in_one_place(self) -> Self:
        if self.communes and (self.around or self.within_km):
            raise ValueError(
                Message("names communes, and a place to stay around"), Message("keep one of the two")
            )
        return self

    @property
    def crowd(self) -> Hashable:
        """Equal for two that tell of the same people."""
        place = self.around and (self.around.venue, self.around.latitude, self.around.longitude)
        where = (self.region, self.communes, place, self.within_km)
        return where, self.first_day, self.last_day, self.people
