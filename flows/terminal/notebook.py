"""A progress bar in a notebook: an output of its cell, replaced as the run advances, without any extra package."""

import html
import sys
from importlib import import_module
from typing import Any

from flows.terminal.progress import phase
from results.presentation.numbers import number

PLAIN, RICH = "text/plain", "text/html"


def is_here() -> bool:
    """This process is the kernel of a notebook, which has imported IPython."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return hasattr(shell, "kernel")


class NotebookBar:
    """The replications finished, and below them the messages of the run."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._said: list[str] = []
        self._shown: dict[str, str] = {}
        self._output: Any = None

    def show(self, done: int) -> None:
        """Moves the bar and shows the messages since; called by the thread that runs the cell."""
        self._done = done
        if self._content() != self._shown:
            self._shown = self._content()
            self._output.update(self._shown, raw=True)

    def say(self, sentence: str) -> None:
        """A line below the bar, the next time it is shown."""
        self._said.append(sentence)

    def _content(self) -> dict[str, str]:
        """The output, for browsers and for plain text."""
        counted = f"{phase(self._total, self._done)} {number(self._done)}/{number(self._total)}"
        lines = [counted, *self._said]
        bar = f'<progress value="{self._done}" max="{self._total}"></progress> '
        return {PLAIN: "\n".join(lines), RICH: bar + "<br>".join(map(html.escape, lines))}

    def __enter__(self) -> "NotebookBar":
        self._shown = self._content()
        self._output = import_module("IPython.display").display(self._shown, raw=True, display_id=True)
        return self

    def __exit__(self, *_raised: object) -> None:
        self.show(self._done)
