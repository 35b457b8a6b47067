"""Bayes linear: how far what was observed moves what was believed of the parameters.

Each parameter is told by its score: the standard normal deviate that has the chance of its value under the prior. What
replays say of an incident's figures is explained by these scores, linearly; what that leaves unexplained (chance, the
case, all that is not calibrated) is noise, with its covariance. The update is then that of a Gaussian model (Goldstein
and Wooff 2007, Bayes Linear Statistics, chapter 3), one incident after the other: leaving one out is leaving it out of
the sum.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SHRINKAGE = 0.1
"""How far the covariance of the noise is drawn towards independent figures (Ledoit and Wolf 2004), by choice."""
LEAST_SD = 0.05
"""No figure is told more exactly than this, on the scale on which it is judged."""


class Evidence(NamedTuple):
    """What one incident tells: precision of the scores and precision times their mean."""

    precision: Array
    """Of shape (parameters, parameters)."""
    pull: Array
    """Of shape (parameters,)."""


def evidence_of(scores: Array, values: Array, observed: Array, tells_of: NDArray[np.bool_]) -> Evidence:
    """What an incident tells of the scores.

    `scores`, of shape (replays, parameters), are those drawn from the prior; `values`, of shape (replays, figures),
    what the replays say; `observed`, of shape (figures,), what really was. `tells_of`, of shape (parameters, figures):
    whether a figure may tell of a parameter; where it may not, what the parameter does to it is noise.
    """
    replays, parameters = scores.shape
    design = np.column_stack([np.ones(replays), scores])
    # A ridge of one replay's weight: a parameter that a figure does not feel gets a slope of about nought.
    ridge = np.diag([0.0] + [1.0] * parameters)
    slopes = np.linalg.solve(design.T @ design + ridge, design.T @ values)
    slopes[1:] *= tells_of
    left = values - design @ slopes
    left -= left.mean(axis=0)
    noise = left.T @ left / max(1, replays - 1)
    apart = np.diag(np.maximum(np.diag(noise), LEAST_SD**2))
    noise = (1.0 - SHRINKAGE) * noise + SHRINKAGE * apart
    noise[np.diag_indices_from(noise)] = np.maximum(np.diag(noise), LEAST_SD**2)
    moved = slopes[1:] @ np.linalg.inv(noise)
    return Evidence(moved @ slopes[1:].T, moved @ (observed - slopes[0]))


def updated(parameters: int, evidence: Iterable[Evidence]) -> tuple[Array, Array]:
    """Mean and standard deviation of each score, of shape (parameters,), once all this evidence is heard."""
    precision, pull = np.eye(parameters), np.zeros(parameters)
    for one in evidence:
        precision = precision + one.precision
        pull = pull + one.pull
    covariance = np.linalg.inv(precision)
    return covariance @ pull, np.sqrt(np.diag(covariance))
