"""A table without lines: where the terminal is narrow, words are broken, and none is cut."""

from typing import Any

from rich.console import RenderableType
from rich.table import Table


class Sheet(Table):
    """rich's table, as all verbs show theirs."""

    def __init__(self, *, show_header: bool = True) -> None:
        super().__init__(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=show_header)

    def add_column(self, header: RenderableType = "", footer: RenderableType = "", **settings: Any) -> None:
        """A column more; rich would put an ellipsis for what does not fit."""
        super().add_column(header, footer, overflow="fold", **settings)
