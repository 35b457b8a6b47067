"""Quantities: a number with its unit, its plausible range and its source."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from topologies.errors import Message
from topologies.fields.scalars import Number, Text, YesNo

LARGEST = 1_000_000.0
"""Of any number of the model, whatever its unit."""


class Input(BaseModel):
    """What comes from outside: frozen, and refused if it holds an unknown field."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)
    # Its validator is built when one is first read: a worker reads none, and a verb a few kinds only.


class Quantity(Input):
    """A number of the model, with its source and the range over which a sensitivity study varies it.

    `low` and `high` bound what `value` may truly be. `log_sd` is the spread from case to case of a duration that is
    log-normal with median `value`; `None` for a number that is the same in every case.
    """

    value: Number = Field(ge=0, le=LARGEST)
    unit: Text
    low: Number = Field(ge=0, le=LARGEST)
    high: Number = Field(ge=0, le=LARGEST)
    source: Text
    assumption: YesNo = False
    reason: Text | None = None
    log_sd: Number | None = Field(default=None, ge=0, le=2)

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if not self.low <= self.value <= self.high:
            raise ValueError(
                Message(
                    "value {value} is outside low {low} to high {high}",
                    {"value": self.value, "low": self.low, "high": self.high},
                ),
                Message("widen the range, or correct the value"),
            )
        if self.assumption and not self.reason:
            raise ValueError(Message("does not say why it is assumed"), Message("add reason"))
        return self


class Share(Quantity):
    """A quantity in 0..1."""

    value: Number = Field(ge=0, le=1)
    low: Number = Field(ge=0, le=1)
    high: Number = Field(ge=0, le=1)
