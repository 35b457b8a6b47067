"""Unforeseen errors, in one sentence instead of a traceback."""

from typer.exceptions import Abort

from results.presentation.language import _, in_words
from results.presentation.reasons import reason_of
from results.presentation.visible import one_line


def unforeseen(error: Exception) -> str:
    """What happened and what helps; system errors are named as such."""
    if isinstance(error, Abort) and isinstance(error.__cause__, Exception):
        return unforeseen(error.__cause__)  # typer takes any end of a file for one of the keyboard's
    if isinstance(error, MemoryError):
        return _("memory ran out; close other programs, or use fewer workers")
    if isinstance(error, OSError):
        gaps = {"file": one_line(str(error.filename)), "reason": in_words(reason_of(error))}
        if error.filename:
            return _("the system refuses {file}: {reason}").format(**gaps)
        return _("the system refuses: {reason}").format(**gaps)
    gaps = {"kind": type(error).__name__, "error": one_line(str(error))}
    return _("this should not happen ({kind}: {error}); TOCSIN_DEBUG=1 shows where").format(**gaps)
