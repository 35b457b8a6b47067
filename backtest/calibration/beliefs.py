"""Beliefs: what incidents make of the calibrated parameters; `evidence.yaml`, which a script writes.

`python -m flows.cli.calibration` replays every incident with parameters drawn from the priors and writes what
each tells. Beliefs are the sum of it; an incident is forecast by the sum over the others.

Parameters are believed together: that a hospital was back after so many weeks tells of the sum of its stages, hardly of
each, and whoever draws one of them long has to draw another short.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from statistics import NormalDist

import numpy as np

from backtest.calibration.bayes_linear import Array, Evidence, updated
from backtest.calibration.priors import load_priors
from simulation.inputs.parameters.uncertainty import quantile
from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input, Quantity
from topologies.fields.scalars import Number, Text
from topologies.reading.documents import read_yaml

FILE = Path(__file__).with_name("evidence.yaml")
NORMAL = NormalDist()


def at_score(prior: Quantity, score: float) -> float:
    """The value that has the chance of this standard normal deviate under the prior."""
    return quantile(prior, NORMAL.cdf(score))


@dataclass(frozen=True)
class Beliefs:
    """What is believed of the scores of all calibrated parameters together, in the order of the priors."""

    mean: Array
    covariance: Array

    @classmethod
    def by(cls, evidence: Iterable[Evidence]) -> "Beliefs":
        """What this evidence makes of the priors; of none, the priors themselves."""
        return cls(*updated(len(load_priors()), evidence))

    @cached_property
    def _root(self) -> Array:
        return np.asarray(np.linalg.cholesky(self.covariance), dtype=np.float64)

    def scores(self, deviates: Array) -> dict[str, float]:
        """The score of each parameter by its name, from independent standard normal deviates."""
        return dict(zip(load_priors(), (self.mean + self._root @ deviates).tolist(), strict=True))

    def sd(self, name: str) -> float:
        """The standard deviation of the score of one parameter; 1 where nothing was told."""
        place = list(load_priors()).index(name)
        return float(np.sqrt(self.covariance[place, place]))

    def value(self, name: str, chance: float) -> float:
        """The value of one parameter that is not exceeded with this chance, whatever the others are."""
        mean = float(self.mean[list(load_priors()).index(name)])
        return at_score(load_priors()[name], mean + self.sd(name) * NORMAL.inv_cdf(chance))


class Told(Input):
    """What one incident tells of the scores, by the names of the parameters of which it tells."""

    pull: dict[Text, Number]
    """Precision times mean."""
    precision: dict[Text, dict[Text, Number]]
    """The lower triangle."""

    @classmethod
    def of(cls, evidence: Evidence) -> "Told":
        """As it is written, in the order of the priors."""
        here = [(place, name) for place, name in enumerate(load_priors()) if evidence.precision[place].any()]
        return cls(
            pull={name: round(float(evidence.pull[place]), 3) for place, name in here},
            precision={
                name: {
                    other: round(float(evidence.precision[place, beside]), 3)
                    for beside, other in here
                    if beside <= place
                }
                for place, name in here
            },
        )

    @property
    def evidence(self) -> Evidence:
        """As it is added up; of a parameter that has no prior any more nothing is heard."""
        place = {name: number for number, name in enumerate(load_priors())}
        precision, pull = np.zeros((len(place), len(place))), np.zeros(len(place))
        for name, row in self.precision.items():
            for other, value in row.items():
                if name in place and other in place:
                    precision[place[name], place[other]] = precision[place[other], place[name]] = value
        for name in self.pull.keys() & place.keys():
            pull[place[name]] = self.pull[name]
        return Evidence(precision, pull)


class Learnt(Input):
    """What each incident tells, and what surveys tell."""

    told: dict[Slug, Told]

    def without_incident(self, name: str) -> Beliefs:
        """What is believed by all the other incidents."""
        return Beliefs.by(told.evidence for other, told in self.told.items() if other != name)

    @property
    def by_all(self) -> Beliefs:
        """What is believed by all."""
        return Beliefs.by(told.evidence for told in self.told.values())

    @property
    def tellers(self) -> Mapping[str, list[str]]:
        """Of each parameter of which incidents tell: which do."""
        return {
            name: tellers
            for name in load_priors()
            if (tellers := [one for one, told in self.told.items() if name in told.pull])
        }


@cache
def load_learnt() -> Learnt:
    """What the script has written."""
    return read_yaml(FILE, Learnt)
