"""Curve: patients from other hospitals more than ordinarily, in steps of some hours since the first of them fell."""

import numpy as np
from numpy.typing import NDArray

from results.presentation.language import _
from results.presentation.numbers import number
from results.report.charts.look import AXES, TINTS, fitted
from results.report.parts import Chart, Charts, Table
from results.sheets.arrivals import CURVE_H, EDGES_H, STEP_H
from results.sheets.spread import spread_of

HEIGHT = 110
ON_CURVE = EDGES_H.index(CURVE_H) + 1
"""Edges of the curve, from 0."""


def curve(received: NDArray[np.float64]) -> Charts | None:
    """The middle crisis and the range, from patients added up to each edge, of shape (replications, edges)."""
    steps = np.diff(received[:, :ON_CURVE], axis=1)
    spreads = [spread_of(steps[:, place]) for place in range(steps.shape[1])]
    known = [(place * STEP_H, spread) for place, spread in enumerate(spreads) if spread is not None]
    if not known:
        return None
    title = _("Patients from others, more than ordinarily, per {hours} h since the first fall")
    title = title.format(hours=number(STEP_H))
    rows = [
        {"from": begins, "to": begins + STEP_H, "low": one.low, "mid": one.median, "high": one.high}
        for begins, one in known
    ]
    at, top = max(known, key=lambda each: each[1].high)
    seen = _(
        "Line: median. Band: range; below nought, fewer than ordinarily. Highest: {high}, hours {begins} to {ends}."
    )
    chart = Chart(
        name="arrivals",
        title=title,
        seen=seen.format(high=number(top.high), begins=number(at), ends=number(at + STEP_H)),
        drawn=_drawn(rows),
        table=Table(
            caption=title,
            headings=(_("hours"), _("low"), _("median"), _("high")),
            rows=tuple(
                (f"{begins}–{begins + STEP_H}", number(one.low), number(one.median), number(one.high))
                for begins, one in known
            ),
        ),
    )
    return Charts(key=(), charts=(chart,))


def _drawn(rows: list[dict[str, float]]) -> dict[str, object]:
    """Steps, since nothing is known of how patients spread within one."""
    across = {
        "x": {
            "field": "from",
            "type": "quantitative",
            "title": None,
            "scale": {"domain": [0, CURVE_H], "nice": False},
            "axis": {"values": list(range(0, CURVE_H + 1, 12)), "labelExpr": "datum.value + ' h'"},
        },
        "x2": {"field": "to"},
    }
    vertical = {"type": "quantitative", "title": None, "axis": {"tickMinStep": 1}}
    mark = {"type": "rect", "color": TINTS["asked"], "opacity": 0.22}
    return dict(
        fitted(
            {
                "height": HEIGHT,
                "padding": {"left": 5, "right": 5, "top": 5, "bottom": 12},
                "data": {"values": rows},
                "layer": [
                    {
                        "mark": mark,
                        "encoding": {**across, "y": {"field": "low", **vertical}, "y2": {"field": "high"}},
                    },
                    {
                        "mark": {"type": "rule", "strokeWidth": 2, "color": TINTS["asked"]},
                        "encoding": {**across, "y": {"field": "mid", **vertical}},
                    },
                ],
                "config": {"axis": AXES},
            }
        )
    )
