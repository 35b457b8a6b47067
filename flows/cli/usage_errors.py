"""Usage errors of typer in the language spoken: typer has its sentences in English only, with their gaps filled.

A sentence that is not known here stays as typer has it.
"""

import re

from typer.exceptions import TyperException

from results.presentation.language import _, later
from results.presentation.visible import one_line

SENTENCES = (
    later("Invalid value for {name}: {problem}"),
    later("{problem} Did you mean {names}?"),
    later("Missing argument {name}."),
    later("No such option: {name} (Possible options: {names})"),
    later("No such option: {name}"),
    later("No such command {name}."),
    later("Missing command."),
    later("Got unexpected extra argument(s) ({names})"),
    later("Option {name} requires an argument."),
    later("Option {name} does not take a value."),
    later("Input should be greater than or equal to {least}"),
    later("Input should be less than or equal to {most}"),
    later("Input should be a valid integer, unable to parse string as an integer"),
    later("Unable to parse input string as an integer, exceeded maximum size"),
    later("Input should be {choices}"),
    later("Value error, {value} is not one of {choices}."),
)
"""In the order in which they are tried."""


def usage_error_in_words(refusal: TyperException) -> str:
    """What is wrong with the command line, and where to find help."""
    context = getattr(refusal, "ctx", None)
    command = context.command_path if context else "tocsin"
    return (
        one_line(in_words(refusal.format_message()))
        + "\n"
        + _("{command} --help says more.").format(command=command)
    )


def in_words(message: str) -> str:
    """A sentence of typer's, with its gaps filled as typer filled them.

    >>> in_words("No such option: --wat").replace(chr(0xA0), " ")
    'l’option --wat n’existe pas'
    """
    for sentence in SENTENCES:
        match = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+?)", re.escape(sentence)), message, re.DOTALL)
        if match:
            gaps = {
                name: in_words(text) if name == "problem" else text
                for name, text in match.groupdict().items()
            }
            return _(sentence).format(**gaps)
    return message
