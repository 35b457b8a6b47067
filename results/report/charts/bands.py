"""Bands: curves with the range around them, one over the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.report.charts.look import AXES, INK, TINTS, fitted


@dataclass(frozen=True, slots=True)
class Band:
    """A curve by day and the range around it."""

    whose: str
    days: Sequence[date]
    bands: NDArray[np.float64]
    """Low, middle and high, of shape (3, days)."""


def bands_chart(bands: Sequence[Band]) -> Mapping[str, Any]:
    """The curves in their colours, the last on top."""
    colour = {
        "field": "whose",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": list(TINTS), "range": list(TINTS.values())},
    }
    day = {
        "field": "day",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%-d %b", "labelOverlap": True},
    }
    low_to_high = {"y": {"field": "low", "type": "quantitative", "title": None}, "y2": {"field": "high"}}
    return fitted(
        {
            "data": {
                "values": [row for band in bands for row in _rows(band)],
                "format": {"parse": {"day": "date"}},
            },
            "encoding": {"x": day, "color": colour},
            "layer": [
                {"mark": {"type": "area", "opacity": 0.22, "line": False}, "encoding": low_to_high},
                {
                    "mark": {"type": "line", "strokeWidth": 2},
                    "encoding": {"y": {"field": "mid", "type": "quantitative", "title": None}},
                },
            ],
            "config": {"axis": AXES, "text": {"color": INK}},
        }
    )


def _rows(band: Band) -> Iterator[dict[str, object]]:
    for day, (low, mid, high) in zip(band.days, band.bands.T.round(1).tolist(), strict=True):
        yield {"whose": band.whose, "day": day.isoformat(), "low": low, "mid": mid, "high": high}
