"""Access control: who may use Prefect's server, which by itself answers everybody.

Four checks come before any path of the API or of the pages:

1. The password. A server that other machines can reach has one (HTTP Basic).
2. Without a password, the header Host: it names this machine. Another name is that of a foreign site that has made its
   own name lead to us (DNS rebinding).
3. The header Origin: browsers send it, and it names our own pages (cross-site requests are refused).
4. The body, and what a web socket says: text that Prefect's database can hold (`request_body.py`).
"""

import hmac
import socket
from base64 import b64encode
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flows.middleware import request_body
from results.presentation.language import _, later
from topologies.errors import InputError, Message

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

CLOSED_PATH = "/api/admin/database"
"""Paths that empty Prefect's database; nothing of ours uses them."""

REASONS = {
    HTTPStatus.UNAUTHORIZED: later("A user name and a password are required."),
    HTTPStatus.MISDIRECTED_REQUEST: later(
        "Without a password, this server answers only at the address of this machine itself, such as "
        "127.0.0.1."
    ),
    HTTPStatus.FORBIDDEN: later(
        "Refused: this is a request from a page of another site, or the path is closed to everybody."
    ),
    HTTPStatus.BAD_REQUEST: later("The text sent contains half of a character (a lone surrogate)."),
}


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

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Pass the request on to the application, or refuse it."""
        refusal = None if scope["type"] == "lifespan" else self._refusal(scope)
        if refusal is None and scope["type"] == "http" and scope["method"] in request_body.METHODS:
            body = await request_body.body_of(receive)
            if body is None:
                return
            receive = request_body.replayed(body, receive)
            if request_body.has_lone_surrogate(body):
                refusal = _refusing(HTTPStatus.BAD_REQUEST)
        elif scope["type"] == "websocket":
            receive = request_body.until_half_a_character(receive)
        await (refusal or self.app)(scope, receive, send)

    def _refusal(self, scope: "Scope") -> "ASGIApp | None":
        from starlette.datastructures import Headers

        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self._is_known(headers.get("authorization", "")):
            status = HTTPStatus.UNAUTHORIZED
        elif self.password is None and not _is_this_machine(host):
            status = HTTPStatus.MISDIRECTED_REQUEST
        elif _is_another_site(origin, host) or scope["path"].startswith(CLOSED_PATH):
            status = HTTPStatus.FORBIDDEN
        else:
            return None
        return _refusing(status)

    def _is_known(self, authorization: str) -> bool:
        if self.password is None:
            return True
        scheme, _space, token = authorization.partition(" ")
        known = hmac.compare_digest(token.strip().encode(), b64encode(self.password.encode()))
        return known and scheme.lower() == "basic"


def _refusing(status: HTTPStatus) -> "ASGIApp":
    """An application that answers with this status and its reason."""
    from starlette.responses import PlainTextResponse

    challenge = {"www-authenticate": 'Basic realm="Tocsin", charset="UTF-8"'}
    asks = status is HTTPStatus.UNAUTHORIZED
    return PlainTextResponse(_(REASONS[status]), status, challenge if asks else None)


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
