"""What happens when someone types `tocsin`? Its verb runs in the language chosen, and errors are told.

Exit codes: 0 done, 1 failed, 2 something to mend in what was asked, 130 and 143 stopped by Ctrl-C and SIGTERM.
"""

import os
import sys

from flows import departure

TYPE_CHECKING = False  # as in typing, whose import would come before the signals are heeded
if TYPE_CHECKING:
    from typing import Never


def main() -> "Never":
    """The command `tocsin`."""
    departure.heed_signals()
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
    from topologies.errors import TocsinError

    try:
        code = get_command(tocsin).main(arguments, prog_name="tocsin", standalone_mode=False)
    except TyperException as refusal:
        console.refuse(refusal_told(refusal))
        return refusal.exit_code
    except TocsinError as error:
        console.complain(error)
        return error.exit_code
    except BrokenPipeError:
        return 0  # the reader has seen enough
    except Exception as error:
        if os.environ.get("TOCSIN_DEBUG"):
            raise
        console.refuse(_unexpected(error))
        return 1
    return code if isinstance(code, int) else 0


def _unexpected(error: Exception) -> str:
    from flows.language import _

    template = _("this should not happen ({kind}: {error}); TOCSIN_DEBUG=1 shows where")
    return template.format(kind=type(error).__name__, error=error)


if __name__ == "__main__":
    main()
