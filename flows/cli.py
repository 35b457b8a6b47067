"""What happens when someone types `tocsin`? Its verb runs in the language chosen, and errors are told.

Exit codes: 0 done, also where the reader of standard output has left, as `head` does; 1 failed, also where what was to
be written could not be; 2 something to mend in what was asked; 130 and 143 stopped by Ctrl-C and SIGTERM.
"""

import os
import sys
import threading
import warnings

from flows import departure

TYPE_CHECKING = False  # as in typing, whose import would come before the signals are heeded
if TYPE_CHECKING:
    from typing import Never

DEBUG = "TOCSIN_DEBUG"


def main() -> "Never":
    """The command `tocsin`."""
    departure.heed_signals()
    hush()
    from flows import packages

    packages.come_first()
    from flows import screen, surroundings

    surroundings.prepare()
    screen.set_up()
    try:
        code = run_verb(sys.argv[1:])
    except departure.Stopped as stopped:
        code = stopped.exit_code
    departure.leave(code)


def run_verb(arguments: list[str]) -> int:
    """The verb has done its work, or has said why not; returns the exit code."""
    from flows import language

    language.speak(language.asked_for(arguments, os.environ))
    # After the language: the sentences of the verbs are bound when they are imported.
    from typer.exceptions import TyperException
    from typer.main import get_command

    from flows import console
    from flows.commands import tocsin
    from flows.refusals import refusal_told
    from flows.screen import ReaderLeft
    from flows.unforeseen import unforeseen
    from topologies.errors import TocsinError

    try:
        code = get_command(tocsin).main(
            with_help(arguments),
            prog_name="tocsin",
            complete_var="",  # a variable that nobody can set: typer would answer it in English
            standalone_mode=False,
        )
        sys.stdout.flush()
    except TyperException as refusal:
        console.refuse(refusal_told(refusal))
        return refusal.exit_code
    except TocsinError as error:
        console.complain(error)
        return error.exit_code
    except ReaderLeft:
        return 0
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        console.refuse(unforeseen(error))
        return 1
    return code if isinstance(code, int) else 0


def with_help(arguments: list[str]) -> list[str]:
    """`-h`, `help` and `help VERB` are other ways to write `--help`.

    >>> with_help(["run", "-h"]), with_help(["help"]), with_help(["help", "run"])
    (['run', '--help'], ['--help'], ['run', '--help'])
    """
    if arguments[:1] == ["help"]:
        return [*arguments[1:], "--help"]
    return ["--help" if each == "-h" else each for each in arguments]


def hush() -> None:
    """Python's warnings speak to whoever writes a program: whoever runs this one, or its workers, sees none."""
    if not os.environ.get(DEBUG):
        sys.warnoptions.append("ignore")  # the workers are started with these; the last one holds
        os.environ["PYTHONWARNINGS"] = "ignore"
        warnings.simplefilter("ignore")
        threading.excepthook = _failed_aside
        sys.unraisablehook = _failed_aside


def _failed_aside(failure: object) -> None:
    """What fails in another thread, or while something is thrown away, is no part of what the verb tells."""


if __name__ == "__main__":
    main()
