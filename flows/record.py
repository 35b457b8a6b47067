"""The record of a run in Prefect: kept by a companion, which is told of each chunk and of the end.

The companion alone imports Prefect. Whatever befalls it, or Prefect's server, befalls neither the run nor who waits for
it: that the record is lost is known at once, and told in one sentence.
"""

import pickle
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from multiprocessing.connection import Connection, Pipe
from queue import SimpleQueue
from typing import Any

from flows import companions
from flows.execution import Execution
from flows.language import _, told
from flows.plan import Order
from flows.recording import Recorded
from flows.server import Server
from topologies.errors import Message, TocsinError

LOOK_EVERY_S = 0.1
FINISH_S = 30.0
"""How long a companion whose server answers may need to note the end."""


class Record:
    """What Prefect knows of one execution."""

    def __init__(self, order: Order, run: Execution, prefect: Server, tell: Callable[[str], None]) -> None:
        """The companion is starting, and is told all that happens; `tell` is told when that is for nothing."""
        self._prefect = prefect
        self._tell = tell
        self._over = threading.Event()
        """Nobody needs to know any more how the companion fares."""
        self._ready = threading.Event()
        self._news: SimpleQueue[bytes] = SimpleQueue()
        self._follow(order, run)
        ours, theirs = Pipe()
        with theirs:
            descriptor = theirs.fileno()
            self._companion = companions.start(
                "flows.recording", [str(descriptor)], prefect.client_settings, [descriptor]
            )
        threading.Thread(target=self._send, args=[ours], daemon=True).start()
        threading.Thread(target=self._watch, daemon=True).start()

    def complete(self) -> None:
        """Prefect has noted the end, or that it does not has been said."""
        waited_s = 0.0
        while not self._over.is_set() and self._companion.process.poll() is None:
            time.sleep(LOOK_EVERY_S)
            waited_s += LOOK_EVERY_S if self._ready.is_set() else 0.0
            if waited_s > FINISH_S:
                self._lose(Message("Prefect's server does not note its end"))
        if self._companion.process.poll():
            self._lose(Message("it was cancelled or removed there, or Prefect refused it"))
        self._over.set()
        self._prefect.stop()

    def break_off(self, within_s: float) -> None:
        """The companion has noted that the run was stopped, unless that took too long; it and the server are gone."""
        latest = time.monotonic() + within_s
        while self._companion.process.poll() is None and time.monotonic() < latest:
            time.sleep(LOOK_EVERY_S)
        self._over.set()
        self._companion.kill()
        self._prefect.kill()

    def _follow(self, order: Order, run: Execution) -> None:
        """All that the companion is to know is queued as soon as it is known."""
        self._put(Recorded(order=order, replications=run.replications, chunks=list(run.chunks)))
        for number, finished in enumerate(run.chunks.values()):
            finished.add_done_callback(partial(self._put_news, number))
        run.summary.add_done_callback(partial(self._put_news, None))

    def _put_news(self, number: int | None, done: "Future[Any]") -> None:
        self._put((number, done.exception() or done.result()))

    def _put(self, content: object) -> None:
        self._news.put(pickle.dumps(content))

    # In threads of their own

    def _send(self, connection: "Connection[bytes, bytes]") -> None:
        """What the companion does not read fills the socket, and then this queue."""
        with connection:
            while not self._over.is_set():
                try:
                    connection.send_bytes(self._news.get())
                except OSError:
                    return  # the companion is gone, which `complete` tells

    def _watch(self) -> None:
        """The server and the companion are there as long as they are needed."""
        try:
            self._prefect.wait_until_ready()
        except TocsinError as error:
            self._lose(error.message)
        self._ready.set()
        while not self._over.wait(LOOK_EVERY_S):
            if self._prefect.has_ended():
                self._lose(Message("Prefect's server has ended"))

    def _lose(self, reason: Message) -> None:
        if not self._over.is_set():
            self._over.set()
            self._companion.kill()
            sentence = _("Prefect keeps no full record of this run: {reason}. Its results are not affected.")
            self._tell(sentence.format(reason=told(reason)))
