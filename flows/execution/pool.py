"""A pool of worker processes, of which none can take a run with it.

A worker that dies, or falls silent, is replaced, and its job is done again: the same bytes, since a job depends on
nothing but itself. A job that is the end of five workers is given up, with a sentence.

Each worker is attended by a thread, which starts it, hands it jobs one by one, and listens.
"""

import pickle
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import SimpleQueue
from types import TracebackType
from typing import Self, TypeVar, cast

from flows.execution import machine
from flows.execution.worker_process import WorkerLost, WorkerProcess
from results.presentation.language import _, told
from topologies.errors import Message, RunFailed

T = TypeVar("T")

ATTEMPTS = 5
"""Workers that a job may cost."""
STUCK_S, STUCK_TIMES = 600.0, 20
"""A job that lasts longer than this, and so many times longer than any before it, comes to no end."""
BLOCKED_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
"""Signals that are meant for the program, which then stops its workers itself."""


MAX_WORKERS_PER_CORE = 4
"""Workers beyond this only take each other's time and memory."""
WORKER_BYTES = 400 * 2**20
"""Memory that a worker may come to fill in the largest region."""


def worker_count(asked: int | None) -> int:
    """As many workers as were asked for, if this machine can bear them; else as many as work well on it."""
    cores = machine.cores()
    fit = max(1, min(cores, machine.memory() // WORKER_BYTES))
    return min(asked or fit, MAX_WORKERS_PER_CORE * cores)


class Halted(Exception):
    """The pool was told to stop before this job was done."""


def say_nothing(_sentence: str) -> None:
    """Nobody is there to be told."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is to do, and who waits for it."""

    written: bytes
    done: "Future[object]" = field(default_factory=Future)


class Pool:
    """So many workers, each made ready before its first job."""

    def __init__(
        self,
        workers: int,
        initializer: Callable[[], object] | None = None,
        report: Callable[[str], None] = say_nothing,
    ) -> None:
        """Jobs may be submitted; `report` is told, in the language spoken, of each worker that is replaced."""
        self._initializer = pickle.dumps((initializer, ())) if initializer else None
        self._report = report
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._longest_s = 0.0
        self._lock = threading.Lock()
        self._closed_by: Exception | None = None
        """What jobs get that will not be done any more."""
        self._workers: set[WorkerProcess] = set()
        self._supervisors = [
            threading.Thread(target=self._supervise, daemon=True) for _worker in range(workers)
        ]
        self._present = workers

    def submit(self, function: Callable[..., T], *arguments: object) -> "Future[T]":
        """The next worker at leisure calls the function, which it imports by its name."""
        job = Job(pickle.dumps((function, arguments)))
        with self._lock:
            if self._closed_by:
                job.done.set_exception(self._closed_by)
            else:
                self._jobs.put(job)
        return cast("Future[T]", job.done)

    def stop(self) -> None:
        """The workers are gone, whatever they were doing, and those who wait are told."""
        with self._lock:
            self._cancel_jobs(Halted())
            for worker in self._workers:
                worker.process.kill()

    def processes(self) -> list[int]:
        """The numbers of the workers' processes."""
        with self._lock:
            return [worker.process.pid for worker in self._workers]

    def __enter__(self) -> Self:
        """The workers are starting."""
        for supervisor in self._supervisors:
            supervisor.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if error:
            self.stop()
        else:
            self._dismiss()
        for supervisor in self._supervisors:
            supervisor.join()

    def _dismiss(self) -> None:
        """Attendants leave when all that was asked for before is done."""
        for _supervisor in self._supervisors:
            self._jobs.put(None)

    def _cancel_jobs(self, reason: Exception) -> None:
        """No job is begun any more. The lock is held."""
        self._closed_by = self._closed_by or reason
        while not self._jobs.empty():
            if job := self._jobs.get():
                job.done.set_exception(self._closed_by)
        self._dismiss()

    # In the thread of each worker

    def _supervise(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, BLOCKED_SIGNALS)  # the worker inherits it
        job: Job | None = None
        try:
            worker = self._start()
            while job := self._jobs.get():
                worker = self._run(job, worker)
            self._end(worker)
        except OSError as error:
            self._retire(job, error)
        except (Halted, RunFailed) as over:
            if job:
                job.done.set_exception(over)

    def _run(self, job: Job, worker: WorkerProcess) -> WorkerProcess:
        """The job is done, well or not, whatever workers that costs; returns the one that is there now."""
        for attempts_left in range(ATTEMPTS, 0, -1):
            try:
                well, value = worker.result_of(job.written, max(STUCK_S, STUCK_TIMES * self._longest_s))
            except WorkerLost as lost:
                self._end(worker)
                worker = self._start()
                if attempts_left == 1:
                    job.done.set_exception(self._job_failure(lost))
                else:
                    self._report(
                        _("{problem}; another one does its work again.").format(problem=told(lost.message))
                    )
            else:
                self._longest_s = max(self._longest_s, worker.job_s)
                if well:
                    job.done.set_result(value)
                else:
                    job.done.set_exception(cast("Exception", value))
                break
        return worker

    def _start(self) -> WorkerProcess:
        """A worker is starting; the reason why none is when all is over."""
        with self._lock:
            if self._closed_by:
                raise self._closed_by
            worker = WorkerProcess(self._initializer)
            self._workers.add(worker)
            return worker

    def _end(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._workers.discard(worker)
        worker.kill()

    def _retire(self, job: Job | None, refused: OSError) -> None:
        """The machine starts no further process: the others do this work; without others, none is done."""
        with self._lock:
            self._present -= 1
            if job:
                self._jobs.put(job)
            if not self._present:
                gaps = {"reason": refused.strerror or str(refused)}
                self._cancel_jobs(RunFailed(Message("no worker can be started: {reason}", gaps)))

    def _job_failure(self, lost: WorkerLost) -> RunFailed:
        return RunFailed(
            Message(
                "the same work was the end of {count} {count:worker|workers} ({problem}); {remedy}",
                {"count": ATTEMPTS, "problem": lost.message, "remedy": self._remedy()},
            )
        )

    def _remedy(self) -> Message:
        """What helps where memory ran out, which is what ends workers again and again."""
        fewer, space = len(self._supervisors) // 2, machine.address_space()
        if space and space < machine.RESERVED_BYTES:
            return Message(
                "each process may reserve {size} MB of memory only: raise that limit (ulimit -v)",
                {"size": space // 2**20},
            )
        if fewer:
            return Message("if memory ran out, try --workers {fewer}", {"fewer": fewer})
        return Message("if memory ran out, end other programs first")
