"""A worker as its pool sees it: a process that is handed jobs, beats while it lives, and is killed when it does not.

It needs neither the main module of its parent nor a semaphore, is deaf to the signals that the thread which starts it
has blocked, and uses one thread and little memory.
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

from flows.cli.packages import found_by_subprocesses
from flows.execution.worker import Answer
from results.presentation.language import later
from topologies.errors import Message

SILENT_S = 20.0
"""Without a beat for so long, a worker is stopped, or waits for memory that does not come."""
POLL_S = 0.5

KILLED = later("worker {process} was killed")
STARVED = later("worker {process} ran out of memory")
SILENT = later("worker {process} no longer answers")
STUCK = later("worker {process} is stuck")

ONE_THREAD = dict.fromkeys(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"], "1"
)
"""There is a process for each core already."""
LITTLE_MEMORY = {"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_MMAP_THRESHOLD_": str(1 << 18)}
"""Large arrays are given back when dropped; left alone, the pool of Arrow and glibc keep 50 MB of holes."""


class WorkerLost(Exception):
    """The worker is of no more use."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


class WorkerProcess:
    """One worker, started and not waited for."""

    def __init__(self, initializer: bytes | None) -> None:
        """It is starting; `initializer` is a job that makes it ready for the others."""
        self.job_s = 0.0
        """How long the last job took."""
        ours, theirs = Pipe()
        self._connection = cast("Connection[bytes, bytes]", ours)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows.execution.worker", str(theirs.fileno())],
                env={**os.environ, **ONE_THREAD, **LITTLE_MEMORY, **found_by_subprocesses()},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=None if os.environ.get("TOCSIN_DEBUG") else subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
            )
        self._initialized: Answer | None = None if initializer else (True, None)
        # Too large for the socket: a worker that is stopped before it reads this must not stop who writes it.
        self._sending = threading.Thread(target=self._send, args=[initializer], daemon=True)
        if initializer:
            self._sending.start()

    def result_of(self, job: bytes, timeout_s: float) -> Answer:
        """What came of the job; `WorkerLost` when the worker ended, fell silent, or took longer than that."""
        self._initialized = self._initialized or self._receive(timeout_s)
        if not self._initialized[0]:
            return self._initialized
        self._send(job)
        return self._receive(timeout_s)

    def kill(self) -> None:
        """It is gone, whatever it was doing."""
        self.process.kill()
        self.process.wait()
        if self._sending.ident:
            self._sending.join()
        self._connection.close()

    def _send(self, job: bytes) -> None:
        with suppress(OSError):  # it is gone, as who listens to it will find
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
        """The next message that is no beat. A look counts no more than its time: this process may be stopped too."""
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
