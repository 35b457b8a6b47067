"""Levels of responders: teams from outside that can lead an investigation and a rebuilding, nearest first."""

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
