r"""The body of a request: text that Prefect's database can hold.

JSON may name half of a character (a lone surrogate, such as `"\ud800"`). Prefect's server takes it, and answers 500
from then on to whoever asks for a list in which it occurs, such as that of the runs that are due.
"""

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Message, Receive

METHODS = {"POST", "PUT", "PATCH"}
"""Those of requests that have a body."""
ESCAPED = re.compile(rb"\\u[dD][89a-fA-F]")


async def body_of(receive: "Receive") -> bytes | None:
    """The whole body, as the application would read it; nothing when who sends it leaves before its end."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        if not message.get("more_body", False):
            return b"".join(parts)


def heard_again(body: bytes, receive: "Receive") -> "Receive":
    """The body once more, then whatever comes after it."""
    unread = [body]

    async def again() -> "Message":
        return {"type": "http.request", "body": unread.pop()} if unread else await receive()

    return again


def holds_half_a_character(body: bytes) -> bool:
    r"""Whether JSON in any encoding that the server reads would become a text that is none.

    >>> bodies = (
    ...     b'["\\ud83d\\ude00 \\\\ud800"]',
    ...     b'{"\\uD83d": 1}',
    ...     b'["\xed\xa0\x80"]',
    ...     '["é"]'.encode("utf-16"),
    ... )
    >>> [holds_half_a_character(body) for body in (*bodies, '["\\ud800"]'.encode("utf-16-le"))]
    [False, True, True, False, True]
    """
    if _is_plain(body):
        return False
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    except (ValueError, RecursionError):  # no JSON, as the application will answer
        return False
    return False


def _is_plain(body: bytes) -> bool:
    """UTF-8 without escapes that could be halves, as nearly every body is; another encoding would have zeros."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return b"\0" not in body and not ESCAPED.search(body)
