"""A worker: a process that does one job after another for a pool, shows that it is alive, and ends with its parent.

    python -m flows.execution.worker FILE_DESCRIPTOR      what the pool starts, on the socket that it inherits

Jobs and answers are pickled. A thread of its own reads the socket: the end of the parent, however sudden, is the end of
what it can read. Another one beats: a worker that is stopped, or that waits for ever for memory, falls silent.
"""

import os
import pickle
import sys
import threading
import time
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from queue import SimpleQueue

HEARTBEAT_S = 1.0
HEARTBEAT = b""

Job = tuple[Callable[..., object], tuple[object, ...]]
Answer = tuple[bool, object]
"""Whether the job was done, and what it returned, or what it raised."""


class ParentConnection:
    """The socket to the parent, for several threads."""

    def __init__(self, descriptor: int) -> None:
        self._connection: Connection[bytes, bytes] = Connection(descriptor)
        self._sending = threading.Lock()

    def read(self) -> bytes:
        """The next job; without a parent, this process ends."""
        try:
            return self._connection.recv_bytes()
        except (EOFError, OSError):
            os._exit(1)

    def write(self, content: bytes) -> None:
        """The parent can read this; without a parent, this process ends."""
        try:
            with self._sending:
                self._connection.send_bytes(content)
        except OSError:
            os._exit(1)


def work(descriptor: int) -> None:
    """One job after the other, until the parent is gone."""
    parent, jobs = ParentConnection(descriptor), SimpleQueue[bytes]()
    threading.Thread(target=_listen, args=(parent, jobs), daemon=True).start()
    threading.Thread(target=_heartbeat, args=(parent, os.getppid()), daemon=True).start()
    while True:
        parent.write(pickle.dumps(_result_of(jobs.get())))


def _listen(parent: ParentConnection, jobs: "SimpleQueue[bytes]") -> None:
    while True:
        jobs.put(parent.read())


def _heartbeat(parent: ParentConnection, parent_pid: int) -> None:
    """Also ends this process when a fork of its parent still holds the socket open, but the parent is gone."""
    while os.getppid() == parent_pid:
        parent.write(HEARTBEAT)
        time.sleep(HEARTBEAT_S)
    os._exit(1)


def _result_of(written: bytes) -> Answer:
    """The job is done, or what it raised is told."""
    try:
        function, arguments = pickle.loads(written)
        return True, function(*arguments)
    except Exception as error:  # noqa: BLE001 - raised again in the parent, by whoever waits for the job
        error.add_note(traceback.format_exc())
        return False, _picklable(error)


def _picklable(error: Exception) -> Exception:
    """The error, if it survives the journey; else what it says."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - whatever its class does wrong, it cannot travel
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


if __name__ == "__main__":
    work(int(sys.argv[1]))
