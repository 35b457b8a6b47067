"""Access control: who may use Prefect's server, which by itself answers everybody.

Five checks come before any path of the API or of the pages:

1. The password. A server that other machines can reach has one (HTTP Basic), and may have a second one for readers.
2. Without a password, the header Host: it names this machine. Another name is that of a foreign site that has made its
   own name lead to us (DNS rebinding).
3. The header Origin: browsers send it, and it names our own pages (cross-site requests are refused).
4. The role: a reader asks, and changes nothing (`roles.py`).
5. The body, and what a web socket says: text that Prefect's database can hold (`request_body.py`).
"""

import hmac
import socket
from base64 import b64encode
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from flows.middleware import request_body
from flows.middleware.roles import Role, may
from results.presentation.language import _, later
from topologies.errors import InputError, Message

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

CLOSED_PATH = "/api/admin/database"
"""Paths that empty Prefect's database; nothing of ours uses them."""


class Refusal(NamedTuple):
    """How a request is refused."""

    status: HTTPStatus
    reason: str


STRANGER = Refusal(HTTPStatus.UNAUTHORIZED, later("A user name and a password are required."))
ELSEWHERE = Refusal(
    HTTPStatus.MISDIRECTED_REQUEST,
    later(
        "Without a password, this server answers only at the address of this machine itself, such as "
        "127.0.0.1."
    ),
)
CLOSED = Refusal(
    HTTPStatus.FORBIDDEN,
    later("Refused: this is a request from a page of another site, or the path is closed to everybody."),
)
ONLY_READS = Refusal(
    HTTPStatus.FORBIDDEN,
    later(
        "Your login may read, and not change anything: ask the operator of this control room for one that may."
    ),
)
HALF_A_CHARACTER = Refusal(
    HTTPStatus.BAD_REQUEST, later("The text sent contains half of a character (a lone surrogate).")
)


class NoPassword(InputError):
    """A server that other machines can reach has no password."""


def check(listener: socket.socket, password: str | None) -> None:
    """A listener that other machines can reach needs a password."""
    address = ip_address(listener.getsockname()[0])
    if password is None and not address.is_loopback:
        raise NoPassword(
            Message(
                "{address} can be reached from other machines, where anybody could then run campaigns; write "
                "user:password into a file that only you can read and add --auth-file FILE, or set "
                "PREFECT_SERVER_API_AUTH_STRING",
                {"address": address},
            )
        )


@dataclass(frozen=True, slots=True)
class AccessControl:
    """ASGI middleware that refuses requests and web sockets of those without access."""

    app: "ASGIApp"
    password: str | None
    """As `user:password`; `None` where only this machine can connect."""
    reader: str | None = None
    """The same for those who may only read; `None` where there are none."""

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass the request on to the application, or refuse it."""
        refusal = None if scope["type"] == "lifespan" else self._refusal(scope)
        if refusal is None and scope["type"] == "http" and scope["method"] in request_body.METHODS:
            body = await request_body.body_of(receive)
            if body is None:
                return
            receive = request_body.replayed(body, receive)
            if request_body.has_lone_surrogate(body):
                refusal = _refusing(HALF_A_CHARACTER)
        elif scope["type"] == "websocket":
            receive = request_body.until_half_a_character(receive)
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: "Scope") -> "ASGIApp | None":
        from starlette.datastructures import Headers

        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        role = self._role_of(headers.get("authorization", ""))
        if role is None:
            return _refusing(STRANGER)
        if self.password is None and not _is_this_machine(host):
            return _refusing(ELSEWHERE)
        if _is_another_site(origin, host) or scope["path"].startswith(CLOSED_PATH):
            return _refusing(CLOSED)
        return None if may(role, scope) else _refusing(ONLY_READS)

    def _role_of(self, authorization: str) -> Role | None:
        """The role that a password gives; `None` to a stranger."""
        if self.password is None:
            return Role.PLANNER
        if _is_written(self.password, authorization):
            return Role.PLANNER
        return Role.READER if self.reader and _is_written(self.reader, authorization) else None


def _is_written(password: str, authorization: str) -> bool:
    """Whether the header Authorization holds the password, found in the same time wherever they differ."""
    scheme, _space, token = authorization.partition(" ")
    same = hmac.compare_digest(token.strip().encode(), b64encode(password.encode()))
    return same and scheme.lower() == "basic"


def _refusing(refusal: Refusal) -> "ASGIApp":
    """An application that answers with the refusal and its reason."""
    from starlette.responses import PlainTextResponse

    challenge = {"www-authenticate": 'Basic realm="Tocsin", charset="UTF-8"'}
    return PlainTextResponse(_(refusal.reason), refusal.status, challenge if refusal is STRANGER else None)


def _is_this_machine(host: str) -> bool:
    """Whether the name stands for this machine, and so can be no other site's.

    >>> [
    ...     _is_this_machine(host)
    ...     for host in ("localhost:4200", "127.0.0.1", "[::1]:80", "evil.example:4200", "")
    ... ]
    [True, True, True, False, False]
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def _is_another_site(origin: str | None, host: str) -> bool:
    """Whether a browser sends this for a foreign page; pages without a site, such as files, have the origin `null`.

    >>> [
    ...     _is_another_site(origin, "me:42")
    ...     for origin in (None, "http://Me:42", "https://me:43", "null", "http://[")
    ... ]
    [False, False, True, True, True]
    """
    return origin is not None and origin.lower().partition("://")[2] != host.lower()
