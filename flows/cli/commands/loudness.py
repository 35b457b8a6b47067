"""How much a verb says: `-q` and `-v`, which every verb takes, and which stand before the verb too."""

from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command

from flows.cli.commands.options import FLAG
from flows.terminal import console
from flows.terminal.console import Loudness
from results.presentation.language import _

if TYPE_CHECKING:
    from typer.core import TyperOption


def _hush(asked: bool) -> None:
    if asked:
        console.speak(Loudness.QUIET)


def _tell_more(asked: bool) -> None:
    if asked:
        console.speak(Loudness.VERBOSE)


Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet",
        "-q",
        metavar=FLAG,
        is_eager=True,
        expose_value=False,
        callback=_hush,
        help=_("Only facts and errors: no progress, no message."),
    ),
]
Verbose = Annotated[
    bool,
    typer.Option(
        "--verbose",
        "-v",
        metavar=FLAG,
        is_eager=True,
        expose_value=False,
        callback=_tell_more,
        help=_("Also each chunk, what is decided, and where things lie."),
    ),
]


def loudness_options() -> "list[TyperOption]":
    """The two options, for a verb that need not know of them."""
    made = typer.Typer(add_completion=False)
    made.command()(_any_verb)
    return [option for option in get_command(made).params if option.name in {"quiet", "verbose"}]  # type: ignore[misc]


def _any_verb(*, quiet: Quiet = False, verbose: Verbose = False) -> None:
    """Bears the options."""
