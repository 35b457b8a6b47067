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


def printed(sheets: Iterable[Sheet]) -> Iterator[tuple[Sheet, bytes]]:
    """Each with its PDF."""
    compiler = press()
    for sheet in sheets:
        yield (
            sheet,
            cast("bytes", compiler.compile(format="pdf", sys_inputs={"data": data_of(sheet)}, timestamp=0)),
        )


def data_of(sheet: Sheet) -> str:
    """What the template is given."""
    return as_data(sheet.heading, sheet.sections, alone=WIDTH)


def press() -> "typst.Compiler":
    """What makes pages of data."""
    import typst  # costs its import

    return typst.Compiler(Path(TEMPLATE) / "sheet.typ")
