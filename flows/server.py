"""Where does Prefect keep its runs when nobody runs a server for us? In a server that is the command's companion.

Prefect can start one itself, but only after its import, and Ctrl-C would end it before it notes that the run was
stopped. Ours starts while Prefect is imported. Both use the database of this user's Prefect: runs are found again.

    python -m flows.server FILE_DESCRIPTOR UI      what the companion runs, on the socket that it inherits
"""

import http.client
import os
import socket
import sys
from dataclasses import dataclass

from flows import companions
from flows.companions import Companion
from topologies.errors import InputError, Message, RunFailed

START_S = 90
STOP_S = 5
LOCAL = "127.0.0.1"


class BadAddress(InputError):
    """Nothing can listen at this address."""


@dataclass(frozen=True, slots=True)
class Server:
    """A Prefect server beside the command."""

    companion: Companion
    host: str
    port: int

    @property
    def url(self) -> str:
        """Where a browser on this machine finds its pages."""
        return f"http://{_reachable(self.host)}:{self.port}"

    @property
    def api_url(self) -> str:
        """Where Prefect's client finds it."""
        return f"{self.url}/api"

    def wait_until_ready(self) -> None:
        """It answers; the question waits in the socket until it does."""
        connection = http.client.HTTPConnection(_reachable(self.host), self.port, timeout=START_S)
        try:
            connection.request("GET", "/api/health")
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


def start(host: str = LOCAL, port: int = 0, *, pages: bool) -> Server:
    """A server is starting at this address, with its pages or without; port 0 is any that is free."""
    with _listen(host, port) as listener:
        server = f"http://{_reachable(host)}:{listener.getsockname()[1]}"
        environment = {
            "PREFECT_API_URL": f"{server}/api",
            "PREFECT_UI_ENABLED": str(pages).lower(),
            "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
            "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # it complains of locks that it then waits for
        }
        descriptor = listener.fileno()
        companion = companions.start("flows.server", [str(descriptor)], environment, [descriptor])
        return Server(companion, host, listener.getsockname()[1])


def join(server: Server) -> None:
    """Prefect's client in this process talks to this server, unless its user set another in Prefect's own settings."""
    from prefect.context import refresh_global_settings_context
    from prefect.settings import PREFECT_API_URL

    if PREFECT_API_URL.value():
        server.companion.kill()
        return
    server.wait_until_ready()
    os.environ["PREFECT_API_URL"] = server.api_url
    refresh_global_settings_context()


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=128)
    except OSError as error:
        gaps = {"host": host, "port": port, "reason": error.strerror or error}
        raise BadAddress(
            Message("nothing can listen at {host}:{port} ({reason}); choose another", gaps)
        ) from error


def _reachable(host: str) -> str:
    return LOCAL if host in {"", "0.0.0.0"} else host


def _serve(descriptor: int) -> None:
    """In the companion: serve Prefect's API, and its pages when asked."""
    import uvicorn
    from prefect.server.api.server import create_app
    from prefect.settings import PREFECT_UI_ENABLED

    app = create_app(ephemeral=not PREFECT_UI_ENABLED.value(), final=True)
    config = uvicorn.Config(app, log_level="critical", lifespan="on", timeout_graceful_shutdown=1)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    companions.end_with_command()
    _serve(int(sys.argv[1]))
