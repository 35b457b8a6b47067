"""Length of stay: how long patients stay, and how many are then in care at once."""

from dataclasses import dataclass
from functools import cache
from math import exp
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream
from topologies.fields.quantity import Quantity

HOURS_A_WEEK = 168
QUANTILES = 4096
"""Steps of a table of stays: it stays in the processor's cache, and draws fall between its steps."""
FARTHEST = 3.8
"""Standard deviations at which a log-normal is cut."""
ADMITTED = "emergency_admitted"
"""The class of stays of emergency patients who will be hospitalised; the others bear the names of their streams."""


@dataclass(frozen=True, slots=True)
class Stays:
    """How long the patients of a kind stay, in hours by quantile: new ones, and those already there.

    Both tables are of shape (QUANTILES + 1,): the stay at quantile i / QUANTILES; between steps it is linear.
    """

    of_new: NDArray[np.float64]
    of_present: NDArray[np.float64]
    mean_h: float


def log_normal_stays(median_h: float, log_sd: float) -> Stays:
    """Stays, log-normal around a median; and what remains of the stay of a patient who is present.

    What remains follows the equilibrium law of renewal theory: P(R > r) is the integral of P(S > s) beyond r,
    over the mean of S (Cox 1962, Renewal Theory, chapter 5).
    """
    stays = median_h * np.exp(log_sd * _normal_quantiles())
    middles = (stays[1:] + stays[:-1]) / 2
    # The integral of survival up to a stay: what lies below it counts whole, what lies above counts as that stay.
    until = np.concatenate(([0.0], np.cumsum(middles))) / QUANTILES
    until += stays * (1.0 - np.arange(QUANTILES + 1) / QUANTILES)
    grid = np.concatenate(([0.0], stays))
    reached = np.concatenate(([0.0], until)) / until[-1]
    remaining = np.interp(np.arange(QUANTILES + 1) / QUANTILES, reached, grid)
    return Stays(of_new=stays, of_present=remaining, mean_h=float(middles.mean()))


def stays_of(p: Parameters) -> dict[str, Stays]:
    """Stays by class: of the streams whose patients are followed one by one, and `ADMITTED`."""

    def of(quantity: Quantity) -> Stays:
        return log_normal_stays(quantity.value, quantity.log_sd or 0.0)

    going_home, operated = of(p.emergency.emergency_stay_h), of(p.surgery.surgery_stay_h)
    return {
        Stream.EMERGENCY_ADULT: going_home,
        Stream.EMERGENCY_PAEDIATRIC: going_home,
        ADMITTED: of(p.emergency.emergency_admitted_stay_h),
        Stream.CRITICAL_CARE: of(p.beds.critical_care_stay_h),
        Stream.SURGERY_URGENT: operated,
        Stream.SURGERY_SCHEDULED: operated,
        Stream.MATERNITY: of(p.beds.maternity_stay_h),
        Stream.MEDICINE: of(p.beds.medicine_stay_h),
    }


@cache
def _normal_quantiles() -> NDArray[np.float64]:
    """The normal law at each step, cut where it ends: scipy is too slow to import here."""
    normal = NormalDist()
    inner = [normal.inv_cdf(step / QUANTILES) for step in range(1, QUANTILES)]
    return np.array([-FARTHEST, *inner, FARTHEST])


def load_of_week(week: NDArray[np.float64], stays: Stays) -> NDArray[np.float64]:
    """Patients in care by the hour of the week, for one new patient per hour on average, with places for all.

    `week` is the arrivals by the hour of the week over their mean, of shape (168,), as is the result: a circular
    convolution of arrivals with the survival of stays (Eick, Massey and Whitt 1993, infinite-server queues).
    """
    hours = np.arange(int(stays.of_new[-1]) + HOURS_A_WEEK)
    survival = 1.0 - np.interp(hours + 0.5, stays.of_new, np.arange(QUANTILES + 1) / QUANTILES, left=0.0)
    by_age = np.zeros(HOURS_A_WEEK)
    np.add.at(by_age, hours % HOURS_A_WEEK, survival)
    by_age *= stays.mean_h / by_age.sum()
    load = np.fft.irfft(np.fft.rfft(week) * np.fft.rfft(by_age), HOURS_A_WEEK)
    # Where nobody is in care, rounding leaves a little more or a little less than nobody.
    return np.maximum(load, 0.0)


def log_normal_mean(median_h: float, log_sd: float) -> float:
    """The mean of a log-normal, without its cut.

    >>> round(log_normal_mean(3.0, 0.0), 6)
    3.0
    """
    return median_h * exp(log_sd * log_sd / 2)
