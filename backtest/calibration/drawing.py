"""Drawing: the parameters of one replay, drawn from what is believed of them without its incident.

What is known of the incident is drawn from its own range, what incidents set from the beliefs, all else from its range.
"""

from collections.abc import Collection
from statistics import NormalDist

import numpy as np

from backtest.calibration.beliefs import Beliefs, at_score
from backtest.calibration.matrix_law import load_matrix_law
from backtest.calibration.priors import load_priors
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.parameters.uncertainty import at_chances, in_order, quantile, unknown_of

STREAM = "what is not known"
LEAST, MOST = 1e-6, 1.0 - 1e-6
NORMAL = NormalDist()


def drawn(parameters: Parameters, known: Collection[str], beliefs: Beliefs, luck: Luck) -> Parameters:
    """The parameters of one replay; `known` are the names of those that the incident tells."""
    quantities = parameters.quantities
    scores = beliefs.scores(np.array(deviates_of(luck)))
    believed = {
        name: at_score(prior, scores[name]) for name, prior in load_priors().items() if name not in known
    }
    law = load_matrix_law()
    needs = {need: quantile(share, _chance(f"need {need}", luck)) for need, share in law.needs.items()}
    cells = law.cells(believed, needs)
    rest = {
        name: one
        for name, one in quantities.items()
        if name not in cells and name not in believed and one.low < one.high
    }
    chances = {unknown: _chance(unknown, luck) for unknown in map(unknown_of, rest)}
    values = {name: believed[name] for name in quantities if name in believed and name not in cells}
    values |= {name: one.value for name, one in at_chances(rest, chances).items()}
    return parameters.changed(
        {
            name: quantities[name].model_copy(update={"value": value, "low": value, "high": value})
            for name, value in (in_order(values) | cells).items()
        }
    )


def deviates_of(luck: Luck) -> list[float]:
    """Standard normal deviates from which a replay draws its calibrated parameters, in the order of the priors."""
    return [NORMAL.inv_cdf(min(MOST, max(LEAST, _chance(name, luck)))) for name in load_priors()]


def _chance(name: str, luck: Luck) -> float:
    """One draw a parameter; another parameter more or less moves no other's."""
    return luck.chances(f"{STREAM} {name}", 1)[0]
