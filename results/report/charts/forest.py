"""Forest: differences with their intervals, a line each, beside nought."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from results.analysis.pairs.differences import Direction
from results.report.charts.look import AXES, TINTS, fitted

HEIGHT_OF_A_LINE = 52
LONGEST_LINE = 22
"""Letters of a name on one line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A difference, its interval, and where it surely lies."""

    name: str
    mean: float
    interval: tuple[float, float] | None
    direction: Direction


def forest_chart(lines: Sequence[Line]) -> Mapping[str, Any]:
    """The lines in their order: green where less is sure, red where more is, grey where neither."""
    rows = [
        {
            "name": "\n".join(wrap(line.name, LONGEST_LINE)),
            "mean": round(line.mean, 2),
            "low": round(line.interval[0] if line.interval else line.mean, 2),
            "high": round(line.interval[1] if line.interval else line.mean, 2),
            "colour": _colour(line),
        }
        for line in lines
    ]
    name = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": {
            "labelExpr": "split(datum.label, '\\n')",
            "labelLimit": 0,
            "domain": False,
            "ticks": False,
            "grid": False,
        },
    }
    colour = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    across = {"field": "low", "type": "quantitative", "title": None}
    return fitted(
        {
            "height": HEIGHT_OF_A_LINE * max(len(lines), 2),
            "data": {"values": rows},
            "layer": [
                {"mark": {"type": "rule", "color": AXES["tickColor"]}, "encoding": {"x": {"datum": 0}}},
                {
                    "mark": {"type": "rule", "strokeWidth": 3},
                    "encoding": {"y": name, "x": across, "x2": {"field": "high"}, "color": colour},
                },
                {
                    "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1},
                    "encoding": {"y": name, "x": {"field": "mean", "type": "quantitative"}, "color": colour},
                },
            ],
            "config": {"axis": AXES},
        }
    )


def _colour(line: Line) -> str:
    tints = {Direction.LOWER: "avoided", Direction.HIGHER: "asked"}
    return TINTS[tints.get(line.direction, "ordinary")]
