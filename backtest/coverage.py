"""Coverage: observed figures beside the quantiles of what the replications say.

Figures that a parameter was set from are calibrated: that their intervals hold them says that the model can be made to
fit. The others are held out: only they test it. The two are never counted together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backtest.figure import Figure

LOW, MIDDLE, HIGH = 0.05, 0.5, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One published figure, and what the replications of its incident say of it."""

    incident: str
    figure: str
    unit: str
    observed: float
    p5: float
    p50: float
    p95: float
    hit: bool
    """The observed value lies within the 90 % interval."""
    relative_width: float | None
    """Width of the interval over the observed value; `None` where that is nought."""
    held_out: bool
    """No parameter was set with this figure in view."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How many of some figures were hit, and how wide the intervals are that hit them."""

    figures: int
    hits: int
    median_relative_width: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverages:
    """What the model was made to fit, apart from what tests it."""

    calibrated: Coverage
    held_out: Coverage


def found(incident: str, figure: Figure, values: Sequence[float]) -> Found:
    """The quantiles of a figure of an incident over replications, of which there is at least one."""
    p5, p50, p95 = (float(each) for each in np.quantile(values, (LOW, MIDDLE, HIGH)))
    return Found(
        incident=incident,
        figure=figure.name,
        unit=figure.unit,
        observed=figure.observed,
        p5=p5,
        p50=p50,
        p95=p95,
        hit=p5 <= figure.observed <= p95,
        relative_width=(p95 - p5) / figure.observed if figure.observed else None,
        held_out=not figure.used_for,
    )


def coverages(figures: Sequence[Found]) -> Coverages:
    """The coverage of the calibrated figures and of those held out."""
    return Coverages(
        calibrated=_coverage([each for each in figures if not each.held_out]),
        held_out=_coverage([each for each in figures if each.held_out]),
    )


def _coverage(figures: Sequence[Found]) -> Coverage:
    widths = [each.relative_width for each in figures if each.relative_width is not None]
    return Coverage(
        figures=len(figures),
        hits=sum(each.hit for each in figures),
        median_relative_width=float(np.median(widths)) if widths else None,
    )
