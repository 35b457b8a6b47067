"""Spreads: what is added in the middle crisis, in nine of ten and in the worst, as a row of words."""

import numpy as np
from numpy.typing import NDArray

from results.presentation.language import _
from results.presentation.numbers import number
from results.presentation.tabled import signed

LOW_HIGH = (0.05, 0.95)


def spread_headings() -> tuple[str, ...]:
    """Of the columns of these rows."""
    return (_("who"), _("without it"), _("median"), _("range"), _("worst"))


def spread_row(
    name: str, calm: NDArray[np.float64], added: NDArray[np.float64], decimals: int = 0
) -> tuple[str, ...]:
    """One row, from what each crisis has without the attack and what it adds."""
    low, high = np.quantile(added, LOW_HIGH).tolist()
    spread = _("{low} to {high}").format(low=signed(low, decimals), high=signed(high, decimals))
    return (
        name,
        number(float(np.median(calm)), decimals),
        signed(float(np.median(added)), decimals),
        spread,
        signed(float(added.max()), decimals),
    )
