"""A worker: a process that runs one job after another for a pool, sends heartbeats, and ends with its parent.

    python -m flows.workers.worker FILE_DESCRIPTOR      what the pool starts, on the socket that it inherits

Jobs and answers are pickled. One thread reads the socket: when the parent is gone, however suddenly, the process exits.
Another thread sends heartbeats: a worker that is stopped, or that waits forever for memory, falls silent.
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
"""Whether the job succeeded, and what it returned or raised."""


class ParentConnection:
    """The socket to the parent, shared by several threads."""

    def __init__(self, descriptor: int) -> None:
        self._connection: Connection[bytes, bytes] = Connection(descriptor)
        self._sending = threading.Lock()

    def read(self) -> bytes:
        """The next message; exits when the parent is gone."""
        try:
            return self._connection.recv_bytes()
        except (EOFError, OSError):
            os._exit(1)

    def write(self, content: bytes) -> None:
        """Send a message; exits when the parent is gone."""
        try:
            with self._sending:
                self._connection.send_bytes(content)
        except OSError:
            os._exit(1)


def work(descriptor: int) -> None:
    """Run one job after another, until the parent is gone."""
    parent, jobs = ParentConnection(descriptor), SimpleQueue[bytes]()
    threading.Thread(target=_listen, args=(parent, jobs), daemon=True).start()
    threading.Thread(target=_heartbeat, args=(parent, os.getppid()), daemon=True).start()
    while True:
        parent.write(pickle.dumps(_result_of(jobs.get())))


def _listen(parent: ParentConnection, jobs: "SimpleQueue[bytes]") -> None:
    while True:
        jobs.put(parent.read())


def _heartbeat(parent: ParentConnection, parent_pid: int) -> None:
    """Send heartbeats; exits when the parent is gone, even if a fork of it still holds the socket open."""
    while os.getppid() == parent_pid:
        parent.write(HEARTBEAT)
        time.sleep(HEARTBEAT_S)
    os._exit(1)


def _result_of(written: bytes) -> Answer:
    """Run the job; the answer is its result or its exception."""
    try:
        function, arguments = pickle.loads(written)
        return True, function(*arguments)
    except Exception as error:  # noqa: BLE001 - raised again in the parent, by whoever waits for the job
        error.add_note(traceback.format_exc())
        return False, _picklable(error)


def _picklable(error: Exception) -> Exception:
    """The error, if it can be pickled and unpickled; else its text."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # noqa: BLE001 - whatever its class does wrong, it cannot be pickled
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


if __name__ == "__main__":
    work(int(sys.argv[1]))
