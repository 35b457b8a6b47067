"""Columns: what an analyst should know of each field of a record."""

from dataclasses import dataclass
from typing import Annotated, NewType

Long = NewType("Long", int)
"""A whole number that may need 64 bits; of any other, 32 are enough."""


@dataclass(frozen=True, slots=True)
class Column:
    """What an analyst should know of a column."""

    description: str
    unit: str | None = None


@dataclass(frozen=True, kw_only=True)
class NumberColumn:
    """Which replication it is."""

    replication: Annotated[int, Column("number of the replication in its campaign, from 0")]
