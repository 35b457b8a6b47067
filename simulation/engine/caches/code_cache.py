"""The cache of machine code: files of numba's that are held to their digest.

numba dies of a file that was cut short, by a full disk or a machine that stopped, and runs one in which a bit has
flipped. Here, what is damaged is compiled again and written anew; what cannot be written is compiled again next time.
"""

import pickle
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

from numba.core.caching import IndexDataCacheFile

DIGEST_BYTES = sha256().digest_size


class SoundFiles(cast("Any", IndexDataCacheFile)):  # type: ignore[misc]
    """The index and the code of one function; what is in them ends with its SHA-256."""

    def save(self, key: Any, data: Any) -> None:
        """The code is kept for the next run, where it can be written."""
        try:
            super().save(key, data)
        except OSError:
            return  # there is no room: this run has its code, and the next one compiles again

    def _dump(self, content: Any) -> bytes:
        written: bytes = super()._dump(content)
        return written + sha256(written).digest()

    def _save_index(self, overloads: dict[Any, str]) -> None:
        with self._open_for_write(self._index_path) as file:
            file.write(self._dump((self._version, self._source_stamp, overloads)))

    def _load_index(self) -> dict[Any, str]:
        try:
            *state, overloads = _sound(Path(self._index_path).read_bytes())
        except (OSError, ValueError):
            return {}
        return overloads if state == [self._version, self._source_stamp] else {}

    def _load_data(self, name: str) -> Any:
        try:
            return _sound(Path(self._data_path(name)).read_bytes())
        except ValueError as damage:
            raise OSError("damaged") from damage  # as numba takes a file that is not there


def _sound(content: bytes) -> Any:
    """What was written, or `ValueError` where something else is read."""
    written, digest = content[:-DIGEST_BYTES], content[-DIGEST_BYTES:]
    if sha256(written).digest() != digest:
        raise ValueError("damaged")
    return pickle.loads(written)


def keep_sound(function: Any) -> None:
    """What numba keeps of this compiled function is held to its digest."""
    cache = function._cache
    cache._cache_file = SoundFiles(
        cache.cache_path, cache._impl.filename_base, cache._impl.locator.get_source_stamp()
    )
