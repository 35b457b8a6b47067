"""Somewhere: the places of an event, and the regions that take care of its parts."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from topologies.errors import Message
from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input
from topologies.fields.scalars import Name, Number, Whole
from topologies.region import Region

VENUE_OF_REGION = "venue:"

Headcount = Annotated[Whole, Field(ge=0, le=10_000_000)]
"""People at one place or in one region; more is a slip of the pen."""


class Part(Input):
    """What an event brings to one region, or to whichever it is run in."""

    region: Slug | None = None
    """The health region that takes care of it, where that is not the event's own; others leave it out."""

    def is_at_venue_of(self, region: Region) -> bool:
        """It happens at a venue of the region."""
        return False


class Somewhere(Part):
    """A venue of the region by its identifier, or any other place by its name and where it lies."""

    venue: Name
    latitude: Number | None = Field(default=None, ge=-90, le=90)
    longitude: Number | None = Field(default=None, ge=-180, le=180)

    def is_at_venue_of(self, region: Region) -> bool:
        """It happens at a venue of the region."""
        return self.venue in region.venues

    @property
    def of_region(self) -> bool:
        """The region knows where it lies."""
        return self.venue.startswith(VENUE_OF_REGION)

    @model_validator(mode="after")
    def _lies_somewhere(self) -> Self:
        given = [self.latitude is not None, self.longitude is not None]
        if self.of_region and any(given):
            raise ValueError(
                Message("{venue} lies where the region says", {"venue": self.venue}),
                Message("drop latitude and longitude, or give it a name without venue:"),
            )
        if not self.of_region and not all(given):
            raise ValueError(
                Message("nobody knows where {venue} lies", {"venue": self.venue}),
                Message(
                    "add latitude and longitude, or name a venue of the region, such as {example}",
                    {"example": "venue:stade-de-france"},
                ),
            )
        return self
