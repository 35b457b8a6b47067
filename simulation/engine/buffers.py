"""Buffers: the large arrays of a replication, used again by the next one.

Room for half a million patients, freshly allocated each time, costs as much as simulating them: the system hands it out
page by page, and Python gives it back late. Whoever keeps the arrays of a replication must give it buffers of its own.
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


def in_lines(size: int, dtype: np.dtype[T]) -> NDArray[T]:
    """Zeros that begin with a line of the cache, so that what has the size of one is in one, not half in two."""
    bytes_wanted = size * dtype.itemsize
    room = np.zeros(bytes_wanted + LINE, np.uint8)
    begins = -room.ctypes.data % LINE
    return room[begins : begins + bytes_wanted].view(dtype)


class Buffers:
    """Kept arrays, which last for a whole replication and grow; scratch arrays, valid until the next wipe."""

    def __init__(self) -> None:
        self._kept: dict[str, NDArray[np.generic]] = {}
        self._scratch = np.empty(0, np.uint8)
        self._used = 0
        """Bytes of the scratch that arrays have taken since the last wipe."""

    def kept(self, name: str, at_least: int, dtype: np.dtype[T]) -> NDArray[T]:
        """The array of this name, of at least this size; as it was left, and longer when it was too short."""
        array = self._kept.get(name)
        if array is None or len(array) < at_least:
            longer = in_lines(int(at_least * ROOM_TO_GROW), dtype)
            if array is not None:
                longer[: len(array)] = array
            array = self._kept[name] = longer
        return cast("NDArray[T]", array)

    def scratch(self, shape: tuple[int, ...], dtype: np.dtype[T]) -> NDArray[T]:
        """An array whose content is undefined; it lasts until the next wipe."""
        size = prod(shape) * dtype.itemsize
        begins = -(-self._used // LINE) * LINE
        self._used = begins + size
        if self._used > len(self._scratch):
            return np.empty(shape, dtype)
        return self._scratch[begins : self._used].view(dtype).reshape(shape)

    def wipe(self, at_least: int) -> None:
        """No scratch array is needed any more; there is room for at least so many bytes of new ones."""
        if len(self._scratch) < at_least:
            self._scratch = in_lines(at_least, np.dtype(np.uint8))
        self._used = 0
