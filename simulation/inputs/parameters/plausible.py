"""What a parameter can be: a number with its range and source, or a profile; absurd values are refused."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from topologies.errors import Message
from topologies.fields.quantity import LARGEST, Input, Quantity
from topologies.fields.scalars import Number, Text, YesNo


class Profile(Input):
    """Relative weights over the hours of a day or the days of a week; the model scales them to a mean of one."""

    values: tuple[Annotated[Number, Field(ge=0, le=LARGEST)], ...] = Field(min_length=7, max_length=24)
    unit: Text
    source: Text
    assumption: YesNo = False
    reason: Text | None = None

    @model_validator(mode="after")
    def _has_weight(self) -> Self:
        if not any(self.values):
            raise ValueError(Message("all weights are 0"), Message("give at least one hour or day a weight"))
        return self


PLAUSIBLE: Mapping[str, tuple[float, float]] = {
    "machines_hit": (0.001, 0.999),
    "machines_hit_concentration": (0.1, 1_000),
    "beds_per_it_team": (10, 100_000),
    "reference_it_budget": (0.0001, 1),
    "_stay_h": (0.1, 2_000),
    "_h": (0.01, 10_000),
    "_min": (0, 1_440),
    "_days": (0, 1_000),
    "_km": (0, 1_000),
    "_log_sd": (0, 2),
    "_bed_year": (0, 10_000),
    "_1000_day": (0, 1_000),
}
"""What a parameter can be, by its name or the end of it: the first that fits holds."""


def check_plausible(name: str, quantity: Quantity) -> None:
    """`ValueError` where the value of a parameter can be that of no hospital on earth, whatever range it is given."""
    least, most = next((bounds for end, bounds in PLAUSIBLE.items() if name.endswith(end)), (0.0, LARGEST))
    if not least <= quantity.value <= most:
        values = {"name": name, "value": quantity.value, "least": least, "most": most}
        raise ValueError(
            Message("{name} is {value}, not between {least} and {most}", values),
            Message("check its unit"),
        )


class Group(Input):
    """The parameters of one mechanism, in one file."""

    @model_validator(mode="after")
    def _are_plausible(self) -> Self:
        for name, parameter in self:
            if isinstance(parameter, Quantity):
                check_plausible(name, parameter)
        return self
