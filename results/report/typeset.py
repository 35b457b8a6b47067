"""Typeset: the same parts on paper, as a PDF that no browser has made."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from results.presentation.language import _, spoken
from results.report.figures import drawn
from results.report.heading import Heading
from results.report.parts import Chart, Charts, Mapped, Part, Section
from results.report.rendering import TEMPLATE, made_by, on_paper

ALONE: Final = 860
BESIDE: Final = 420
"""Widths of a chart in its own pixels: one that has the line to itself, and one of two side by side."""
FONT: Final = "Libertinus Serif"


def typeset(heading: Heading, sections: Sequence[Section]) -> bytes:
    """The PDF; it says the same whatever fonts are installed."""
    import typst  # costs its import, and a page in HTML does not need it

    pdf: bytes = typst.compile(
        TEMPLATE / "page.typ", format="pdf", sys_inputs={"data": as_data(heading, sections)}, timestamp=0
    )
    return pdf


def as_data(heading: Heading, sections: Sequence[Section], alone: int = ALONE) -> str:
    """What a template on paper is given, as JSON; a chart that has the line to itself is so many pixels wide."""
    parts = [{"title": one.title, "parts": [_plain(part, alone) for part in one.parts]} for one in sections]
    words = {"lang": spoken(), "made": made_by(), "tables": _("The figures in tables")}
    return json.dumps({**asdict(heading), **words, "sections": parts})


def _plain(part: Part, alone: int) -> dict[str, Any]:
    """A part as plain JSON values, its figures drawn."""
    if isinstance(part, Charts):
        width = alone if len(part.charts) == 1 else BESIDE
        return {"kind": part.kind, "key": part.key, "charts": [_chart(each, width) for each in part.charts]}
    if isinstance(part, Mapped):
        tables = [_tabled(asdict(each)) for each in part.tables]
        return {
            "kind": part.kind,
            "key": part.key,
            "seen": part.seen,
            "svg": on_paper(part),
            "tables": tables,
        }
    return {"kind": part.kind, **_tabled(asdict(part))}


def _tabled(plain: dict[str, Any]) -> dict[str, Any]:
    return {**plain, "worded": sorted(plain["worded"])} if "worded" in plain else plain


def _chart(chart: Chart, width: int) -> Mapping[str, Any]:
    return {
        "title": chart.title,
        "seen": chart.seen,
        "svg": drawn(chart, width, FONT),
        "table": _tabled(asdict(chart.table)),
    }
