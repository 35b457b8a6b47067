"""What is known of one incident tells the others: a delay that was published of a case is a draw of its law."""

from collections.abc import Mapping
from math import log

import numpy as np

from backtest.calibration.bayes_linear import Evidence
from backtest.calibration.beliefs import at_score
from backtest.calibration.priors import load_priors
from topologies.fields.quantity import Quantity

QUARTILE = 0.6745
"""The score of the upper quartile."""


def evidence_of_known(known: Mapping[str, Quantity]) -> Evidence | None:
    """What the delays tell that an account gives; `None` where it gives none that differs from case to case.

    The parameter is the median of a log-normal law of which the case is one draw: on logarithms the line from the score
    to the median is that of the prior between its quartiles, and the noise is the law's own spread.
    """
    priors = load_priors()
    precision, pull = np.zeros((len(priors), len(priors))), np.zeros(len(priors))
    for place, (name, prior) in enumerate(priors.items()):
        if name in known and prior.log_sd and not known[name].assumption:
            low, middle, high = (log(at_score(prior, score)) for score in (-QUARTILE, 0.0, QUARTILE))
            slope = (high - low) / (2.0 * QUARTILE)
            precision[place, place] = (slope / prior.log_sd) ** 2
            pull[place] = slope / prior.log_sd**2 * (log(known[name].value) - middle)
    return Evidence(precision, pull) if pull.any() else None
