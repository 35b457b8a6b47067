"""How does the command speak? Facts on standard output, progress and messages on standard error."""

import json
import sys
from functools import cache
from typing import TYPE_CHECKING

from flows.language import _, error_told
from topologies.errors import TocsinError

if TYPE_CHECKING:
    from rich.console import Console


@cache
def facts() -> "Console":
    """Where facts go."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False)


@cache
def messages() -> "Console":
    """Where progress and messages go."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def say_at_once(message: str) -> None:
    """The message is on the screen, before anything slow is imported."""
    print(message, file=sys.stderr, flush=True)


def give(fact: object) -> None:
    """One JSON object on standard output."""
    print(json.dumps(fact, ensure_ascii=False, indent=2))


def complain(error: TocsinError) -> None:
    """What went wrong, in the language spoken."""
    refuse(error_told(error))


def refuse(problem: str) -> None:
    """The problem, behind a word that says that it is one."""
    from rich.text import Text

    label = Text(_("Error:"), style="bold red")
    messages().print(label, problem, soft_wrap=True)
