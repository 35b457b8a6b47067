"""A pool of worker processes that survives the loss of any worker.

A worker that dies or stops responding is replaced, and its job is run again, with the same result: jobs are
independent. A job that costs five workers fails, with an explanation.

Each worker is supervised by a thread, which starts it, sends it one job at a time, and waits for the result.
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

from flows.workers import machine
from flows.workers.executor import Halted, say_nothing
from flows.workers.sharing import fair_share
from flows.workers.worker_process import WorkerLost, WorkerProcess
from results.presentation.language import _, in_words
from topologies.errors import Message, RunFailed

T = TypeVar("T")

ATTEMPTS = 5
"""Workers that a job may cost before it fails."""
STUCK_S, STUCK_TIMES = 600.0, 20
"""A job that takes longer than this, and so many times longer than any before it, is taken for stuck."""
TURN_S = 0.5
"""Seconds after which a worker asks again whether it is its turn."""
BLOCKED_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
"""Signals for the program, which stops its workers itself."""


MAX_WORKERS_PER_CORE = 4
"""More workers than this only compete for time and memory."""
WORKER_BYTES = 400 * 2**20
"""Memory that a worker may need in the largest region."""


def worker_count(asked: int | None) -> int:
    """The number of workers that was asked for, within what this machine bears; else as many as suit it."""
    cores = machine.cores()
    fit = max(1, min(cores, machine.memory() // WORKER_BYTES))
    return min(asked or fit, MAX_WORKERS_PER_CORE * cores)


@dataclass(frozen=True, slots=True)
class Job:
    """A pickled call, and the future of its result."""

    written: bytes
    done: "Future[object]" = field(default_factory=Future)


class Pool:
    """Worker processes, each initialized before its first job."""

    def __init__(
        self,
        workers: int,
        initializer: Callable[[], object] | None = None,
        report: Callable[[str], None] = say_nothing,
    ) -> None:
        """Jobs may be submitted; `report` receives a sentence for each worker that is replaced."""
        self._initializer = pickle.dumps((initializer, ())) if initializer else None
        self._report = report
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._longest_s = 0.0
        self._lock = threading.Lock()
        self._closed_by: Exception | None = None
        """Why no further job is run, if so."""
        self._workers: set[WorkerProcess] = set()
        self._supervisors = [
            threading.Thread(target=self._supervise, daemon=True) for _worker in range(workers)
        ]
        self._present = workers
        self._computing = 0
        """Workers that have a job, or wait for one."""
        self._dismissed = threading.Event()
        """All jobs that there will be were submitted."""

    def submit(self, function: Callable[..., T], *arguments: object) -> "Future[T]":
        """Have the next free worker call the function, which it imports by name."""
        job = Job(pickle.dumps((function, arguments)))
        with self._lock:
            if self._closed_by:
                job.done.set_exception(self._closed_by)
            else:
                self._jobs.put(job)
        return cast("Future[T]", job.done)

    def stop(self) -> None:
        """Kill the workers; the futures of unfinished jobs raise `Halted`."""
        with self._lock:
            self._cancel_jobs(Halted())
            for worker in self._workers:
                worker.process.kill()

    def processes(self) -> list[int]:
        """The process numbers of the workers."""
        with self._lock:
            return [worker.process.pid for worker in self._workers]

    def __enter__(self) -> Self:
        """Start the workers."""
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
        """Supervisors end once all jobs submitted so far are done."""
        self._dismissed.set()
        for _supervisor in self._supervisors:
            self._jobs.put(None)

    def _cancel_jobs(self, reason: Exception) -> None:
        """No further job is begun; the caller holds the lock."""
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
            while job := self._next_job():
                worker = self._run(job, worker)
                self._leave_turn()
            self._end(worker)
        except OSError as error:
            self._retire(job, error)
        except (Halted, RunFailed) as over:
            if job:
                job.done.set_exception(over)

    def _next_job(self) -> Job | None:
        """The next job, once it is this worker's turn beside other runs; `None` when there is none any more."""
        while not self._takes_turn():
            self._dismissed.wait(TURN_S)
        return self._jobs.get()

    def _takes_turn(self) -> bool:
        with self._lock:
            if self._computing >= fair_share() and not self._dismissed.is_set():
                return False
            self._computing += 1
            return True

    def _leave_turn(self) -> None:
        with self._lock:
            self._computing -= 1

    def _run(self, job: Job, worker: WorkerProcess) -> WorkerProcess:
        """Run the job to its end, replacing workers that are lost; returns the current worker."""
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
                        _("{problem}; another one repeats its job.").format(problem=in_words(lost.message))
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
        """Start a worker; raises the reason when the pool is closed."""
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
        """No process can be started: the other workers do this work; without any, all jobs fail."""
        with self._lock:
            self._present -= 1
            if job:
                self._computing -= 1
                self._jobs.put(job)
            if not self._present:
                gaps = {"reason": refused.strerror or str(refused)}
                self._cancel_jobs(RunFailed(Message("no worker can be started: {reason}", gaps)))

    def _job_failure(self, lost: WorkerLost) -> RunFailed:
        return RunFailed(
            Message(
                "the same job cost {count} {count:worker|workers} ({problem}); {remedy}",
                {"count": ATTEMPTS, "problem": lost.message, "remedy": self._remedy()},
            )
        )

    def _remedy(self) -> Message:
        """The remedy for lack of memory, the usual reason for losing workers repeatedly."""
        fewer, space = len(self._supervisors) // 2, machine.address_space()
        if space and space < machine.RESERVED_BYTES:
            return Message(
                "each process may reserve {size} MB of memory only: raise that limit (ulimit -v)",
                {"size": space // 2**20},
            )
        if fewer:
            return Message("if memory ran out, try --workers {fewer}", {"fewer": fewer})
        return Message("if memory ran out, close other programs first")
