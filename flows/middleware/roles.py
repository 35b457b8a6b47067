"""Roles: who may launch, and who may only read.

A reader sees all that Prefect shows and every page, and changes nothing: no run is started or cancelled, nothing is
deleted, no automation written. Prefect asks most of its questions by POST; those that only ask are told by the last
word of their path. Blocks, in which operators keep secrets, are closed to readers.
"""

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from starlette.types import Scope


class Role(Enum):
    """What somebody who has given a password may do."""

    PLANNER = "planner"
    READER = "reader"


ASKING: Final = {"GET", "HEAD", "OPTIONS"}
QUESTIONS: Final = {
    *("filter", "count", "paginate", "history", "lateness"),
    *("count-deployments", "next-runs", "count-task-runs", "counts"),  # of the pages
}
"""The last words of paths that are asked by POST and change nothing."""
FORMS: Final = "/api/ui/schemas/validate"
"""Whether a form is filled in as it asks: a reader who sends one learns in words that it starts nothing."""
COUNTED_BY: Final = "/api/events/count-by/"
SECRETS: Final = ("block_documents", "/admin/storage")
HEARD: Final = ("/api/events/out", "/api/logs/out")
"""Web sockets that only tell."""


def may(role: Role, scope: "Scope") -> bool:
    """Whether somebody of this role may ask this."""
    path: str = scope["path"]
    if role is Role.PLANNER:
        return True
    if any(secret in path for secret in SECRETS):
        return False
    if scope["type"] == "websocket":
        return path in HEARD
    return (
        scope["method"] in ASKING
        or path.rpartition("/")[2] in QUESTIONS
        or path == FORMS
        or path.startswith(COUNTED_BY)
    )
