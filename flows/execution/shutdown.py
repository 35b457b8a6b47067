"""How does the program leave when it is told to stop? Within two seconds, at any moment, with no process left behind.

It is told by Ctrl-C, by SIGTERM, and by SIGHUP when its terminal is gone, unless `nohup` has it ignore that. As long as
nothing is under way, it leaves at once. Within `graceful`:

1. The signal raises `Stopped` in the main thread, which does little but wait, and starts a watchdog.
2. The main thread stops the workers, lets Prefect note the end of the run, and says what is kept.
3. The process ends without waiting for its threads; the watchdog ends it if 2 took too long.

What this process started ends with it, even when it is killed: each child watches for the end of its parent.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from select import select

TYPE_CHECKING = False  # as in typing, whose import would come before the signals are heeded
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import Never

GRACE_S = 1.5
ERRORS = 2
SHOW_CURSOR = b"\x1b[?25h"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(BaseException):
    """A person or the machine told the program to stop."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.exit_code = exit_code_of(signum)


def exit_code_of(signum: int) -> int:
    """The exit code of a program that a signal ended, as shells count."""
    return 128 + signum


def handle_signals() -> None:
    """A signal ends the program at once; exceptions raised amid imports may be swallowed there."""
    _install(_exit_at_once)


@contextmanager
def graceful() -> Iterator[None]:
    """Within, a signal raises `Stopped` in the main thread; a second one ends the program at once."""
    _install(_stop)
    try:
        yield
    finally:
        handle_signals()


def exit_now(exit_code: int) -> "Never":
    """The process ends now, without waiting for threads that may be deep in an import or a request.

    All that was said is written by then: what speaks sees to it, and says so where it fails (terminal/screen.py).
    """
    os._exit(exit_code)


def _exit_mid_display(exit_code: int) -> None:
    """The process ends in the midst of something, such as a bar, which has hidden the cursor of the terminal."""
    with suppress(OSError):  # a terminal that takes no more is left as it is
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
