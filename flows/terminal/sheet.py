"""Tables without lines, as all verbs show them: on a narrow terminal words are broken, never cut."""

from typing import Any

from rich.console import RenderableType
from rich.table import Table


class Sheet(Table):
    """rich's table without lines."""

    def __init__(self, *, show_header: bool = True) -> None:
        super().__init__(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=show_header)

    def add_column(self, header: RenderableType = "", footer: RenderableType = "", **settings: Any) -> None:
        """Adds a column; rich would cut what does not fit."""
        super().add_column(header, footer, overflow="fold", **settings)
