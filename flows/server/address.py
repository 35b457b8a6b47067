"""Addresses of our servers: where they listen, where this machine reaches them, and what they answer."""

import http.client
import socket
from base64 import b64encode
from urllib.parse import urlsplit

from flows.server.external_server import NoServer
from topologies.errors import InputError, Message

LOCAL = "127.0.0.1"
ANSWERS_WITHIN_S = 2


class BadAddress(InputError):
    """Nothing can listen at this address."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens at this address, which this machine can reach."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        host.encode("idna")  # which the socket would refuse with a TypeError, and stay open
        listener = socket.create_server((host, port), family=family, backlog=128)
    except (OSError, UnicodeError) as error:
        reason = error if isinstance(error, OSError) else Message("no host can have such a name")
        gaps = {"host": host, "port": port, "reason": reason}
        raise BadAddress(
            Message("nothing can listen at {host}:{port} ({reason}); choose another", gaps)
        ) from error
    try:
        socket.create_connection(reachable_at(listener), ANSWERS_WITHIN_S).close()
    except OSError as error:
        listener.close()
        gaps = {"address": host, "reason": error}
        raise NoServer(
            Message("this machine cannot reach itself at {address} ({reason}): run: ip link set lo up", gaps)
        ) from error
    return listener


def reachable_at(listener: socket.socket) -> tuple[str, int]:
    """Where this machine reaches the listener; some addresses stand for all that the machine has."""
    address, port = listener.getsockname()[:2]
    return {"0.0.0.0": LOCAL, "::": "::1"}.get(address, address), port


def url_of(host: str, port: int) -> str:
    """The address as browsers write it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def answer_at(url: str, password: str | None, path: str, within_s: float) -> bytes | None:
    """What the server at this address answers; `None` where it fails, refuses, or is gone."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=within_s)
    token = b64encode((password or "").encode()).decode()
    try:
        connection.request("GET", path, headers={"Authorization": f"Basic {token}"})
        answer = connection.getresponse()
        return answer.read() if answer.status == http.client.OK else None
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()
