"""Beliefs: what incidents make of each calibrated parameter; `beliefs.yaml`, which a script writes.

`python -m flows.cli.calibration` replays every incident with parameters drawn from the priors and writes the
file: what all incidents together tell, and what they tell without each one. An incident is forecast by the latter.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from statistics import NormalDist

from pydantic import Field

from simulation.inputs.parameters.uncertainty import quantile
from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input, Quantity
from topologies.fields.scalars import Number, Text
from topologies.reading.documents import read_yaml

FILE = Path(__file__).with_name("beliefs.yaml")
NORMAL = NormalDist()
LEAST, MOST = 1e-6, 1.0 - 1e-6


class Belief(Input):
    """Of the score of a parameter: the standard normal deviate of its chance under the prior."""

    mean: Number = Field(ge=-10, le=10)
    sd: Number = Field(gt=0, le=1)

    def value(self, prior: Quantity, chance: float) -> float:
        """The parameter's value that is not exceeded with this chance."""
        score = self.mean + self.sd * NORMAL.inv_cdf(min(MOST, max(LEAST, chance)))
        return quantile(prior, NORMAL.cdf(score))


BEFORE_ALL = Belief(mean=0.0, sd=1.0)
"""The prior itself."""

Beliefs = Mapping[str, Belief]
"""By the name of the parameter; of one that has none nothing was learnt."""


class Learnt(Input):
    """What all incidents tell together, and what the others tell without each."""

    all: dict[Text, Belief]
    without: dict[Slug, dict[Text, Belief]]

    def without_incident(self, name: str) -> Beliefs:
        """What is believed without this incident; of one that told nothing, all."""
        return self.without.get(name, self.all)


@cache
def load_learnt() -> Learnt:
    """What the script has written."""
    return read_yaml(FILE, Learnt)
