"""Levels of responders: teams from outside that can lead an investigation and a rebuilding, nearest first."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from simulation.inputs.parameters.plausible import Group
from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input, Quantity
from topologies.fields.title import Title


class ResponderLevel(Group):
    """When teams of a level come; how many there are is for a posture to say."""

    title: Title
    actor: Literal["region", "nation"]
    """Whose teams they are, on the timeline."""
    activation_h: Quantity
    """From the call to the road."""
    travel_h: Quantity
    """To each establishment."""


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
