"""Levels of responders: teams from outside, what they can do, and when they come; nearest first."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal

from pydantic import Field

from simulation.inputs.parameters.plausible import Group
from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input, Quantity
from topologies.fields.title import Title


class Task(StrEnum):
    """What teams of a level can do."""

    LEAD = "lead"
    """Lead an investigation and rebuild a directory."""
    REBUILD = "rebuild"
    """Rebuild servers where the own computer team is busy."""


class ResponderLevel(Group):
    """When teams of a level come; how many come first is for a posture to say."""

    title: Title
    actor: Literal["region", "nation"]
    """Whose teams they are, on the timeline."""
    task: Task
    activation_h: Quantity
    """From the call to the road."""
    travel_h: Quantity
    """To each establishment."""
    more_a_week: Quantity
    """Teams that join each week while the crisis lasts, over those that came first."""
    most: Quantity
    """All that come in the end, over those that came first."""


class ResponderLevels(Input):
    """The levels by name; of several with a free team, the first goes."""

    levels: dict[Slug, ResponderLevel] = Field(min_length=1)

    @property
    def quantities(self) -> dict[str, Quantity]:
        """Every number by its path, such as `regional.travel_h`."""
        return {
            f"{level}.{name}": one
            for level, durations in self.levels.items()
            for name, one in durations
            if isinstance(one, Quantity)
        }

    def changed(self, others: Mapping[str, Quantity]) -> "ResponderLevels":
        """The same, but for these numbers, by their paths."""
        levels = {
            level: durations.model_copy(
                update={name: others[path] for name, _ in durations if (path := f"{level}.{name}") in others}
            )
            for level, durations in self.levels.items()
        }
        return self.model_copy(update={"levels": levels})
