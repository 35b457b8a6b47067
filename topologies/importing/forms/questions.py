"""Questions of the form, in order: what each asks, and what becomes of its answer (`questions.yaml`)."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from topologies.errors import Message
from topologies.fields.quantity import Input
from topologies.fields.scalars import Name
from topologies.fields.title import Title
from topologies.reading.documents import read_yaml
from topologies.region import LinkKind, ServiceKind


class Asks(StrEnum):
    """What becomes of an answer."""

    FINESS = "finess"
    DAY = "day"
    GHT = "ght"
    NUMBER = "number"
    YES_NO = "yes_no"
    SERVICES = "services"
    LEVEL = "level"
    """How prepared the establishment is, by a lever of the posture of that name."""
    KEPT = "kept"
    """It is written beside the region; the model does not use it."""


class Question(Input):
    """A line of the form."""

    asks: Asks
    title: Title
    help: Title
    service: ServiceKind | None = None
    """What those are whom an answer names."""
    link: LinkKind | None = None
    """How the establishment depends on them."""
    unit: Name | None = None
    """Of an answer that is a number and is kept."""

    @model_validator(mode="after")
    def _says_how_services_are_linked(self) -> Self:
        if (self.asks is Asks.SERVICES) != (self.service is not None and self.link is not None):
            raise ValueError(
                Message("only services have a kind and a link"), Message("name both, or neither")
            )
        return self


Code = Annotated[str, StringConstraints(pattern="^[a-z_]+$")]
"""The name of a column, or of what is kept beside the region."""


class _Table(Input):
    questions: dict[Code, Question]


@cache
def questions() -> Mapping[str, Question]:
    """The questions by their codes, in the order of the form."""
    return read_yaml(Path(__file__).with_name("questions.yaml"), _Table).questions
