"""What runs as machine code? Functions that numba compiles once and keeps on disk.

numba keeps what it has compiled by the file of the function alone. Here a compiled function calls those of other files,
so that the folder of what is kept bears the digest of all: what is changed anywhere is compiled again.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np

U4: Callable[[float], int] = cast("Any", np.uint32)
"""Patients, wards and hours are numbered without sign: of an index that could be negative, the sign is looked at."""
F = TypeVar("F", bound=Callable[..., object])
HERE = Path(__file__).parent
IMPORTED = b"simulation.compiled"
"""What the files of compiled functions hold."""


def _folder() -> str:
    """Beside the sources where these can be written, else where the person's caches are."""
    sources = (file.read_bytes() for file in sorted(HERE.glob("*.py")))
    digest = sha256(b"".join(source for source in sources if IMPORTED in source)).hexdigest()[:12]
    cache = HERE / "__pycache__"
    if not os.access(cache if cache.exists() else HERE, os.W_OK):
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tocsin"
    return str(cache / f"compiled-{digest}")


vars(numba.config)["CACHE_DIR"] = _folder()


def compiled(function: F) -> F:
    """The same function, compiled at its first call. It makes no array of its own: it fills those that it is given."""
    return _njit(function, cache=True)


def inlined(function: F) -> F:
    """A part of compiled functions, put in its place: passing dozens of arrays costs more than its work."""
    return _njit(function, forceinline=True)


def _njit(function: F, **options: bool) -> F:
    # Counting who holds each of some dozens of arrays costs fifty times the work itself, and they outlive every call.
    # The option is numba's own, without a promise: docs/decisions/0011 says what it saves.
    return cast("F", cast("Any", numba).njit(_nrt=False, error_model="numpy", **options)(function))
