"""Progress of a campaign: a bar on a terminal, a line now and then elsewhere."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol

from flows.terminal.console import can_draw, is_quiet, is_verbose, messages, say_at_once
from results.presentation.language import _
from results.presentation.numbers import number

if TYPE_CHECKING:
    from rich.progress import ProgressColumn


class Display(Protocol):
    """Where progress is shown."""

    def show(self, done: int) -> None:
        """This many replications of the run are finished."""
        ...

    def say(self, sentence: str) -> None:
        """Something has happened that the user should know."""
        ...


@contextmanager
def display(total: int) -> Iterator[Display]:
    """Shows progress over this many replications, as suits standard error and who reads it."""
    if is_verbose():
        yield EachChunk(total)
        return
    if not can_draw():
        yield Lines(total)
        return
    with Bar(total) as bar:
        yield bar


def in_python(total: int) -> AbstractContextManager[Display]:
    """The same for a program: a bar in a terminal or a notebook, else nothing."""
    from flows.terminal import notebook

    if notebook.is_here():
        return notebook.NotebookBar(total)
    return Bar(total) if messages().is_terminal else nullcontext(Silence())


@contextmanager
def steps(total: int) -> Iterator[Callable[[str], None]]:
    """A bar over this many steps; each call takes one and says what it belongs to."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=messages(), transient=True, disable=is_quiet()) as progress:
        task = progress.add_task(_("Starting"), total=total)
        yield lambda text: progress.update(task, advance=1, description=text)


def reading() -> AbstractContextManager[Callable[[int, int], None]]:
    """A bar over the bytes of a file; each call tells how many are read, and how many there are."""
    from rich.progress import DownloadColumn

    return _bar(_("Reading"), DownloadColumn())


def counting(doing: str) -> AbstractContextManager[Callable[[int, int], None]]:
    """A bar over things that are counted; each call tells how many are done, and how many there are."""
    from rich.progress import MofNCompleteColumn

    return _bar(doing, MofNCompleteColumn())


@contextmanager
def _bar(doing: str, counted: "ProgressColumn") -> Iterator[Callable[[int, int], None]]:
    """A bar with this count beside it, where it can be drawn."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    if not can_draw():
        yield lambda _done, _total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), counted, TimeRemainingColumn())
    with Progress(*columns, console=messages(), transient=True) as progress:
        task = progress.add_task(doing, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def phase(total: int, done: int) -> str:
    """The phase of the run, in words."""
    if done >= total:
        return _("Writing the results")
    return _("Replications") if done else _("Starting")


class Lines:
    """A line at each tenth of the way."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._said = 0
        self._began = time.monotonic()

    def show(self, done: int) -> None:
        """A line, when another tenth is done."""
        if done * 10 // max(1, self._total) > self._said * 10 // max(1, self._total):
            self._tell(done)

    def say(self, sentence: str) -> None:
        """A line more."""
        say_at_once(sentence)

    def _tell(self, done: int) -> None:
        self._said = done
        gaps = {
            "done": number(done),
            "total": number(self._total),
            "seconds": number(time.monotonic() - self._began),
        }
        say_at_once(_("{done} of {total} {total:replication|replications} after {seconds} s").format(**gaps))


class EachChunk(Lines):
    """A line for each chunk that arrives."""

    def show(self, done: int) -> None:
        """A line, when there are more."""
        if done > self._said:
            self._tell(done)


class Silence:
    """No display, for a program that nobody watches."""

    def show(self, done: int) -> None:
        """Shows nothing."""

    def say(self, sentence: str) -> None:
        """Says nothing."""


class Bar:
    """A bar with the replications finished, their rate, and the time left."""

    def __init__(self, total: int) -> None:
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

        self._total = total
        self._done = 0
        self._rate: float | None = None
        self._first: tuple[float, int] | None = None
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[counted]}"),
            TimeRemainingColumn(compact=True),
            console=messages(),
            transient=True,
            expand=True,
        )
        self._task = self._progress.add_task(phase(total, 0), total=max(1, total), counted="")

    def show(self, done: int) -> None:
        """Moves the bar."""
        counted = f"{number(done)}/{number(self._total)}"
        if done > self._done:
            self._rate = self._rate_at(done)
            self._done = done
        if self._rate is not None:
            counted += " · " + _("{rate} per second").format(rate=number(self._rate, 1))
        self._progress.update(
            self._task, completed=done, description=phase(self._total, done), counted=counted
        )

    def say(self, sentence: str) -> None:
        """A line above the bar."""
        self._progress.console.print(sentence, soft_wrap=True)

    def _rate_at(self, done: int) -> float | None:
        """Replications per second since the first chunk arrived."""
        if self._first is None:
            self._first = (time.monotonic(), done)
            return None
        began, already = self._first
        return (done - already) / max(0.1, time.monotonic() - began)

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *_raised: object) -> None:
        self._progress.stop()
