"""Figures: the charts and the map of a page as images, for slides and papers of one's own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from results.report.library import locale
from results.report.parts import Chart, Charts, Mapped, Section
from results.report.rendering import on_paper

WIDTH = 720
SHARPNESS = 2.0
"""Pixels of an image for each of the drawing."""
FONT = "Arial, Helvetica, sans-serif"


@dataclass(frozen=True, slots=True)
class Figure:
    """One of them."""

    name: str
    svg: str

    def png(self) -> bytes:
        """The same in pixels."""
        import vl_convert

        return vl_convert.svg_to_png(self.svg, scale=SHARPNESS)


def figures_in(sections: Sequence[Section]) -> Iterator[Figure]:
    """All that these sections draw."""
    for part in (part for section in sections for part in section.parts):
        if isinstance(part, Charts):
            yield from (Figure(chart.name, drawn(chart, WIDTH, FONT)) for chart in part.charts)
        elif isinstance(part, Mapped):
            yield Figure("map", on_paper(part))


def drawn(chart: Chart, width: int, font: str) -> str:
    """A chart as SVG, so wide in its own pixels."""
    import vl_convert

    svg = vl_convert.vegalite_to_svg(
        {**chart.drawn, "width": width, "background": "white"},
        format_locale=locale()["formatLocale"],
        time_format_locale=locale()["timeFormatLocale"],
    )
    return re.sub(r'font-family="[^"]*"', f'font-family="{font}"', svg)
