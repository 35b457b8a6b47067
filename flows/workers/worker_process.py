"""A worker process as its pool sees it: it receives jobs, sends heartbeats, and is killed when they stop.

It needs neither the main module of its parent nor a semaphore, inherits the blocked signals of the thread that starts
it, and uses one thread and little memory.
"""

import os
import pickle
import subprocess
import sys
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection, Pipe
from typing import cast

from flows.packages import found_by_subprocesses
from flows.workers.worker import Answer
from results.presentation.language import later
from topologies.errors import Message

SILENT_S = 20.0
"""Seconds without a heartbeat after which a worker is taken for stopped, or for waiting for memory in vain."""
POLL_S = 0.5

KILLED = later("worker {process} was killed")
STARVED = later("worker {process} ran out of memory")
SILENT = later("worker {process} no longer answers")
STUCK = later("worker {process} is stuck")

ONE_THREAD = dict.fromkeys(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"], "1"
)
"""There is a process per core already."""
LITTLE_MEMORY = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_MMAP_THRESHOLD_": str(1 << 18)}
"""Large arrays are returned to the system when freed; by default, Arrow and glibc keep some 50 MB of them."""


class WorkerLost(Exception):
    """The worker died, fell silent or is stuck."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class WorkerProcess:
    """One worker, started without waiting for it."""

    def __init__(self, initializer: bytes | None) -> None:
        """Start it; `initializer` is a job that prepares it for the others."""
        self.job_s = 0.0
        """Seconds that the last job took."""
        ours, theirs = Pipe()
        self._connection = cast("Connection[bytes, bytes]", ours)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows.workers.worker", str(theirs.fileno())],
                env={**os.environ, **ONE_THREAD, **LITTLE_MEMORY, **found_by_subprocesses()},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=None if os.environ.get("TOCSIN_DEBUG") else subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._initialized: Answer | None = None if initializer else (True, None)
        # In a thread: it is too large for the socket, and a worker that is stopped must not block its supervisor.
        self._sending = threading.Thread(target=self._send, args=[initializer], daemon=True)
        if initializer:
            self._sending.start()

    def result_of(self, job: bytes, timeout_s: float) -> Answer:
        """Run the job; `WorkerLost` when the worker died, fell silent, or took longer than that."""
        self._initialized = self._initialized or self._receive(timeout_s)
        if not self._initialized[0]:
            return self._initialized
        self._send(job)
        return self._receive(timeout_s)

    def kill(self) -> None:
        """Kill it, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        if self._sending.ident:
            self._sending.join()
        self._connection.close()

    def _send(self, job: bytes) -> None:
        with suppress(OSError):  # it is gone, as the receiver will notice
            self._connection.send_bytes(job)

    def _receive(self, timeout_s: float) -> Answer:
        try:
            well, value = cast("Answer", pickle.loads(self._next_message(timeout_s)))
        except (EOFError, OSError) as error:
            raise self._lost(KILLED) from error
        if isinstance(value, MemoryError):
            raise self._lost(STARVED)
        return well, value

    def _next_message(self, timeout_s: float) -> bytes:
        """The next message that is no heartbeat; only polling time counts, since this process may be stopped too."""
        silent_s, self.job_s = 0.0, 0.0
        while self.job_s < timeout_s:
            began = time.monotonic()
            message = self._connection.recv_bytes() if self._connection.poll(POLL_S) else None
            if message:
                return message
            polled_s = min(time.monotonic() - began, POLL_S)
            self.job_s += polled_s
            silent_s = silent_s + polled_s if message is None else 0.0
            if silent_s >= SILENT_S:
                raise self._lost(SILENT)
        raise self._lost(STUCK)

    def _lost(self, template: str) -> WorkerLost:
        return WorkerLost(Message(template, {"process": self.process.pid}))
