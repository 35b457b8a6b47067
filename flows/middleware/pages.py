"""Pages: the page of each campaign that a control room has run, at an address of its own behind access control.

    /tocsin/pages/<folder of the store>/<campaign>.html

A page lies in the folder `pages` of its store, where people other than us may write. Its browser is told to treat it as
no site at all: whatever stands in it can ask nothing of Prefect in the name of its reader.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

from results.presentation.language import _

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

ADDRESS: Final = "/tocsin/pages/"
FOLDER: Final = "pages"
"""Of a store."""
PAGE: Final = re.compile(r"(?P<store>(?:[^/]+/)*)(?P<name>[cv][0-9a-f]{15}\.html)")
HEADERS: Final = {
    "content-security-policy": (
        "sandbox allow-scripts; default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        "script-src 'unsafe-inline' 'unsafe-eval'"
    ),
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",  # a campaign that is extended has another page at the same address
}


def address_of(store: Path, name: str) -> str:
    """Where the page of a campaign is read, by the folder of its store below the shared one."""
    return f"{ADDRESS}{(store / name).as_posix()}.html"


def file_of(store: Path, name: str) -> Path:
    """Where the page of a campaign lies."""
    return store / FOLDER / f"{name}.html"


@dataclass(frozen=True, slots=True)
class Pages:
    """ASGI middleware that answers for the pages, and passes all other requests on."""

    app: "ASGIApp"
    store: Path
    """The shared one, in which all others lie."""

    async def __call__(self, scope: "Scope", receive: "Receive", send: "Send") -> None:
        """Answer with the page, or say that there is none."""
        is_page = scope["type"] == "http" and scope["path"].startswith(ADDRESS)
        await (self._answer(scope["path"].removeprefix(ADDRESS)) if is_page else self.app)(
            scope, receive, send
        )

    def _answer(self, asked: str) -> "ASGIApp":
        from starlette.responses import HTMLResponse, PlainTextResponse

        if file := self._file(asked):
            return HTMLResponse(file.read_bytes(), headers=HEADERS)
        return PlainTextResponse(
            _("There is no such page: run the campaign again, which writes it."), HTTPStatus.NOT_FOUND
        )

    def _file(self, asked: str) -> Path | None:
        """The file of a page, links followed, if it lies in the shared store."""
        known = PAGE.fullmatch(asked)
        if known is None:
            return None
        try:
            file = (self.store / known["store"] / FOLDER / known["name"]).resolve(strict=True)
        except (
            OSError,
            RuntimeError,
            ValueError,
        ):  # not there, a circle of links, characters that no path has
            return None
        return file if file.is_file() and file.is_relative_to(self.store.resolve()) else None
