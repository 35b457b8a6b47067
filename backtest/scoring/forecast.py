"""Forecasts: what the replays of an incident say of a figure, beside what was observed and what anyone could guess.

Each replay draws its parameters from what is believed without its incident, so that no forecast rests on what it is
judged by. One thing cannot be left out: numbers set by hand with a figure in view. Those figures are told apart
(`by_hand`) and never counted with the others.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from backtest.calibration.priors import load_priors
from backtest.figure import Figure
from backtest.scoring.crps import crps
from backtest.scoring.scale import on_scale

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
OF_THE_NEXT: Final = "weibull"
"""Of n draws the next one lies below the k-th with a chance of k / (n + 1) (Hyndman and Fan 1996, type 6).

Interpolated otherwise, an interval of 90 % of forty replays would hold what they forecast in 86 % of cases.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One published figure, and what the replays of its incident say of it."""

    incident: str
    figure: str
    unit: str
    observed: float
    p5: float
    p25: float
    p50: float
    p75: float
    p95: float
    crps: float
    """On the scale of the figure; less is better."""
    naive_crps: float
    """The same of what anyone could have guessed."""
    by_hand: bool
    """A number of the model was set by hand with this figure in view."""

    @property
    def hit(self) -> bool:
        """The observed value lies within the 90 % interval."""
        return self.p5 <= self.observed <= self.p95

    @property
    def hit_half(self) -> bool:
        """The observed value lies within the 50 % interval."""
        return self.p25 <= self.observed <= self.p75

    @property
    def skill(self) -> float:
        """What the model is better than a guess: 1 is perfect, 0 as good, below it worse."""
        return 1.0 - self.crps / self.naive_crps if self.naive_crps else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What some forecasts come to."""

    figures: int
    hits: int
    """Within the 90 % interval."""
    hits_half: int
    """Within the 50 % interval."""
    better: int
    """Nearer to what was observed than the guess."""
    skill: float
    """Of all together: one less the ratio of the summed scores."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What tests the model, apart from what it was made to fit."""

    held_out: Score
    by_hand: Score


def forecast(incident: str, figure: Figure, values: Sequence[float], guess: Sequence[float]) -> Forecast:
    """What the replays say of a figure, of which there is at least one, beside a guess; both as draws."""
    p5, p25, p50, p75, p95 = (float(each) for each in np.quantile(values, QUANTILES, method=OF_THE_NEXT))
    observed = on_scale(figure, figure.observed)
    return Forecast(
        incident=incident,
        figure=figure.name,
        unit=figure.unit,
        observed=figure.observed,
        p5=p5,
        p25=p25,
        p50=p50,
        p75=p75,
        p95=p95,
        crps=crps([on_scale(figure, value) for value in values], observed),
        naive_crps=crps([on_scale(figure, value) for value in guess], observed),
        by_hand=not set(figure.used_for) <= set(load_priors()),
    )


def scores(forecasts: Sequence[Forecast]) -> Scores:
    """The scores of the figures held out, and of those that a number was set by."""
    return Scores(
        held_out=_score(forecasts, lambda each: not each.by_hand),
        by_hand=_score(forecasts, lambda each: each.by_hand),
    )


def _score(forecasts: Sequence[Forecast], belongs: Callable[[Forecast], bool]) -> Score:
    some = [each for each in forecasts if belongs(each)]
    guesses = sum(each.naive_crps for each in some)
    return Score(
        figures=len(some),
        hits=sum(each.hit for each in some),
        hits_half=sum(each.hit_half for each in some),
        better=sum(each.crps < each.naive_crps for each in some),
        skill=1.0 - sum(each.crps for each in some) / guesses if guesses else 0.0,
    )
