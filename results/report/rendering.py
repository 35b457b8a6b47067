"""Rendering: parts as HTML by a template that escapes whatever comes from outside."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from results.presentation.language import _, spoken
from results.report.heading import Heading
from results.report.library import locale
from results.report.parts import Mapped, Section

TEMPLATE = Path(__file__).with_name("template")


def rendered(heading: Heading, sections: Sequence[Section], library: str) -> str:
    """The page in full: text, style, scripts and data, and nothing to fetch."""
    words = {
        "contents": _("Contents"),
        "skip": _("Skip to the text"),
        "table": _("The figures in a table"),
        "made": made_by(),
    }
    page = _templates().get_template("page.html")
    return page.render(
        lang=spoken(),
        heading=heading,
        sections=sections,
        words=words,
        style=_ours("page.css"),
        script=_ours("page.js"),
        library=library,
        locale=locale(),
    )


def made_by() -> str:
    """What stands at the foot of every page."""
    return _("Made by Tocsin: a simulation, not a forecast of what will happen.")


def on_paper(part: Mapped) -> str:
    """The map as an image of its own, at the hour that is shown at first."""
    drawing = _templates().get_template("drawing.svg").make_module()
    return str(drawing.drawing(part, _ours("paper.css")))  # type: ignore[attr-defined]


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(TEMPLATE)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def _ours(name: str) -> str:
    """A file of ours."""
    return (TEMPLATE / name).read_text("utf-8")
