"""Tables that leave the program: headings, and cells whose type says how a spreadsheet shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


class Portion(float):
    """A part of a whole, which is shown in per cent."""

    __slots__ = ()


Cell = str | int | float | date | None
"""Text is text, whatever it holds; nothing stands where something is missing. A yes or no is a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings."""

    title: str
    says: str
    """What a row is, in a sentence."""
    headings: tuple[str, ...]
    rows: Iterable[Sequence[Cell]]
    count: int
    """Of the rows."""


def portion(value: float | None) -> Portion | None:
    """A share, where there is one."""
    return None if value is None else Portion(value)
