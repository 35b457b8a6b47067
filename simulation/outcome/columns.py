"""Columns: what an analyst should know of each field of a record, and rows that are held by them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Any, NewType, TypeVar, overload

R = TypeVar("R")

SECONDS_AN_HOUR = 3600

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


@dataclass(frozen=True, slots=True)
class Instants(Sequence[datetime]):
    """Instants so many hours after a start, to the second; each is made when it is asked for."""

    start: datetime
    at_h: Sequence[float]

    def __len__(self) -> int:
        return len(self.at_h)

    @overload
    def __getitem__(self, place: int) -> datetime: ...

    @overload
    def __getitem__(self, place: slice) -> "Instants": ...

    def __getitem__(self, place: int | slice) -> "datetime | Instants":
        if isinstance(place, slice):
            return Instants(self.start, self.at_h[place])
        return self.start + timedelta(seconds=round(self.at_h[place] * SECONDS_AN_HOUR))


@dataclass(frozen=True, slots=True)
class Rows(Sequence[R]):
    """Records of one kind, held as columns: each is made when it is asked for.

    To make a thousand of them costs more than to find out what they say.
    """

    record: Callable[..., R]
    columns: Mapping[str, Sequence[Any]]
    """By field, its value in each of the rows."""

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    @overload
    def __getitem__(self, place: int) -> R: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[R, ...]: ...

    def __getitem__(self, place: int | slice) -> R | tuple[R, ...]:
        if isinstance(place, slice):
            return tuple(self[one] for one in range(*place.indices(len(self))))
        return self.record(**{name: values[place] for name, values in self.columns.items()})

    def __iter__(self) -> Iterator[R]:
        for values in zip(*self.columns.values(), strict=True):
            yield self.record(**dict(zip(self.columns, values, strict=True)))
