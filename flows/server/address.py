"""Where does a server of ours listen, and where does this machine reach it?"""

import socket

from flows.server.external_server import NoServer
from topologies.errors import InputError, Message

LOCAL = "127.0.0.1"
ANSWERS_WITHIN_S = 2


class BadAddress(InputError):
    """Nothing can listen at this address."""


def listen(host: str, port: int) -> socket.socket:
    """Somebody may connect at this address from now on, and this machine does reach it."""
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
            Message("this machine does not reach itself at {address} ({reason}): do: ip link set lo up", gaps)
        ) from error
    return listener


def reachable_at(listener: socket.socket) -> tuple[str, int]:
    """Where this machine reaches what listens at an address; at some, it listens at all that the machine has."""
    address, port = listener.getsockname()[:2]
    return {"0.0.0.0": LOCAL, "::": "::1"}.get(address, address), port


def url_of(host: str, port: int) -> str:
    """The address as a browser takes it."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
