"""A console that shows the codes in what it is given, instead of passing them on to the terminal."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from rich import _wrap
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from flows.terminal.stand_ins import HANDLER
from results.presentation.visible import one_line, visible

_wrap.re_word = re.compile("[^\\S\u00a0\u202f]*[\\S\u00a0\u202f]+[^\\S\u00a0\u202f]*")
"""What stays together on a line: rich breaks at any space, French has two that hold a colon or a unit to its word."""


class Guarded(Console):
    """rich's console; what it draws itself (colours, bars, cursor) is not text, and stays."""

    def render_str(self, text: str, **settings: Any) -> Text:
        """A string is one line: what comes from outside cannot add another. A `Text` has the lines that it has."""
        return super().render_str(one_line(text), **settings)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """The parts of what is printed, with every code in their text made visible."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=visible(segment.text))

    def _render_buffer(self, buffer: Iterable[Segment]) -> str:
        """All parts as they are written; the stream may be somebody else's, and refuse what its encoding lacks."""
        return super()._render_buffer(buffer).encode(self.encoding, HANDLER).decode(self.encoding)
