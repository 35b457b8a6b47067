"""What is said of an error that nobody foresaw, so that it is one sentence and no traceback."""

from typer.exceptions import Abort

from results.presentation.language import _
from results.presentation.reasons import reason_of
from results.presentation.visible import one_line


def unforeseen(error: Exception) -> str:
    """What happened and what helps; the machine's own refusals are told as such."""
    if isinstance(error, Abort) and isinstance(error.__cause__, Exception):
        return unforeseen(error.__cause__)  # typer takes any end of a file for one of the keyboard's
    if isinstance(error, MemoryError):
        return _("memory ran out; close other programs, or use fewer workers")
    if isinstance(error, OSError):
        gaps = {"file": one_line(str(error.filename)), "reason": _(reason_of(error))}
        template = (
            _("the system refuses {file}: {reason}") if error.filename else _("the system refuses: {reason}")
        )
        return template.format(**gaps)
    template = _("this should not happen ({kind}: {error}); TOCSIN_DEBUG=1 shows where")
    return template.format(kind=type(error).__name__, error=one_line(str(error)))
