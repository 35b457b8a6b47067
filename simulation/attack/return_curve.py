"""Return curve: how a service that was struck comes back by degrees, as steps of a twentieth.

A scenario names some points; between them, and from the last to the end of the strike, the share that works lies on a
line. Each step stands for the middle of what returns in it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import NamedTuple

from simulation.inputs.scenarios.wave import PartlyBack

STEP = 0.05
"""A numerical matter, no number of the model: how finely the line is followed."""


class Step(NamedTuple):
    """From here on so much works."""

    at: float
    """Part of the strike that has passed, 0 to 1."""
    share: float
    named: float | None = None
    """The share of the point that the scenario names here; `None` between points."""


def curve_of(returns: Sequence[PartlyBack], lasts_h: float) -> tuple[Step, ...]:
    """The steps of a strike that lasts so long; without any point nothing works until its end.

    >>> curve_of([], 10.0)
    (Step(at=0.0, share=0.0, named=None),)
    """
    if not returns:
        return (Step(0.0, 0.0),)
    points = [(one.after_h / lasts_h, one.share) for one in returns]
    if points[0][0] > 0.0:
        points.insert(0, (0.0, 0.0))
    return tuple(_steps([*points, (1.0, 1.0)]))


def _steps(points: Sequence[tuple[float, float]]) -> Iterator[Step]:
    for (here, low), (there, high) in pairwise(points):
        count = max(1, ceil(round((high - low) / STEP, 9)))
        for number in range(count):
            at = here + (there - here) * number / count
            share = low + (high - low) * (number + 0.5) / count if high > low else low
            yield Step(at, share, low if number == 0 and low > 0.0 else None)
