"""Printing: each sheet as a PDF of one page, by one compiler for all."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from results.report.rendering import TEMPLATE
from results.report.typeset import as_data
from results.sheets.sheet import Sheet

if TYPE_CHECKING:
    import typst

WIDTH = 250
"""Of the curve, in its own pixels."""
SHARPNESS = 110.0
"""Of an image, in pixels to the inch."""


def printed(sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, bytes]]:
    """Each with its PDF."""
    press = _press()
    for sheet in sheets:
        yield (
            sheet,
            cast("bytes", press.compile(format="pdf", sys_inputs={"data": _data(sheet)}, timestamp=0)),
        )


def pictured(sheet: Sheet) -> list[bytes]:
    """The pages of a sheet as images."""
    pages = _press().compile(format="png", ppi=SHARPNESS, sys_inputs={"data": _data(sheet)})
    return cast("list[bytes]", pages if isinstance(pages, list) else [pages])


def _data(sheet: Sheet) -> str:
    return as_data(sheet.heading, sheet.sections, alone=WIDTH)


def _press() -> "typst.Compiler":
    import typst  # costs its import

    return typst.Compiler(Path(TEMPLATE) / "sheet.typ")
