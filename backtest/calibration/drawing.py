"""Drawing: the parameters of one replay, each drawn from what is believed of it without its incident.

What is known of the incident is drawn from its own range, what incidents set from the belief, all else from its range.
"""

from collections.abc import Collection
from statistics import NormalDist

from backtest.calibration.beliefs import BEFORE_ALL, LEAST, MOST, Beliefs
from backtest.calibration.priors import load_priors
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.parameters.uncertainty import quantile, with_values

STREAM = "what is not known"


def drawn(parameters: Parameters, known: Collection[str], beliefs: Beliefs, luck: Luck) -> Parameters:
    """The parameters of one replay; `known` are the names of those that the incident tells."""
    priors, quantities = load_priors(), parameters.quantities
    chances = _chances(quantities, luck)
    values = {
        name: beliefs.get(name, BEFORE_ALL).value(priors[name], chances[name])
        if name in priors and name not in known
        else quantile(quantity, chances[name])
        for name, quantity in quantities.items()
        if quantity.low < quantity.high
    }
    return with_values(parameters, values)


def scores_of(parameters: Parameters, luck: Luck) -> list[float]:
    """The scores from which the calibrated parameters of a replay were drawn, in the order of the priors."""
    chances = _chances(parameters.quantities, luck)
    return [NormalDist().inv_cdf(min(MOST, max(LEAST, chances[name]))) for name in load_priors()]


def _chances(names: Collection[str], luck: Luck) -> dict[str, float]:
    """One draw a parameter; another parameter more or less moves no other's."""
    return {name: luck.chances(f"{STREAM} {name}", 1)[0] for name in names}
