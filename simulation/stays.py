"""How long do patients stay, and how many are then in care at once?"""

from dataclasses import dataclass
from functools import cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

HOURS_A_WEEK = 168
QUANTILES = 65_536
"""Steps of a table of stays: as many as a 16-bit draw can tell apart."""
LONGEST_STAY_H = 60 * 24


@dataclass(frozen=True, slots=True)
class Stays:
    """How long the patients of a stream stay, in whole hours by quantile: new ones, and those already there."""

    of_new: NDArray[np.int16]
    of_present: NDArray[np.int16]
    mean_h: float


def log_normal_stays(median_h: float, log_sd: float) -> Stays:
    """Stays rounded to the hour, at least one; and what remains of the stay of one who is there.

    What remains follows the equilibrium law of renewal theory: P(R > r) is the integral of P(S > s) beyond r,
    over the mean of S (Cox 1962, Renewal Theory, chapter 5).
    """
    middles = (np.arange(QUANTILES) + 0.5) / QUANTILES
    normals = np.interp(middles, *_normal_table())
    stays = np.clip(np.rint(median_h * np.exp(log_sd * normals)), 1, LONGEST_STAY_H).astype(np.int16)
    survival = _survival(stays)
    remaining = np.searchsorted(np.cumsum(survival) / survival.sum(), middles) + 1
    return Stays(of_new=stays, of_present=remaining.astype(np.int16), mean_h=float(stays.mean()))


@cache
def _normal_table() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probabilities and their normal quantiles, fine enough to interpolate: scipy is too slow to import here."""
    quantiles = np.linspace(-5.0, 5.0, 4001)
    return np.array([NormalDist().cdf(quantile) for quantile in quantiles]), quantiles


def _survival(stays: NDArray[np.int16]) -> NDArray[np.float64]:
    """P(S > s) by whole hours s from 0."""
    return 1.0 - np.searchsorted(stays, np.arange(LONGEST_STAY_H), side="right") / QUANTILES


def load_of_week(week: NDArray[np.float64], stays: Stays) -> NDArray[np.float64]:
    """Patients in care by the hour of the week, for one new patient an hour on average, with places for all.

    `week` is the arrivals by the hour of the week over their mean, of shape (168,), as is the result: a circular
    convolution of arrivals with the survival of stays (Eick, Massey and Whitt 1993, infinite-server queues).
    """
    by_age = np.zeros(HOURS_A_WEEK)
    np.add.at(by_age, np.arange(LONGEST_STAY_H) % HOURS_A_WEEK, _survival(stays.of_new))
    load = np.fft.irfft(np.fft.rfft(week) * np.fft.rfft(by_age), HOURS_A_WEEK)
    return np.asarray(load, dtype=np.float64)
