"""The interpreter: what Python would say or die of by itself, settled before a verb runs."""

import os
import sys
import threading
import time
import warnings
from datetime import datetime
from pathlib import Path


def settle() -> None:
    """Only the verb speaks, except to who looks for an error; the clock can be read, and numba be imported."""
    if not os.environ.get("TOCSIN_DEBUG"):
        hush()
    os.environ["NUMBA_NUM_THREADS"] = "1"  # numba dies of a wrong number; no code of ours shares its threads
    try:
        datetime.now().astimezone()
    except (
        ValueError
    ):  # the TZ of this machine; babel and Prefect would die of it, and we tell the time of Paris
        os.environ["TZ"] = "UTC"
        time.tzset()


def hush() -> None:
    """Python's warnings speak to whoever writes a program: whoever runs this one, or its workers, sees none."""
    sys.warnoptions.append("ignore")  # the workers are started with these; the last one holds
    os.environ["PYTHONWARNINGS"] = "ignore"
    warnings.simplefilter("ignore")
    threading.excepthook = _failed_aside
    sys.unraisablehook = _failed_aside


def check_folder() -> None:
    """There is a current folder: no program can be started from one that was removed."""
    from topologies.errors import InputError, Message

    try:
        Path.cwd()
    except FileNotFoundError as error:
        raise InputError(
            Message("the current folder is gone: go to another one (cd) and run the command again")
        ) from error


def _failed_aside(failure: object) -> None:
    """What fails in another thread, or while something is thrown away, is no part of what the verb tells."""
