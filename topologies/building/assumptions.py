"""Assumptions about a region where nothing is published.

Each number is in `links.yaml` with its range and its source, or with the reason why it is assumed.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from topologies.errors import Message
from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input, Quantity, Share
from topologies.fields.scalars import Text, Whole
from topologies.reading.documents import read_yaml
from topologies.region import Category


def _fit_in_one(shares: dict[str, Share]) -> dict[str, Share]:
    total = sum(share.value for share in shares.values())
    if total > 1:
        raise ValueError(
            Message("the shares add up to {total}, more than 1", {"total": round(total, 6)}),
            Message("lower some of them"),
        )
    return shares


Market = Annotated[dict[Slug, Share], AfterValidator(_fit_in_one)]
"""The shares of anonymous names; what they leave of 1 has none of them."""


class Assumptions(Input):
    """The parameters of the rules of `topologies/building/links.py`, and the usual number of beds of each category."""

    seed: Whole
    private_groups: Market
    one_entity: tuple[Text, ...]
    """The GHTs and groups, by name, whose sites are those of one legal entity."""
    hosts: Market
    vendors: Market
    protection: Share
    own_laboratory: tuple[Category, ...]
    """Establishments that make their own analyses and those of their group."""
    laboratories: Market
    exchange_neighbours: Quantity
    venue_neighbours: Quantity
    transfer_neighbours: Quantity
    travel_bound_min: Quantity
    detour: Quantity
    slow_road_km: Quantity
    town_inhabitants: Quantity
    slow_speed_km_h: Quantity
    fast_speed_km_h: Quantity
    shortest_transfer_min: Quantity
    acute_beds_per_1000_visits: Quantity
    critical_beds_per_1000_visits: Quantity
    critical_care_from_visits: Quantity
    usual_beds: dict[Category, Quantity]

    @model_validator(mode="after")
    def _every_category_has_beds(self) -> Self:
        missing = [str(category) for category in Category if category not in self.usual_beds]
        if missing:
            raise ValueError(
                Message("usual_beds says nothing of {names}", {"names": ", ".join(missing)}),
                Message("add what is missing"),
            )
        return self


@cache
def assumptions() -> Assumptions:
    """The assumptions that come with the program."""
    return read_yaml(Path(__file__).with_name("links.yaml"), Assumptions)
