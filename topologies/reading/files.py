"""Files from outside: their text, and the error that refuses one."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence
from pathlib import Path

from topologies.errors import BadInput, Finding, Message
from topologies.fields.shown import shortened

LARGEST_FILE = 50_000_000
"""Bytes: some 500,000 links."""
MOST_FINDINGS = 100
"""Findings reported per file."""


def refusal(path: Path, findings: Sequence[Finding]) -> BadInput:
    """The error with all findings of a document, up to as many as a person reads."""
    shown = list(findings[:MOST_FINDINGS])
    if len(findings) > MOST_FINDINGS:
        shown.append(
            Finding(
                where=path.name,
                problem=Message("has more errors"),
                remedy=Message("start with those above"),
            )
        )
    return BadInput(Message("{name} cannot be used as it is", {"name": str(path)}), shown)


def text_of(path: Path) -> str:
    """The text of a file, without the byte order mark that spreadsheets add."""
    try:
        if not path.is_file() and path.exists() and not path.is_dir():
            finding = Finding(
                where=path.name,
                problem=Message("is not an ordinary file"),
                remedy=Message("copy its content into a file"),
            )
            raise refusal(path, [finding])
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        finding = Finding(
            where=path.name,
            problem=Message("is missing"),
            remedy=Message("create it, or check the path {path}", {"path": path}),
        )
    except IsADirectoryError:
        finding = Finding(
            where=path.name, problem=Message("is a folder, not a file"), remedy=Message("name a file in it")
        )
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL
        reason = error.strerror if isinstance(error, OSError) else error
        finding = Finding(
            where=shortened(path.name),
            problem=Message("cannot be read: {reason}", {"reason": reason}),
            remedy=Message("check its permissions"),
        )
    else:
        if len(content) <= LARGEST_FILE:
            return _decoded(path, content)
        finding = Finding(
            where=path.name,
            problem=Message("holds more than {most} MB", {"most": LARGEST_FILE // 1_000_000}),
            remedy=Message("check that it is the right file, or keep to what the region needs"),
        )
    raise refusal(path, [finding])


def _decoded(path: Path, content: bytes) -> str:
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise refusal(
            path,
            [
                Finding(
                    where=path.name,
                    problem=Message("is written in UTF-16, not in UTF-8"),
                    remedy=Message("save it again as UTF-8"),
                )
            ],
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "ignore")) + 1
        where = f"{path.name} line {line}, column {column}"
        raise refusal(
            path,
            [
                Finding(
                    where=where,
                    problem=Message("is not written in UTF-8"),
                    remedy=Message("save it again as UTF-8"),
                )
            ],
        ) from None
