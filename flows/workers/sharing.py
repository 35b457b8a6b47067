"""Sharing: how many workers of this process may compute while other runs compute on the same machine.

Runs of a control room share its cores evenly, from one job to the next: who comes second need not wait until the first
is done, and who is left alone has all of them again. A run by itself is not held back.
"""

from collections.abc import Callable
from math import ceil

from flows.workers import machine

NO_LIMIT = 1_000_000
"""More workers than any machine has."""

_running: list[Callable[[], int]] = []
"""How many runs there are, this one included, where that is known."""


def share_with_others(running: Callable[[], int]) -> None:
    """From now on the workers of this process share the machine with as many runs as this says, its own included."""
    _running[:] = [running]


def fair_share() -> int:
    """How many workers of this process may compute now.

    >>> share_with_others(lambda: 1)
    >>> fair_share() == NO_LIMIT
    True
    >>> share_with_others(lambda: 2 * machine.cores())
    >>> fair_share()
    1
    >>> _running.clear()
    """
    runs = _running[0]() if _running else 1
    return NO_LIMIT if runs <= 1 else ceil(machine.cores() / runs)
