"""Shutdown: the program exits within two seconds of a signal, at any moment, and leaves no process behind.

The signals are SIGINT (Ctrl-C), SIGTERM, and SIGHUP (the terminal is gone) unless `nohup` has it ignored. While nothing
is under way, the program exits at once. Within `graceful`:

1. The signal raises `Stopped` in the main thread, which only waits, and starts a watchdog.
2. The main thread stops the workers, lets Prefect record the end of the run, and says what is kept.
3. The process exits without joining its threads; the watchdog does so if step 2 takes too long.

Subprocesses end with this process, even when it is killed: each watches its parent.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select

TYPE_CHECKING = False  # as in typing, whose import would delay the handling of signals
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Never

GRACE_S = 1.5
ERRORS = 2
SHOW_CURSOR = b"\x1b[?25h"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A signal told the program to stop."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.exit_code = exit_code_of(signum)


def exit_code_of(signum: int) -> int:
    """The exit code of a program that a signal ended, as shells have it."""
    return 128 + signum


def handle_signals() -> None:
    """Exit at once on a signal; an exception raised during an import could be swallowed there."""
    _install(_exit_at_once)


@contextmanager
def graceful() -> Iterator[None]:
    """Raise `Stopped` in the main thread on a signal; exit at once on a second one."""
    _install(_stop)
    try:
        yield
    finally:
        handle_signals()


def exit_now(exit_code: int) -> "Never":
    """End the process now, without joining threads that may be deep in an import or a request.

    Output has been flushed by then (`terminal/screen.py`).
    """
    os._exit(exit_code)


def _exit_mid_display(exit_code: int) -> None:
    """End the process in the midst of something, such as a progress bar, which has hidden the cursor."""
    with suppress(OSError):  # the terminal accepts nothing more
        if os.isatty(ERRORS) and os.environ.get("TERM", "dumb") != "dumb" and select([], [ERRORS], [], 0)[1]:
            os.write(ERRORS, SHOW_CURSOR)
    exit_now(exit_code)


def _install(handler: "Callable[[int, FrameType | None], None]") -> None:
    for signum in SIGNALS:
        if signum != signal.SIGHUP or signal.getsignal(signum) != signal.SIG_IGN:
            signal.signal(signum, handler)


def _exit_at_once(signum: int, _frame: "FrameType | None") -> None:
    _exit_mid_display(exit_code_of(signum))


def _stop(signum: int, _frame: "FrameType | None") -> None:
    handle_signals()
    watchdog = threading.Timer(GRACE_S, _exit_mid_display, [exit_code_of(signum)])
    watchdog.daemon = True
    watchdog.start()
    raise Stopped(signum)
