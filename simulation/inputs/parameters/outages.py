"""Outages: what the loss of an application costs each stream of care; `outages.yaml`, as a type.

Of the applications that are down together, the one whose loss hurts a stream most sets its pace, and the longest
added time is the one that is waited: the others are met meanwhile, so that no loss is counted twice.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from simulation.inputs.postures.posture import Level
from simulation.inputs.streams import Stream
from topologies.errors import Message
from topologies.fields.quantity import Input, Quantity, Share
from topologies.fields.scalars import Number, Text, YesNo
from topologies.fields.title import Title

Kept = tuple[Level, Level, Level]
"""A share: its value, and the low and high of its plausible range."""
Multiple = Annotated[Number, Field(ge=1, le=100)]
Lengthened = tuple[Multiple, Multiple, Multiple]
"""Stays multiplied: value, low, high."""
Added = Annotated[Number, Field(ge=0, le=1_440)]
Minutes = tuple[Added, Added, Added]
"""Minutes added: value, low, high."""
NO_MINUTES = (0.0, 0.0, 0.0)
EFFECTS: Mapping[str, str] = MappingProxyType(
    {
        "kept": "share of capacity",
        "kept_rehearsed": "share of capacity",
        "lengthened": "ratio of stays",
        "lengthened_rehearsed": "ratio of stays",
        "minutes": "min",
        "minutes_rehearsed": "min",
    }
)
"""What a cell of the matrix says, each with its unit."""


LOSSES = ("hosted", "switched_off", "outside")
"""What an application says of how far it is gone, beside what an attack takes."""


class Application(Input):
    """A program or network that care leans on."""

    title: Title
    suite: Text
    """Applications of one suite run on the same servers: an attack takes or spares them together."""
    returns_with: Literal[
        "core_servers",
        "first_workstations",
        "vital_applications",
        "care_applications",
        "workstations",
        "other_applications",
    ]
    """The stage of recovery after which it is used again."""
    hosted: Share
    """How far a health-data host that is down takes it down."""
    switched_off: Share
    """How far it is gone when the establishment switches everything off by decision."""
    outside: Share
    """How far it is gone when the establishment is cut off from outside."""


class Cost(Input):
    """What an application that is wholly down costs a stream, without any plan and with a rehearsed one."""

    application: Text
    stream: Stream
    kept: Kept
    kept_rehearsed: Kept
    lengthened: Lengthened
    lengthened_rehearsed: Lengthened
    minutes: Minutes = NO_MINUTES
    """Added to a time-critical patient's care."""
    minutes_rehearsed: Minutes = NO_MINUTES
    source: Text
    assumption: YesNo = False
    reason: Text | None = None

    @property
    def quantities(self) -> dict[str, Quantity]:
        """Every number of the cell by its path, such as `record.medicine.kept`."""
        return {
            f"{self.application}.{self.stream}.{effect}": Quantity(
                value=number[0],
                unit=EFFECTS[effect],
                low=number[1],
                high=number[2],
                source=self.source,
                assumption=self.assumption,
                reason=self.reason,
            )
            for effect, number in self
            if effect in EFFECTS
        }

    def changed(self, others: Mapping[str, Quantity]) -> "Cost":
        """The same, but for these numbers, by their paths; its source stays that of the cell."""
        update = {
            effect: (other.value, other.low, other.high)
            for effect in EFFECTS
            if (other := others.get(f"{self.application}.{self.stream}.{effect}"))
        }
        return self.model_copy(update=update)

    @model_validator(mode="after")
    def _plan_helps(self) -> Self:
        worse = (
            self.kept_rehearsed[0] < self.kept[0]
            or self.lengthened_rehearsed[0] > self.lengthened[0]
            or self.minutes_rehearsed[0] > self.minutes[0]
        )
        if worse:
            raise ValueError(
                Message("a rehearsed plan costs more than none"), Message("correct one of the two values")
            )
        ranges = (
            self.kept,
            self.kept_rehearsed,
            self.lengthened,
            self.lengthened_rehearsed,
            self.minutes,
            self.minutes_rehearsed,
        )
        for value, low, high in ranges:
            if not low <= value <= high:
                raise ValueError(
                    Message(
                        "value {value} is outside low {low} to high {high}",
                        {"value": value, "low": low, "high": high},
                    ),
                    Message("widen the range, or correct the value"),
                )
        return self


class Outages(Input):
    """The application × stream matrix."""

    applications: dict[Text, Application]
    costs: tuple[Cost, ...]

    @property
    def quantities(self) -> dict[str, Quantity]:
        """Every number by its path: `record.hosted`, and those of the cells."""
        numbers: dict[str, Quantity] = {
            f"{name}.{loss}": dict(one)[loss] for name, one in self.applications.items() for loss in LOSSES
        }
        for cost in self.costs:
            numbers |= cost.quantities
        return numbers

    def changed(self, others: Mapping[str, Quantity]) -> "Outages":
        """The same, but for these numbers, by their paths.

        They are not judged again: a study that ranges over each by itself may put a rehearsed plan below none.
        """
        applications = {
            name: one.model_copy(
                update={loss: others[f"{name}.{loss}"] for loss in LOSSES if f"{name}.{loss}" in others}
            )
            for name, one in self.applications.items()
        }
        costs = tuple(cost.changed(others) for cost in self.costs)
        return self.model_copy(update={"applications": applications, "costs": costs})

    @model_validator(mode="after")
    def _knows_its_applications(self) -> Self:
        cells = set()
        for cost in self.costs:
            cell = (cost.application, cost.stream)
            if cell in cells:
                raise ValueError(
                    Message(
                        "the cost of {application} for {stream} is written twice",
                        {"application": cost.application, "stream": cost.stream},
                    ),
                    Message("keep one of the two"),
                )
            cells.add(cell)
            if cost.application not in self.applications:
                raise ValueError(
                    Message("{name} is none of the applications", {"name": cost.application}),
                    Message("name one of {names}", {"names": ", ".join(self.applications)}),
                )
        return self
