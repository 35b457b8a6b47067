"""Bayes linear: how far what was observed moves what was believed of the parameters.

Each parameter is told by its score: the standard normal deviate that has the chance of its value under the prior. What
replays say of an incident's figures is explained, linearly, by the scores of the parameters of which each may tell;
what that leaves unexplained (chance, the case, all that is not calibrated) is noise, with its covariance. The update is
then that of a Gaussian model (Goldstein and Wooff 2007, Bayes Linear Statistics, chapter 3), one incident after the
other: leaving one out is leaving it out of the sum.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SHRINKAGE = 0.1
"""How far the covariance of the noise is drawn towards independent figures (Ledoit and Wolf 2004), by choice."""
DISCREPANCY_SD = 0.15
"""By how much the model and what was published differ beside all that is drawn, on the scale of figures.

Published figures are rounded, and counted over other weeks and other sites than here; the model simplifies. By choice,
some 15 % of a count or 15 points of a share.
"""


class Evidence(NamedTuple):
    """What one incident tells: precision of the scores and precision times their mean."""

    precision: Array
    """Of shape (parameters, parameters)."""
    pull: Array
    """Of shape (parameters,)."""


def evidence_of(
    scores: Array,
    values: Array,
    observed: Array,
    tells_of: NDArray[np.bool_],
    discrepancy: float | Array = DISCREPANCY_SD,
) -> Evidence:
    """What an incident tells of the scores.

    `scores`, of shape (replays, parameters), are those drawn from the prior; `values`, of shape (replays, figures),
    what the replays say; `observed`, of shape (figures,), what really was. `tells_of`, of shape (parameters, figures):
    whether a figure may tell of a parameter; where it may not, what the parameter does to it is noise. `discrepancy` is
    that of each figure, of shape (figures,), or of all.
    """
    replays, parameters = scores.shape
    slopes = np.zeros((parameters, len(observed)))
    middles = np.zeros(len(observed))
    left = np.zeros_like(values)
    for figure, told in enumerate(tells_of.T):
        middles[figure], slopes[told, figure] = _line(scores[:, told], values[:, figure])
        apart = values[:, figure] - middles[figure] - scores @ slopes[:, figure]
        # What is explained by as many slopes as are fitted is no noise: what is left counts for the more.
        left[:, figure] = apart * np.sqrt(replays / max(1.0, replays - 1.0 - told.sum()))
    noise = left.T @ left / replays
    noise = (1.0 - SHRINKAGE) * noise + SHRINKAGE * np.diag(np.diag(noise))
    noise[np.diag_indices_from(noise)] += np.square(discrepancy)
    moved = slopes @ np.linalg.inv(noise)
    return Evidence(moved @ slopes.T, moved @ (observed - middles))


def _line(scores: Array, values: Array) -> tuple[float, Array]:
    """Where the line lies at scores of nought, and its slopes."""
    design = np.column_stack([np.ones(len(scores)), scores])
    # A ridge of one replay's weight: a parameter that a figure does not feel gets a slope of about nought.
    ridge = np.diag([0.0] + [1.0] * scores.shape[1])
    line = np.linalg.solve(design.T @ design + ridge, design.T @ values)
    return float(line[0]), line[1:]


def updated(parameters: int, evidence: Iterable[Evidence]) -> tuple[Array, Array]:
    """Mean of the scores, of shape (parameters,), and their covariance, once all this evidence is heard."""
    precision, pull = np.eye(parameters), np.zeros(parameters)
    for one in evidence:
        precision = precision + one.precision
        pull = pull + one.pull
    covariance = np.asarray(np.linalg.inv(precision), dtype=np.float64)
    return covariance @ pull, covariance
