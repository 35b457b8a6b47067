"""Columns: what an analyst should know of each field of a record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """What an analyst should know of a column."""

    description: str
    unit: str | None = None
