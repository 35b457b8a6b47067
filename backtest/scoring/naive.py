"""A naive forecast: what anyone could have said of a figure without a model.

The values that the other incidents had of the same quantity, each as likely; where fewer than two are known, the law
that a survey gives (`naive.yaml`), and so for numbers of patients, which depend on the size of who was struck. A model
that does not beat it says nothing.
"""

from collections.abc import Sequence
from functools import cache
from math import expm1, log1p
from pathlib import Path
from statistics import NormalDist

from backtest.account import Account
from backtest.figure import Figure, Measure
from backtest.scoring.scale import SHARES
from simulation.inputs.streams import APPOINTMENTS, Stream
from topologies.fields.quantity import Input, Quantity
from topologies.reading.documents import read_yaml

FILE = Path(__file__).with_name("naive.yaml")
FEWEST = 2
"""Fewer values of others are no law."""
CHANCES = tuple((number + 0.5) / 50 for number in range(50))
"""A law is told by so many of its quantiles."""
PUT_OFF = frozenset({*APPOINTMENTS, Stream.SURGERY_SCHEDULED})
IN_HOURS = frozenset(
    {Measure.CELL_H, Measure.CUT_H, Measure.CONTAINED_H, Measure.ED_SHUT_H, Measure.ED_CLOSED_H}
)
RATIOS = frozenset({Measure.ARRIVALS, Measure.AMBULANCES, Measure.LEFT_UNSEEN})
SITES = frozenset({Measure.IMPACTED, Measure.CUT_BY_PRECAUTION})


class Surveys(Input):
    """What surveys say of victims in general; low and high are the 5th and 95th percentiles."""

    days: Quantity
    hours: Quantity
    share: Quantity
    sites: Quantity
    ratio: Quantity
    postponed: Quantity

    def of(self, measure: Measure) -> Quantity:
        """The law of a measure that is no share."""
        if measure is Measure.POSTPONED:
            return self.postponed
        if measure in RATIOS:
            return self.ratio
        if measure in IN_HOURS:
            return self.hours
        return self.sites if measure in SITES else self.days


@cache
def load_surveys() -> Surveys:
    """The laws of the file."""
    return read_yaml(FILE, Surveys)


def guess(incident: str, figure: Figure, accounts: Sequence[Account]) -> list[float]:
    """Draws of the naive forecast of a figure of an incident."""
    others = [
        other.observed
        for account in accounts
        if account.name != incident
        for other in account.figures
        if _kind(other) == _kind(figure)
    ]
    told = len(others) >= FEWEST and figure.measure is not Measure.POSTPONED
    return others if told else _by_survey(figure)


def _kind(figure: Figure) -> tuple[Measure, bool]:
    """Figures of one kind tell of one another: the same measure, of care that can be put off or not."""
    return figure.measure, set(figure.streams) <= PUT_OFF


def _by_survey(figure: Figure) -> list[float]:
    """Quantiles of the survey's law: a share anywhere, the rest log-normal between its bounds."""
    surveys = load_surveys()
    if figure.measure in SHARES:
        law = surveys.share
        return [law.low + chance * (law.high - law.low) for chance in CHANCES]
    law = surveys.of(figure.measure)
    tail = NormalDist().inv_cdf(0.95)
    middle = log1p(law.value)
    below, above = (middle - log1p(law.low)) / tail, (log1p(law.high) - middle) / tail
    scores = [NormalDist().inv_cdf(chance) for chance in CHANCES]
    return [expm1(max(0.0, middle + score * (below if score < 0.0 else above))) for score in scores]
