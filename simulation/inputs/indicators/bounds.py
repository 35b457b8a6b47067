"""Bounds: which indicators a threshold may bound, and how high."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator

from simulation.inputs.indicators.registry import INDICATORS
from topologies.errors import Message, nearest_names
from topologies.fields.scalars import Text
from topologies.fields.shown import shown

HIGHEST_BOUNDS: Mapping[str, float] = MappingProxyType(
    {name: each.at_most for name, each in INDICATORS.items() if each.at_most is not None}
)
"""What no region can reach, for each indicator that a threshold may bound: a threshold beyond it never breaks."""
DEADLINES = frozenset(name for name in HIGHEST_BOUNDS if INDICATORS[name].is_delay)
"""A bound on one of these says within how many hours something is done."""


def _boundable(name: str) -> str:
    if name not in HIGHEST_BOUNDS:
        values = {"value": shown(name), "nearest": nearest_names(name, list(HIGHEST_BOUNDS))}
        raise ValueError(
            Message("{value} is not one of the choices", values), Message("use {nearest}", values)
        )
    return name


BoundableName = Annotated[Text, AfterValidator(_boundable)]
"""The name of an indicator that a threshold may bound."""
