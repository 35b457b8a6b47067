"""Prefect's server for a run or for the control room: a subprocess of the command, unless the user has one.

Prefect can start a server itself, but only after its import, and Ctrl-C would end that server before it has recorded
that the run was stopped. Ours starts while Prefect is imported. It always uses the same database, where runs are found
again. That of a run starts when its workers compute.

    python -m flows.server.server FILE_DESCRIPTOR [STORE]      the subprocess, on the socket that it inherits
"""

import os
import socket
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from flows.middleware import access
from flows.middleware.password import (
    CLIENT_VARIABLE,
    NO_PASSWORDS,
    READER_VARIABLE,
    SERVER_VARIABLE,
    Passwords,
    fresh_password,
)
from flows.server import database, external_server, isolation, open_rooms, prefect_folder, subprocesses
from flows.server.address import LOCAL, answer_at, listen, reachable_at, url_of
from flows.server.external_server import ExternalServer
from flows.server.failure_causes import known_cause, server_failure
from flows.server.subprocesses import Subprocess
from topologies.errors import Message

START_S = 90
STOP_S = 5
DIES_WITHIN_S = 2


class Server(Protocol):
    """A Prefect server that records a run."""

    @property
    def client_settings(self) -> Mapping[str, str]:
        """Settings with which Prefect's client finds it and logs in."""
        ...

    def start(self) -> None:
        """It starts if it is ours."""
        ...

    def wait_until_ready(self) -> None:
        """It answers."""
        ...

    def has_ended(self) -> bool:
        """Whether it is known to be gone."""
        ...

    def known_problem(self) -> Message | None:
        """The problem that its output shows, if it is a known one."""
        ...

    def stop(self) -> None:
        """It has recorded what it received, and is gone if it is ours."""
        ...

    def kill(self) -> None:
        """It is gone at once if it is ours."""
        ...


@dataclass(slots=True)
class LocalServer:
    """A Prefect server that is a subprocess of the command, once it is started."""

    listener: socket.socket
    """Where it will answer; whoever asks before waits."""
    password: str | None
    """What it demands, as `user:password`."""
    environment: Mapping[str, str]
    """All variables of its process."""
    store: Path | None = None
    """Of whose campaigns it has pages, beside those of Prefect; no pages without."""
    process: Subprocess | None = None
    host: str = field(init=False)
    port: int = field(init=False)

    def __post_init__(self) -> None:
        self.host, self.port = reachable_at(self.listener)

    @property
    def url(self) -> str:
        """Where a browser on this machine finds its pages."""
        return url_of(self.host, self.port)

    @property
    def client_settings(self) -> Mapping[str, str]:
        """Settings with which Prefect's client finds it and logs in."""
        known = {CLIENT_VARIABLE: self.password} if self.password else {}
        return {"PREFECT_API_URL": f"{self.url}/api", **known}

    def start(self) -> None:
        """Start its process."""
        with self.listener:
            descriptor = self.listener.fileno()
            arguments = [str(descriptor), *([str(self.store)] if self.store else [])]
            self.process = subprocesses.start(
                "flows.server.server", arguments, {}, [descriptor], inherited=self.environment
            )

    def wait_until_ready(self) -> None:
        """It answers; the request waits in the socket until it does, and fails at once when the server ends."""
        if answer_at(self.url, self.password, "/api/health", START_S) is None:
            exit_code = self.process.wait(DIES_WITHIN_S) if self.process else None
            self.kill()
            raise server_failure(isolation.prefect_folder(), self._said(), exit_code)

    def has_ended(self) -> bool:
        """Whether its process has ended."""
        return self.process is not None and self.process.popen.poll() is not None

    def known_problem(self) -> Message | None:
        """The cause that its standard error points to."""
        return known_cause(isolation.prefect_folder(), self._said())

    def stop(self) -> None:
        """It has recorded what it received, and is gone."""
        if self.process:
            self.process.stop(STOP_S)
        self.listener.close()

    def kill(self) -> None:
        """It is gone at once."""
        if self.process:
            self.process.kill()
        self.listener.close()

    def _said(self) -> str:
        return self.process.stderr.text() if self.process else ""


def for_run() -> Server:
    """The server that records a run, checked: the one that the user named, else an open control room, else a new one.

    The new one is still to be started.
    """
    if url := isolation.external_server_url():
        isolation.apply_settings()
        if external_server.bypasses_proxies(url):
            isolation.drop_proxies()
        external_server.check(url)
        return ExternalServer({"PREFECT_API_URL": url})
    isolation.forget_external_server()
    isolation.apply_settings()
    if room := open_rooms.found():
        isolation.drop_proxies()
        return room
    return prepared()


def start(
    host: str = LOCAL, port: int = 0, *, store: Path | None = None, passwords: Passwords = NO_PASSWORDS
) -> LocalServer:
    """Start a server at this address, as `prepared` makes it ready; port 0 is any free port."""
    server = prepared(host, port, store=store, passwords=passwords)
    server.start()
    return server


def prepared(
    host: str = LOCAL, port: int = 0, *, store: Path | None = None, passwords: Passwords = NO_PASSWORDS
) -> LocalServer:
    """A server that can be started at this address; whatever would keep it from starting has been looked at.

    With a store it has pages: those of Prefect, and those of the campaigns in the store. One without pages serves this
    command alone, with a password that nobody else knows.
    """
    password = fresh_password() if store is None else passwords.planner
    with ExitStack() as opened:
        listener = opened.enter_context(listen(host, port))
        access.check(listener, password)
        isolation.forget_external_server()
        isolation.apply_settings()
        folder = prefect_folder.prepare()
        database.check(folder)
        prefect_folder.say_if_temporary(folder)
        isolation.drop_proxies()
        url = url_of(*reachable_at(listener))
        environment = {
            "PREFECT_API_URL": f"{url}/api",
            SERVER_VARIABLE: password or "",
            READER_VARIABLE: passwords.reader or "",
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": url,
            "PREFECT_UI_ENABLED": str(store is not None).lower(),
            "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": str(store is not None).lower(),  # a run uses none
            "PREFECT_UI_API_URL": "/api",  # where the pages come from, whatever name the browser has for it
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "ERROR",  # read only when it does not start
        }
        opened.pop_all()
        return LocalServer(listener, password, {**os.environ, **environment}, store)


def _serve(descriptor: int, store: Path | None = None) -> None:
    """In the subprocess: serve Prefect's API, and with a store its pages and ours, behind our access control."""
    # Our access control demands the password for everything; Prefect would demand it a second time.
    password, reader = (os.environ.pop(each, "") or None for each in (SERVER_VARIABLE, READER_VARIABLE))
    isolation.ignore_current_folder()
    os.umask(0o077)  # what runs hold is for this user alone
    with subprocesses.importing():
        import uvicorn
        from prefect.server.api.server import create_app
        from prefect.settings import PREFECT_HOME

        from flows.middleware.crashed_runs import CrashMonitor
        from flows.middleware.pages import Pages

    lock = prefect_folder.startup_lock(PREFECT_HOME.value())
    app = create_app(ephemeral=store is None, final=True)
    served = Pages(app, store) if store else app
    guarded = access.AccessControl(CrashMonitor(served, partial(os.close, lock)), password, reader)
    config = uvicorn.Config(
        guarded,
        log_level="error",
        lifespan="on",
        timeout_graceful_shutdown=1,
        workers=1,  # else WEB_CONCURRENCY is read
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    subprocesses.end_with_parent()
    inherited, *stores = sys.argv[1:]
    _serve(int(inherited), *map(Path, stores))
