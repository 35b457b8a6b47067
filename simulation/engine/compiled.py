"""Compiled code: functions that numba turns into machine code once and keeps on disk."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba
import numpy as np

from simulation.engine.caches.code_cache import keep_sound
from simulation.engine.caches.code_folder import FOLDER

U4: Callable[[float], int] = cast("Any", np.uint32)
"""Patients, wards and hours are numbered without sign: of an index that could be negative, the sign is looked at."""
F = TypeVar("F", bound=Callable[..., object])
if FOLDER is not None:
    vars(numba.config)["CACHE_DIR"] = str(FOLDER)


def compiled(function: F) -> F:
    """The same function, compiled at its first call. It makes no array of its own: it fills those that it is given."""
    made = _njit(function, cache=FOLDER is not None)
    if FOLDER is not None:
        keep_sound(made)
    return made


def inlined(function: F) -> F:
    """A part of compiled functions, put in its place: passing dozens of arrays costs more than its work.

    Python cannot call it: the code by which it could takes three times as long to compile as the part itself.
    """
    return _njit(function, forceinline=True, no_cpython_wrapper=True)


def _njit(function: F, **options: bool) -> F:
    # Counting who holds each of some dozens of arrays costs fifty times the work itself, and they outlive every call.
    # The option is numba's own, without a promise: docs/decisions/care/0011 says what it saves.
    return cast(
        "F",
        cast("Any", numba).njit(_nrt=False, no_cfunc_wrapper=True, error_model="numpy", **options)(function),
    )
