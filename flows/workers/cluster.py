"""A Dask cluster, reached by the address of its scheduler: workers on other machines.

Dask sends jobs, notices lost workers and runs their jobs again. What all jobs need is made once on each worker; its
recipe is kept by the scheduler, so that the loss of every worker loses nothing. When we are gone, however suddenly, the
scheduler drops our jobs and all that they needed.

Only who asks for a cluster imports Dask.
"""

import logging
import os
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast
from urllib.parse import urlsplit

from flows.workers.executor import Halted, say_nothing
from flows.workers.program import program
from results.presentation.language import _
from topologies.errors import Finding, InputError, Message, RunFailed

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as Asked

T = TypeVar("T")

ANSWERS_WITHIN_S, JOINS_WITHIN_S = 10, 30
"""How long a scheduler may take to answer, and the first worker to join it."""
LEAVES_WITHIN_S = 0.5
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
LOST = "scheduler-connection-lost"
"""Dask's own word for why a job was cancelled."""
INSTALL = Message("install there what is installed here, from the same requirements.lock")


class BadCluster(InputError):
    """What is asked for is no cluster, or one that cannot compute our campaigns."""


class NoCluster(RunFailed):
    """A cluster that is needed is not there, or no longer."""


def workers_at(address: str) -> int:
    """How many jobs the cluster runs at once, all of whose workers are the same program as this process."""
    with _connected(address) as client:
        try:
            client.wait_for_workers(1, timeout=JOINS_WITHIN_S)
        except TimeoutError as error:
            raise NoCluster(
                Message(
                    "no worker has joined the Dask scheduler at {address}: start some (dask worker {address})",
                    {"address": address},
                )
            ) from error
        _check_python(client, address)
        said = client.run(program, on_error="return")
        findings = [found for worker, theirs in said.items() for found in _differences(worker, theirs)]
        if findings:
            raise BadCluster(
                Message("workers of {address} are not the same program as here", {"address": address}),
                findings,
            )
        return len(said)


class Cluster:
    """The workers of a Dask cluster, each of which makes what the jobs need before its first one."""

    def __init__(
        self, address: str, initializer: Callable[[], object], report: Callable[[str], None] = say_nothing
    ) -> None:
        """Jobs may be submitted; `report` receives a sentence for each worker that is lost."""
        self._address, self._report = address, report
        self._lock = Lock()
        self._closed_by: Exception | None = None
        self._running: dict[object, tuple[Asked[Any], Future[Any]]] = {}
        """What Dask has promised, and whom that is promised to here, by Dask's name of the job."""
        if address.startswith("tcp:") and urlsplit(address).hostname not in LOOPBACK:
            report(
                _(
                    "The connection to {address} is open to all on its way: use tls:// (docs/scale.md)."
                ).format(address=address)
            )
        self._client = _client(address)
        self._client.subscribe_topic("all", self._hear)
        self._shared = self._client.submit(initializer, pure=False)

    def submit(self, function: Callable[..., T], *arguments: object) -> "Future[T]":
        """Have the next free worker call the function with what it has made and the arguments."""
        promised: Future[T] = Future()
        with self._lock:
            if self._closed_by:
                promised.set_exception(self._closed_by)
                return promised
            asked = self._client.submit(function, self._shared, *arguments, pure=False)
            self._running[asked.key] = asked, promised
        asked.add_done_callback(self._deliver)
        return promised

    def stop(self) -> None:
        """Cancel what is not done; its futures raise `Halted`."""
        self._close(Halted())

    def processes(self) -> list[int]:
        """None of its workers is ours to know by a number."""
        return []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        for _asked, promised in list(self._running.values()) if error is None else ():
            promised.exception()
        self._close(Halted())

    def _close(self, reason: Exception) -> None:
        with self._lock:
            if self._closed_by:
                return
            self._closed_by = reason
            running = [self._running.pop(key) for key in list(self._running)]
        for _asked, promised in running:
            promised.set_exception(reason)
        # All that is asked for is let go with it, whether the scheduler still answers or not.
        with suppress(TimeoutError, OSError):
            self._client.close(timeout=LEAVES_WITHIN_S)

    # In threads of Dask's

    def _deliver(self, asked: "Asked[Any]") -> None:
        try:
            value, error = asked.result(), None
        except Exception as raised:  # noqa: BLE001 - raised again for whoever waits for the job
            value, error = None, self._in_words(raised)
        with self._lock:
            waiting = self._running.pop(asked.key, None)
        if waiting is None:
            return  # it was stopped meanwhile
        _asked, promised = waiting
        if error is None:
            promised.set_result(value)
        else:
            promised.set_exception(error)

    def _in_words(self, error: Exception) -> Exception:
        """What became of a job, where it is Dask that says so."""
        from distributed import KilledWorker

        gaps = {"address": self._address}
        if getattr(error, "reason", None) == LOST:
            return NoCluster(
                Message(
                    "the Dask scheduler at {address} is gone: start it again, and run the same command again, which "
                    "resumes",
                    gaps,
                )
            )
        if isinstance(error, KilledWorker):
            return RunFailed(
                Message(
                    "the same job cost {count} {count:worker|workers} of {address}; if memory ran out, give each more "
                    "(--memory-limit), and run the same command again, which resumes",
                    {**gaps, "count": error.allowed_failures + 1},
                )
            )
        return error

    def _hear(self, event: "tuple[float, Any]") -> None:
        """The scheduler tells of all that happens: of a worker that is lost with a job of ours, so do we."""
        _at, said = event
        if isinstance(said, dict) and said.get("action") == "remove-worker" and not said.get("expected"):
            lost = self._running.keys() & set(said.get("processing-tasks", ()))
            if lost:
                told = _("worker {process} is lost; another one repeats its job.")
                self._report(told.format(process=said["worker"]))


def _check_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        well_formed = parts.scheme in {"tcp", "tls"} and bool(parts.hostname) and bool(parts.port)
    except ValueError:
        well_formed = False
    if not well_formed:
        raise BadCluster(
            Message(
                "{address} is no address of a Dask scheduler, such as tcp://127.0.0.1:8786 or tls://node:8786",
                {"address": address},
            )
        )


@contextmanager
def _connected(address: str) -> "Iterator[Client]":
    client = _client(address)
    try:
        yield client
    finally:
        client.close(timeout=ANSWERS_WITHIN_S)


def _client(address: str) -> "Client":
    """A connection to the scheduler; certificates for `tls://` are those of Dask's own configuration."""
    _check_address(address)
    try:
        from distributed import Client
        from distributed.versions import VersionMismatchWarning
    except ImportError as error:
        raise BadCluster(Message("Dask is not installed: pip install 'tocsin[dask]'")) from error
    # What it writes by itself would come between our lines; what matters of it is told in sentences.
    if not os.environ.get("TOCSIN_DEBUG"):
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        warnings.filterwarnings("ignore", category=VersionMismatchWarning)
    try:
        return Client(address, timeout=ANSWERS_WITHIN_S, set_as_default=False)
    except (OSError, TypeError, ValueError) as error:
        reason = str(error.__cause__ or error).strip() or type(error).__name__
        raise NoCluster(
            Message(
                "no Dask scheduler answers at {address} ({reason}): start it, or compute here, without --dask",
                {"address": address, "reason": reason},
            )
        ) from error


def _check_python(client: "Client", address: str) -> None:
    """The same Python is everywhere: of another one, not even a question can be asked in its own terms."""
    ours = program()["Python"]
    findings = []
    versions = cast("dict[str, Any]", client.get_versions())
    for worker, said in versions["workers"].items():
        theirs = ".".join(str(said["host"]["python"]).split(".")[:2])
        if theirs != ours:
            findings.append(_difference(worker, "Python", theirs, ours))
    if findings:
        raise BadCluster(
            Message("workers of {address} are not the same program as here", {"address": address}),
            findings,
        )


def _differences(worker: str, theirs: object) -> Iterator[Finding]:
    if not isinstance(theirs, dict):
        problem = Message("cannot run Tocsin ({reason})", {"reason": f"{type(theirs).__name__}: {theirs}"})
        yield Finding(where=worker, problem=problem, remedy=INSTALL)
        return
    for part, ours in program().items():
        if theirs.get(part) != ours:
            yield _difference(worker, part, cast("str", theirs.get(part, "")), ours)


def _difference(worker: str, part: str, theirs: str, ours: str) -> Finding:
    gaps = {"part": part, "theirs": theirs or "-", "ours": ours}
    problem = Message("{part} is {theirs} there and {ours} here", gaps)
    return Finding(where=worker, problem=problem, remedy=INSTALL)
