"""Where do the large arrays of a replication lie? On one desk, used again by the next replication.

Room for half a million patients, freshly asked for each time, costs as much as to live them: the system hands it out
page by page, and Python gives it back late. Whoever keeps a replication's arrays must give it a desk of its own.
"""

from math import prod
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=np.generic)
ROOM_TO_GROW = 1.03
"""The next replication has some more patients, or fewer."""
LINE = 64
"""Bytes of a line of the processor's cache, at which arrays begin."""


class Desk:
    """Sheets that stay for a replication and grow, and a slate that is written, wiped, and written again."""

    def __init__(self) -> None:
        self._sheets: dict[str, NDArray[np.generic]] = {}
        self._slate = np.empty(0, np.uint8)
        self._written = 0

    def sheet(self, name: str, at_least: int, dtype: np.dtype[T]) -> NDArray[T]:
        """The array of this name, of at least this size; as it was left, and longer when it was too short."""
        sheet = self._sheets.get(name)
        if sheet is None or len(sheet) < at_least:
            longer = np.empty(int(at_least * ROOM_TO_GROW), dtype)
            if sheet is not None:
                longer[: len(sheet)] = sheet
            sheet = self._sheets[name] = longer
        return cast("NDArray[T]", sheet)

    def write(self, shape: tuple[int, ...], dtype: np.dtype[T]) -> NDArray[T]:
        """An array on the slate that holds anything, until the slate is wiped and written again."""
        size = prod(shape) * dtype.itemsize
        begins = -(-self._written // LINE) * LINE
        self._written = begins + size
        if self._written > len(self._slate):
            return np.empty(shape, dtype)
        return self._slate[begins : self._written].view(dtype).reshape(shape)

    def wipe(self, at_least: int) -> None:
        """What stood on the slate is not needed any more; there is room for at least so many bytes."""
        if len(self._slate) < at_least:
            self._slate = np.empty(at_least, np.uint8)
        self._written = 0
