"""A console that shows the codes in what it is given, instead of passing them on to the terminal."""

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from flows.visible import visible


class Guarded(Console):
    """rich's console; what it draws itself (colours, bars, cursor) is not text, and stays."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """The parts of what is printed, with every code in their text made visible."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=visible(segment.text))
