"""The entry point of `tocsin`: its verb runs in the language chosen, and errors become one sentence.

Exit codes: 0 done; 1 failed, also where what was to be written could not be; 2 something to correct in what was asked;
129, 130 and 143 stopped by a signal. That the reader of standard output leaves early, as `head` does, changes none.
"""

import os
import sys

from flows.execution import shutdown

TYPE_CHECKING = False  # as in typing, whose import would come before the signals are heeded
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, Never

    from typer.core import TyperGroup


def main() -> "Never":
    """The command `tocsin`."""
    shutdown.handle_signals()
    try:
        _prepare()
        code = run_verb(sys.argv[1:])
    except shutdown.Stopped as stopped:
        code = stopped.exit_code
    except Exception as error:
        if os.environ.get("TOCSIN_DEBUG"):
            raise
        code = _show(error)
    shutdown.exit_now(code)


def run_verb(arguments: list[str]) -> int:
    """Runs the verb, or says why it cannot; returns the exit code."""
    from flows.cli.configuration import configuration_file
    from results.presentation import language
    from topologies.errors import TocsinError

    try:
        configured, refused = configuration_file.read(), None
    except TocsinError as error:
        configured, refused = configuration_file.Configuration(), error
    os.environ.update({**configured.environment(), **os.environ})
    language.speak(language.asked_for(arguments, os.environ))
    # After the language: the sentences of the verbs are bound when they are imported.
    from typing import cast

    from typer.exceptions import TyperException
    from typer.main import get_command

    from flows.cli import interpreter
    from flows.cli.commands import completing, tocsin
    from flows.cli.commands.options import settle_completion
    from flows.cli.usage_errors import usage_error_in_words
    from flows.terminal import console

    console.speak(console.Loudness.USUAL)
    asked = with_help(arguments)
    try:
        if not {"--help", "--version"} & set(asked):
            interpreter.check_folder()
            if refused:
                raise refused
        command = cast("TyperGroup", get_command(tocsin))
        settle_completion(command)
        code = command.main(
            asked,
            prog_name="tocsin",
            complete_var=completing.VARIABLE,
            standalone_mode=False,
            default_map=defaults_of(command, configured.options()),
        )
        sys.stdout.flush()
    except TyperException as refusal:
        console.print_error(usage_error_in_words(refusal))
        return refusal.exit_code
    except TocsinError as error:
        console.report(error)
        return error.exit_code
    return code if isinstance(code, int) else 0


def defaults_of(command: object, values: "Mapping[str, object]") -> "dict[str, Any]":
    """What the options of a verb, and of all below it, are where nobody says otherwise, as typer takes it."""
    verbs: Mapping[str, object] = getattr(command, "commands", {})
    return {name: defaults_of(verb, values) for name, verb in verbs.items()} or dict(values)


def _prepare() -> None:
    """Sets up the process: its interpreter, its packages, what Prefect sees of the machine, and the screen."""
    from flows import packages
    from flows.cli import interpreter

    interpreter.settle()
    packages.come_first()
    from flows.server import isolation
    from flows.terminal import screen

    isolation.isolate()
    screen.set_up()


def _show(error: Exception) -> int:
    """Reports an error that no verb expected; returns the exit code."""
    from flows.cli.unforeseen import unforeseen
    from flows.terminal import console

    console.print_error(unforeseen(error))
    return 1


def with_help(arguments: list[str]) -> list[str]:
    """`-h`, `help` and `help VERB` are other ways to write `--help`.

    >>> with_help(["run", "-h"]), with_help(["help"]), with_help(["help", "run"])
    (['run', '--help'], ['--help'], ['run', '--help'])
    """
    if arguments[:1] == ["help"]:
        return [*arguments[1:], "--help"]
    return ["--help" if each == "-h" else each for each in arguments]


if __name__ == "__main__":
    main()
