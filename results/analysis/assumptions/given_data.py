"""Given-data indices: how much of the variance of a number each input explains, told apart from chance.

The index of an input is Sobol's of first order: the share of the variance that is explained by that input alone. It is
estimated from the points that there are, with a bootstrap interval, by RBD-FAST (Tarantola, Gatelli and Mara 2006,
Reliability Engineering & System Safety 91(6); Plischke 2010, 95(4); SALib). An input that does nothing has an index
beside nought all the same; how high, shuffled numbers tell, which no input explains.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from results.analysis.statistics import CONFIDENCE, Interval

FEWEST_POINTS = 30
"""Below so many, no input is judged."""
SHUFFLES = 199
"""One number in two hundred beats, by chance, all the inputs of so many shuffles."""
RESAMPLES = 100
MOST_HARMONICS = 10
"""Of a period on which an input is laid: the first tells a slope, the second a hollow; ten are the library's own."""
POINTS_A_HARMONIC = 1_000
"""By choice: each adds the noise of two points."""
HALF = 0.5
"""The library resamples half of the points, so that its margin is wider by the root of two than that of all (Bickel,
Götze and van Zwet 1997, Statistica Sinica 7(1))."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """How much of the variance of a number one input explains."""

    input: int
    """Its column."""
    share: float
    interval: Interval
    rises: bool
    """The number is higher, in the mean, where the input is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indices:
    """What all inputs explain of a number."""

    shares: NDArray[np.float64]
    """Of all inputs, in their order; chance alone can give any of them up to `level`."""
    level: float | None
    """What inputs of shuffled numbers come to at most; `None` where the points are too few, or all numbers equal."""
    told_apart: tuple[Index, ...] = ()
    """The inputs above that level, with an interval above nought; the highest first."""


def indices_of(inputs: NDArray[np.float64], number: NDArray[np.float64], seed: int) -> Indices:
    """The indices of inputs, of shape (points, inputs), for a number, of shape (points,)."""
    points, columns = inputs.shape
    if points < FEWEST_POINTS or not columns or number.min() == number.max():
        return Indices(shares=np.full(columns, np.nan), level=None)
    rng = np.random.default_rng(seed)
    numbers = np.array([number, *(rng.permutation(number) for _ in range(SHUFFLES))])
    shares, *shuffled = first_order_of(inputs, numbers)
    level = float(np.max(shuffled))
    above = [column for column in np.argsort(-shares, kind="stable").tolist() if shares[column] > level]
    found = [_index(inputs, number, column, rng) for column in above]
    told_apart = tuple(one for one in found if one.interval[0] > 0.0)
    return Indices(shares=shares, level=level, told_apart=told_apart)


def _index(
    inputs: NDArray[np.float64], number: NDArray[np.float64], column: int, rng: np.random.Generator
) -> Index:
    """One input, with its interval."""
    from SALib.analyze import rbd_fast  # a second to import, for the few inputs that need it

    values = inputs[:, [column]]
    found = rbd_fast.analyze(
        {"num_vars": 1, "names": ["input"]},
        values,
        number,
        M=harmonics_of(len(number)),
        num_resamples=RESAMPLES,
        conf_level=CONFIDENCE,
        seed=rng,
    )
    share, margin = float(found["S1"][0]), float(found["S1_conf"][0]) * HALF**0.5
    return Index(
        input=column,
        share=share,
        interval=(share - margin, share + margin),
        rises=bool(np.corrcoef(values[:, 0], number)[0, 1] > 0.0),
    )


def harmonics_of(points: int) -> int:
    """How many harmonics an index sums, by the number of points."""
    return min(MOST_HARMONICS, max(1, points // POINTS_A_HARMONIC))


def first_order_of(inputs: NDArray[np.float64], numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    """The index of each input for each number, of shape (numbers, inputs), as `rbd_fast.analyze` reckons it.

    All at once, since shuffles are many. Points are laid out so that an input rises and falls once in a period, of
    which the number's first harmonics are taken.
    """
    points, harmonics = len(inputs), harmonics_of(len(inputs))
    order = np.argsort(inputs, axis=0, kind="stable")
    order = np.concatenate([order[::2], order[1::2][::-1]])
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(points)[:, None], axis=0)
    apart = numbers - numbers.mean(axis=1, keepdims=True)
    angles = 2.0 * np.pi / points * np.arange(points)
    first_cosine, first_sine = np.cos(angles)[place], np.sin(angles)[place]
    cosine, sine = first_cosine, first_sine
    power = (apart @ cosine) ** 2 + (apart @ sine) ** 2
    for _ in range(1, harmonics):
        # Those of the next harmonic, by the addition theorems: to look each up takes five times as long.
        cosine, sine = (
            cosine * first_cosine - sine * first_sine,
            sine * first_cosine + cosine * first_sine,
        )
        power += (apart @ cosine) ** 2 + (apart @ sine) ** 2
    share = 2.0 * power / (points * (apart**2).sum(axis=1, keepdims=True))
    bias = 2.0 * harmonics / points
    first_order: NDArray[np.float64] = share - bias / (1.0 - bias) * (1.0 - share)
    return first_order
