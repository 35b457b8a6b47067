r"""The body of a request: text that Prefect's database can hold.

JSON can contain half of a character (a lone surrogate, such as `"\ud800"`). Prefect's server stores it, and from then
on answers 500 to requests for a list in which it occurs, such as that of scheduled runs.
"""

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Message, Receive

METHODS = {"POST", "PUT", "PATCH"}
"""The methods of requests with a body."""
INVALID_DATA = 1007
"""The code with which a web socket is closed for what it said (RFC 6455)."""
ESCAPED = re.compile(rb"\\u[dD][89a-fA-F]")


async def body_of(receive: "Receive") -> bytes | None:
    """The whole body; `None` when the client disconnects before its end."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def replayed(body: bytes, receive: "Receive") -> "Receive":
    """A channel that delivers the body once more, then whatever follows it."""
    unread = [body]

    async def again() -> "Message":
        return {"type": "http.request", "body": unread.pop()} if unread else await receive()

    return again


def until_half_a_character(receive: "Receive") -> "Receive":
    """The messages of a web socket, which for the application ends before one with a lone surrogate."""

    async def sound() -> "Message":
        message = await receive()
        said = message.get("bytes") or (message.get("text") or "").encode(errors="surrogatepass")
        return {"type": "websocket.disconnect", "code": INVALID_DATA} if has_lone_surrogate(said) else message

    return sound


def has_lone_surrogate(body: bytes) -> bool:
    r"""Whether the JSON, in any encoding that the server accepts, contains a lone surrogate.

    >>> bodies = (
    ...     b'["\\ud83d\\ude00 \\\\ud800"]',
    ...     b'{"\\uD83d": 1}',
    ...     b'["\xed\xa0\x80"]',
    ...     '["é"]'.encode("utf-16"),
    ... )
    >>> [has_lone_surrogate(body) for body in (*bodies, '["\\ud800"]'.encode("utf-16-le"))]
    [False, True, True, False, True]
    """
    if _is_plain(body):
        return False
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    except (ValueError, RecursionError):  # no JSON: the application will say so
        return False
    return False


def _is_plain(body: bytes) -> bool:
    """Whether the body is UTF-8 without escaped surrogates, as nearly all are; UTF-16 and UTF-32 contain zeros."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in body and not ESCAPED.search(body)
