"""The record of a run in Prefect, written by a subprocess (`recorder.py`) that receives an update for each chunk.

Workers come first: recorder and server start when the first chunk is in the store. They find chunks done or not, and
may need some seconds more than the verdict.

Only the recorder imports Prefect. Whatever happens to it, or to Prefect's server, affects neither the run nor its
verdict: a lost record is noticed at once, and reported in one sentence.
"""

import os
import pickle
import threading
import time
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from functools import partial
from multiprocessing.connection import Connection, Pipe
from queue import SimpleQueue
from typing import Any

from flows.execution.execution import Execution
from flows.recording.recorder import AnyOrder, RunOutline
from flows.server import subprocesses
from flows.server.server import Server
from flows.server.subprocesses import Subprocess
from flows.workers.executor import Halted
from results.presentation.language import _, in_words
from topologies.errors import Message, TocsinError

POLL_S = 0.1
FINISH_S = 90.0
"""How long Prefect may take to record the end, even where its server is still creating its database."""
SILENT_S = 1.5
"""How long the verdict is there before a sentence says what is waited for."""


class Record:
    """Prefect's record of one execution."""

    def __init__(
        self, order: AnyOrder, run: Execution[Any], prefect: Server, say: Callable[[str], None]
    ) -> None:
        """Queue all updates for the recorder; `say` is called with a sentence if the record is lost."""
        self._prefect = prefect
        self._run = run
        self._say = say
        self._environment = dict(os.environ)
        """That of now, which a program that called us is soon given back."""
        self._over = threading.Event()
        """The record is finished or lost, or there will be none: nothing is started or watched any more."""
        self._lock = threading.Lock()
        self._updates: SimpleQueue[bytes] = SimpleQueue()
        self._follow(order, run)
        self._recorder: Subprocess | None = None
        self._watcher = threading.Thread(target=self._start_and_watch, daemon=True)

    def start(self) -> None:
        """Start server and recorder when workers compute, in a thread: no signal interrupts that one in the midst."""
        self._watcher.start()

    def complete(self) -> None:
        """Wait until Prefect has recorded the end, or until the loss of the record has been reported."""
        began = time.monotonic()
        silent = True
        while not self._over.is_set() and self._exit_code() is None:
            time.sleep(POLL_S)
            waited_s = time.monotonic() - began
            if silent and waited_s > SILENT_S:
                silent = False
                self._say(_("Prefect is still writing its record of the run (Ctrl-C does without it)…"))
            if waited_s > FINISH_S:
                self._lose(
                    self._prefect.known_problem() or Message("Prefect's server does not record its end")
                )
        if self._exit_code():
            self._lose(self._failure_of_recorder())
        if self._over.is_set():
            self._prefect.kill()
        else:
            self._end()
            self._prefect.stop()

    def break_off(self, within_s: float) -> None:
        """Wait until the recorder has recorded that the run was stopped, but not too long; then it is gone."""
        latest = time.monotonic() + within_s
        while self._recorder and not self._over.is_set() and time.monotonic() < latest:
            if self._exit_code() is not None:
                break
            time.sleep(POLL_S)
        with self._lock:
            self._end()

    def _exit_code(self) -> int | None:
        return self._recorder.popen.poll() if self._recorder else None

    def _follow(self, order: AnyOrder, run: Execution[Any]) -> None:
        """Queue an update for the outline of the run, for each chunk and for the summary."""
        self._put(RunOutline(order=order, replications=run.replications, chunks=list(run.chunks)))
        for number, finished in enumerate(run.chunks.values()):
            finished.add_done_callback(partial(self._put_update, number))
        run.summary.add_done_callback(partial(self._put_update, None))

    def _put_update(self, number: int | None, done: "Future[Any]") -> None:
        self._put((number, done.exception() or done.result()))

    def _put(self, content: object) -> None:
        self._updates.put(pickle.dumps(content))

    # In threads of their own

    def _start_and_watch(self) -> None:
        if not self._has_begun():
            return
        ours, theirs = Pipe()
        try:
            with theirs, self._lock:
                if self._over.is_set():
                    return
                self._prefect.start()
                self._recorder = subprocesses.start(
                    "flows.recording.recorder",
                    [str(theirs.fileno())],
                    self._prefect.client_settings,
                    [theirs.fileno()],
                    inherited=self._environment,
                )
        except OSError as error:
            self._lose(Message("no further process can be started ({reason})", {"reason": error}))
        threading.Thread(target=self._send, args=[ours], daemon=True).start()
        self._watch()

    def _has_begun(self) -> bool:
        """There is something to record, now that workers compute: a chunk is finished, or none was to be computed."""
        chunks = self._run.chunks.values()
        finished = wait(chunks, return_when=FIRST_COMPLETED).done
        return not all(isinstance(each.exception(), Halted) for each in finished) if chunks else True

    def _send(self, connection: "Connection[bytes, bytes]") -> None:
        """Send updates; those that the recorder has not read fill the socket, and then this queue."""
        with connection:
            while update := self._updates.get():
                try:
                    connection.send_bytes(update)
                except OSError:
                    return  # the recorder is gone, as `_watch` will notice

    def _watch(self) -> None:
        """Report the record as lost when the server or the recorder ends too early."""
        try:
            self._prefect.wait_until_ready()
        except TocsinError as error:
            self._lose(error.message)
        while not self._over.wait(POLL_S):
            if self._prefect.has_ended():
                self._lose(self._prefect.known_problem() or Message("Prefect's server has ended"))
            elif self._exit_code():
                self._lose(self._failure_of_recorder())

    def _lose(self, reason: Message) -> None:
        with self._lock:
            if self._over.is_set():
                return
            self._end()
        sentence = _("Prefect keeps no full record of this run: {reason}. Its results are not affected.")
        self._say(sentence.format(reason=in_words(reason)))

    def _end(self) -> None:
        """The recorder is gone, and the threads that serve it end."""
        self._over.set()
        self._updates.put(b"")
        if self._recorder:
            self._recorder.kill()

    def _failure_of_recorder(self) -> Message:
        if (self._exit_code() or 0) < 0:
            return Message("the process that writes it was killed")
        return self._prefect.known_problem() or Message("it was deleted there, or Prefect refused it")
