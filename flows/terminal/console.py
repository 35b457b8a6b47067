"""Consoles: facts go to standard output, progress and messages to standard error."""

import json
import sys
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from results.presentation.language import _, error_in_words
from results.presentation.visible import one_line, shown
from topologies.errors import TocsinError

if TYPE_CHECKING:
    from rich.console import Console


class Loudness(IntEnum):
    """How much is said beside facts and errors."""

    QUIET = 0
    """Nothing."""
    USUAL = 1
    VERBOSE = 2
    """Each chunk, what is decided, and where things lie too."""


_said = [Loudness.USUAL]


def speak(loudness: Loudness) -> None:
    """From now on this much is said."""
    _said[:] = [loudness]


def is_quiet() -> bool:
    """Only facts and errors are wanted."""
    return _said == [Loudness.QUIET]


def is_verbose() -> bool:
    """All there is to say is wanted."""
    return _said == [Loudness.VERBOSE]


@cache
def facts() -> "Console":
    """Where facts go."""
    from flows.terminal.guarded import Guarded

    return Guarded(highlight=False, markup=False, emoji=False)


@cache
def messages() -> "Console":
    """Where progress and messages go."""
    from flows.terminal.guarded import Guarded

    return Guarded(stderr=True, highlight=False, markup=False, emoji=False)


def can_draw() -> bool:
    """Whether a progress bar can be drawn on standard error: it is a terminal that can move its cursor."""
    return not is_quiet() and messages().is_interactive and sys.stderr.isatty()


def say_at_once(message: str) -> None:
    """The message is on the screen, on one line, before any slow import; unless nobody wants to hear."""
    if not is_quiet():
        print(one_line(message), file=sys.stderr, flush=True)


def say_in_detail(message: str) -> None:
    """The same for those who want to hear all."""
    if is_verbose():
        say_at_once(message)


def print_json(fact: object) -> None:
    """Writes one JSON object to standard output, in full or not at all."""
    print(json_of(fact, sys.stdout.encoding), flush=True)


def json_of(fact: object, encoding: str) -> str:
    r"""The object in JSON; characters that the encoding lacks are escaped.

    >>> print(json_of({"name": "Orléans \x9b\u202e"}, "utf-8"), json_of(["œ"], "latin-1"))
    {
      "name": "Orléans \u009b\u202e"
    } [
      "\u0153"
    ]
    """
    text = shown(json.dumps(fact, ensure_ascii=False, indent=2), escaped=lambda code: json.dumps(code)[1:-1])
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(fact, indent=2)
    return text


def report(error: TocsinError) -> None:
    """What went wrong, in the language spoken."""
    print_error(error_in_words(error))


def print_error(problem: str) -> None:
    """The problem, after a word that marks it as one."""
    from rich.text import Text

    label = Text(_("Error:"), style="bold red")
    messages().print(label, Text(problem), soft_wrap=True)
