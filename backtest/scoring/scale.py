"""Scale: on which scale a forecast is judged.

A share counts as it is. Hours, days and numbers of sites count by ratios: ten days too many are little of a hundred
and much of five.
"""

from math import log1p

from backtest.figure import Figure, Measure

SHARES = frozenset(
    {
        Measure.SERVERS_SHARE,
        Measure.APPLICATIONS_SHARE,
        Measure.WORKSTATIONS_SHARE,
        Measure.ACTIVITY,
    }
)


def on_scale(figure: Figure, value: float) -> float:
    """The value on the scale of its figure."""
    return value if figure.measure in SHARES else log1p(value)
