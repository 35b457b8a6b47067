"""A choice: nodes that the data of a region choose by a rule, so that a scenario runs on every region.

`{largest: ght, count: 3}` is the largest hospital of each of the three largest GHTs, wherever the scenario is run. The
rules are told in `chosen.py`, which says what a choice comes to in a region.
"""

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from topologies.errors import Message
from topologies.fields.identifiers import NodeId
from topologies.fields.quantity import Input
from topologies.fields.scalars import Whole
from topologies.region import ServiceKind

MOST_POINTS = 1_000


class Among(StrEnum):
    """The nodes among which a choice is made."""

    EMERGENCY = "emergency"
    """The sites that receive emergency patients."""
    PUBLIC = "public"
    """Those of them that are public."""
    PRIVATE = "private"
    """Those of them that are private, for profit or not."""
    GHT = "ght"
    """Of each GHT or group, the site with most emergency visits."""
    GHT_SUPPORT = "ght-support"
    """Of each GHT or group with emergencies, the support establishment."""
    DIRECTORY = "directory"
    HOST = "host"
    VENDOR = "vendor"
    PLATFORM = "platform"
    SAMU = "samu"
    LABORATORY = "laboratory"

    @property
    def service(self) -> ServiceKind | None:
        """The kind of shared service that it is; `None` of sites."""
        return {kind.value: kind for kind in ServiceKind}.get(self.value)


class Choice(Input):
    """So many nodes, by one of three rules."""

    largest: Among | None = None
    """Those with most emergency visits per year: their own, their GHT's, or those of the sites that they serve."""
    nearest: Literal["venues"] | None = None
    """The emergency sites nearest to the event's venues, the largest crowds first."""
    drawn: Among | None = None
    """Drawn anew in each replication, whatever the posture: a verdict does not turn on who was picked."""
    count: Whole = Field(default=1, gt=0, le=MOST_POINTS)
    """A region that has fewer gives all that it has."""

    def __str__(self) -> str:
        """As a scenario writes it."""
        fields = (f"{name}: {value}" for name, value in self if value is not None)
        return f"{{{', '.join(fields)}}}"

    @model_validator(mode="after")
    def _has_one_rule(self) -> Self:
        rules = {"largest": self.largest, "nearest": self.nearest, "drawn": self.drawn}
        given = [rule for rule, among in rules.items() if among is not None]
        if len(given) != 1:
            raise ValueError(
                Message("chooses in two ways: {rules}", {"rules": ", ".join(given)})
                if given
                else Message("does not say how to choose"),
                Message("keep one of {rules}", {"rules": ", ".join(rules)}),
            )
        return self


def _is_chosen(value: object) -> str:
    return "chosen" if isinstance(value, dict | Choice) else "named"


Point = Annotated[
    Annotated[NodeId, Tag("named")] | Annotated[Choice, Tag("chosen")], Discriminator(_is_chosen)
]
"""A node of the region by its identifier, or a choice of some."""
