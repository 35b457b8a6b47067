"""A console that shows control codes in its texts instead of sending them to the terminal."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from rich import _wrap
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from flows.terminal.stand_ins import HANDLER
from results.presentation.visible import one_line, visible

WORD: Final = re.compile("[^\\S\u00a0\u202f]*[\\S\u00a0\u202f]+[^\\S\u00a0\u202f]*")
"""rich breaks a line at any space; French has two that bind a colon or a unit to its word."""


def keep_words_whole() -> None:
    """From now on rich breaks no line at a space that does not break."""
    _wrap.re_word = WORD


class Guarded(Console):
    """rich's console; what it draws itself (colours, bars, cursor) is not text and is kept."""

    def __init__(self, **settings: Any) -> None:
        keep_words_whole()
        super().__init__(**settings)

    def render_str(self, text: str, **settings: Any) -> Text:
        """A string is one line: what comes from outside cannot add another. A `Text` keeps its lines."""
        return super().render_str(one_line(text), **settings)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """The parts of what is printed, with every code in their text made visible."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=visible(segment.text))

    def _render_buffer(self, buffer: Iterable[Segment]) -> str:
        """All parts as written; the stream may not be ours, and may refuse what its encoding lacks."""
        return super()._render_buffer(buffer).encode(self.encoding, HANDLER).decode(self.encoding)
