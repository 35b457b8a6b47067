"""Where does Prefect keep its runs when nobody runs a server for us? In a server that is the command's companion.

Prefect can start one itself, but only after its import, and Ctrl-C would end it before it notes that the run was
stopped. Ours starts while Prefect is imported. Its database is always the same one: runs are found again.

    python -m flows.server FILE_DESCRIPTOR UI      what the companion runs, on the socket that it inherits
"""

import http.client
import os
import socket
import sys
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from flows import companions, gate, prefect_folder, remote, surroundings
from flows.companions import Companion
from flows.password import CLIENT_VARIABLE, SERVER_VARIABLE, fresh_password
from topologies.errors import InputError, Message, RunFailed

START_S = 90
STOP_S = 5
LOCAL = "127.0.0.1"


class BadAddress(InputError):
    """Nothing can listen at this address."""


class Server(Protocol):
    """A Prefect server that a run is recorded by."""

    @property
    def client_settings(self) -> Mapping[str, str]:
        """How Prefect's client finds it, and what the client says to be let in."""
        ...

    def wait_until_ready(self) -> None:
        """It answers."""
        ...

    def stop(self) -> None:
        """It has noted what it was told, and is gone if it is ours."""
        ...

    def kill(self) -> None:
        """It is gone at once if it is ours."""
        ...


@dataclass(frozen=True, slots=True)
class OwnServer:
    """The server of the user's own: it was there before us, and stays."""

    client_settings: Mapping[str, str]
    proxies: Mapping[str, str]
    """Those that this process forgot, where they are not for this server."""

    def wait_until_ready(self) -> None:
        """It was looked at before anything began."""

    def stop(self) -> None:
        """It stays."""
        os.environ.update(self.proxies)

    def kill(self) -> None:
        """It stays."""
        self.stop()


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A Prefect server beside the command."""

    companion: Companion
    host: str
    port: int
    password: str | None
    """What it asks for, as `user:password`."""
    proxies: Mapping[str, str]
    """Those that this process forgot for as long as it speaks to this server."""

    @property
    def url(self) -> str:
        """Where a browser on this machine finds its pages."""
        return _url(self.host, self.port)

    @property
    def client_settings(self) -> Mapping[str, str]:
        """How Prefect's client finds it, and what the client says to be let in."""
        known = {CLIENT_VARIABLE: self.password} if self.password else {}
        return {"PREFECT_API_URL": f"{self.url}/api", **known}

    def wait_until_ready(self) -> None:
        """It answers; the question waits in the socket until it does."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=START_S)
        token = b64encode((self.password or "").encode()).decode()
        try:
            connection.request("GET", "/api/health", headers={"Authorization": f"Basic {token}"})
            answer: object = connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            answer = error
        finally:
            connection.close()
        if answer != http.client.OK:
            raise RunFailed(Message("Prefect's server did not start: {answer}", {"answer": answer}))

    def stop(self) -> None:
        """It has noted what it was told, and is gone."""
        self.companion.stop(STOP_S)
        os.environ.update(self.proxies)

    def kill(self) -> None:
        """It is gone at once."""
        self.companion.kill()
        os.environ.update(self.proxies)


def for_run() -> Server:
    """The server that the user named, looked at, else one that is starting on this machine."""
    if url := surroundings.own_server():
        surroundings.settle()
        proxies = surroundings.speak_directly() if remote.is_exempt(url) else {}
        remote.look_at(url)
        return OwnServer({"PREFECT_API_URL": url}, proxies)
    return start(pages=False)


def start(host: str = LOCAL, port: int = 0, *, pages: bool, password: str | None = None) -> LocalServer:
    """A server is starting at this address, with its pages or without; port 0 is any that is free.

    One without pages serves this command alone, and has a password that nobody else knows.
    """
    password = password if pages else fresh_password()
    with _listen(host, port) as listener:
        gate.check(listener, password)
        surroundings.forget_own_server()
        surroundings.settle()
        prefect_folder.make_ready()
        address, port = listener.getsockname()[:2]
        host = _reachable(address)
        environment = {
            "PREFECT_API_URL": f"{_url(host, port)}/api",
            SERVER_VARIABLE: password or "",
            "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": _url(host, port),
            "PREFECT_UI_ENABLED": str(pages).lower(),
            "PREFECT_UI_API_URL": "/api",  # where the pages come from, whatever name the browser has for it
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # it complains of locks that it then waits for
        }
        proxies = surroundings.speak_directly()
        descriptor = listener.fileno()
        companion = companions.start("flows.server", [str(descriptor)], environment, [descriptor])
        return LocalServer(companion, host, port, password, proxies)


def join(server: Server) -> None:
    """Prefect's client in this process talks to this server."""
    surroundings.close_current_folder()
    from prefect.context import refresh_global_settings_context

    server.wait_until_ready()
    os.environ.update(server.client_settings)
    refresh_global_settings_context()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=128)
    except OSError as error:
        gaps = {"host": host, "port": port, "reason": error.strerror or error}
        raise BadAddress(
            Message("nothing can listen at {host}:{port} ({reason}); choose another", gaps)
        ) from error


def _reachable(address: str) -> str:
    """Where this machine reaches what listens at an address; at some, it listens at all that the machine has."""
    return {"0.0.0.0": LOCAL, "::": "::1"}.get(address, address)


def _url(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _serve(descriptor: int) -> None:
    """In the companion: serve Prefect's API, and its pages when asked, to those who may ask."""
    # The gate asks for the password, once and for everything; the pages of Prefect would ask a second time.
    password = os.environ.pop(SERVER_VARIABLE, "") or None
    surroundings.close_current_folder()
    import uvicorn
    from prefect.server.api.server import create_app
    from prefect.settings import PREFECT_UI_ENABLED

    app = create_app(ephemeral=not PREFECT_UI_ENABLED.value(), final=True)
    guarded = gate.Gate(app, password)
    config = uvicorn.Config(guarded, log_level="critical", lifespan="on", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    companions.end_with_command()
    _serve(int(sys.argv[1]))
