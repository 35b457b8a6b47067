"""How does a worker process begin and end? Bare, deaf to signals, and with its parent."""

import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from multiprocessing.reduction import DupFd
from types import ModuleType
from typing import Protocol, TypeVar, cast

T = TypeVar("T")

ONE_THREAD = dict.fromkeys(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"], "1"
)
"""The pool has a process a core already."""
LITTLE_MEMORY = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_MMAP_THRESHOLD_": str(1 << 18)}
"""Large arrays are given back when dropped; left alone, the pool of Arrow and glibc keep 50 MB of holes."""
SURROUNDINGS = ONE_THREAD | LITTLE_MEMORY


@contextmanager
def bare_children() -> Iterator[None]:
    """Processes started here run no main module again, are deaf to Ctrl-C and SIGTERM, and use little.

    multiprocessing makes children import the module that the parent was started with, which may be Prefect's or the
    command's: it finds an empty one. The mask of signals and the environment are inherited: one thread, little memory.
    """
    resource_tracker.ensure_running()  # started later, it would lift the mask
    main, environ = sys.modules["__main__"], dict(os.environ)
    sys.modules["__main__"] = ModuleType("__main__")
    os.environ.update(SURROUNDINGS)
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        sys.modules["__main__"] = main
        for name in SURROUNDINGS:
            os.environ.pop(name)
        os.environ.update({name: environ[name] for name in SURROUNDINGS if name in environ})


def parcel(content: T) -> T:
    """Something big for the children: as an argument of a process that starts, it arrives as what it is.

    Arguments travel by a pipe that holds 64 KiB: to write more, the parent waits until the child has imported all
    that it needs to read them, and children start one after the other. A parcel travels by a file without a name.
    """
    return cast("T", _Parcel(content))


class _Parcel:
    """The content in a file without a name, open as long as children may start."""

    _descriptor: int | None = None
    """Still none when Ctrl-C came while the content was written."""

    def __init__(self, content: object) -> None:
        with tempfile.TemporaryFile() as file:
            pickle.dump(content, file, pickle.HIGHEST_PROTOCOL)
            file.flush()
            self._descriptor = os.dup(file.fileno())

    def __reduce__(self) -> tuple[Callable[["_Passed"], object], tuple["_Passed"]]:
        passed: _Passed = DupFd(cast("int", self._descriptor))
        return _unpack, (passed,)

    def __del__(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)


class _Passed(Protocol):
    """A file descriptor on its way to a child."""

    def detach(self) -> int: ...


def _unpack(passed: _Passed) -> object:
    """In a child: the content; the other children read the same file, each from its beginning."""
    descriptor = passed.detach()
    try:
        return pickle.loads(os.pread(descriptor, os.fstat(descriptor).st_size, 0))
    finally:
        os.close(descriptor)


def end_with_parent() -> None:
    """In a child: it ends when its parent does, even when that is killed."""
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
