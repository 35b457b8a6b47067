"""The Python interpreter, set up before a verb runs: no warnings of its own, a clock that can be read."""

import os
import sys
import threading
import time
import warnings
from datetime import datetime
from pathlib import Path


def settle() -> None:
    """Only the verb writes on the screen, unless TOCSIN_DEBUG is set; the clock works, and numba can be imported."""
    if not os.environ.get("TOCSIN_DEBUG"):
        hush()
    os.environ["NUMBA_NUM_THREADS"] = "1"  # numba fails on a wrong number; our code does not use its threads
    try:
        datetime.now().astimezone()
    except (
        ValueError
    ):  # an invalid TZ, on which babel and Prefect would fail; our hours are those of Paris anyway
        os.environ["TZ"] = "UTC"
        time.tzset()


def hush() -> None:
    """Neither this process nor its workers show Python's warnings, which are for programmers."""
    sys.warnoptions.append("ignore")  # workers are started with these; the last one prevails
    os.environ["PYTHONWARNINGS"] = "ignore"
    warnings.simplefilter("ignore")
    threading.excepthook = _failed_aside
    sys.unraisablehook = _failed_aside


def check_folder() -> None:
    """There is a current folder: no program can be started from one that was deleted."""
    from topologies.errors import InputError, Message

    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise InputError(
            Message("the current folder is gone: go to another one (cd) and run the command again")
        ) from error


def _failed_aside(failure: object) -> None:
    """Ignores what fails in another thread or in a destructor: it is not part of what the verb reports."""
