"""The password of a server that other machines can reach: from a file or the environment, never the command line.

Everybody on a machine can read the command line of a process, but not its environment and its private files.
"""

import os
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from topologies.errors import InputError, Message

SERVER_VARIABLE = "PREFECT_SERVER_API_AUTH_STRING"
"""Prefect's setting for what its server demands."""
CLIENT_VARIABLE = "PREFECT_API_AUTH_STRING"
"""Prefect's setting for what its client sends."""
READER_VARIABLE = "TOCSIN_READER_AUTH_STRING"
"""Ours for that of those who may only read."""
LONGEST = 4096
"""Bytes; anything longer is no password, and may be endless."""


class BadPassword(InputError):
    """The file or variable holds no password, or others can read it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passwords:
    """Those of a control room, each as `user:password`."""

    planner: str | None = None
    """Of those who may do everything; `None` where only this machine can connect."""
    reader: str | None = None
    """Of those who may only read; `None` where there are none."""


NO_PASSWORDS = Passwords()


def passwords_of(file: Path | None, reader_file: Path | None, environ: Mapping[str, str]) -> Passwords:
    """The password from its file, else from the environment, else none; that of readers from its file."""
    planner = password_of(file, environ)
    if reader_file is None:
        return Passwords(planner=planner)
    if planner is None:
        raise BadPassword(
            Message(
                "readers have a login and planners none; add --auth-file FILE with one that may do everything"
            )
        )
    return Passwords(planner=planner, reader=password_in(reader_file))


def password_of(file: Path | None, environ: Mapping[str, str]) -> str | None:
    """The password as `user:password`: from the file, else from the environment, else none."""
    if file is not None:
        return password_in(file)
    found = environ.get(SERVER_VARIABLE)
    return _checked(found, SERVER_VARIABLE) if found else None


def password_in(file: Path) -> str:
    """The password that a file holds."""
    return _checked(_text_of(file), str(file))


def fresh_password() -> str:
    """A random password, known only to this program and its subprocesses."""
    return f"tocsin:{secrets.token_urlsafe(32)}"


def _text_of(file: Path) -> str:
    """The text of a file that only its owner can read."""
    try:
        with file.open("rb") as opened:
            status = os.fstat(opened.fileno())
            if stat.S_IMODE(status.st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
                raise BadPassword(Message("others can read {file}; run: chmod 600 {file}", {"file": file}))
            return opened.read(LONGEST).decode().removesuffix("\n")
    except OSError as error:
        gaps = {"file": file, "reason": error.strerror or error}
        raise BadPassword(Message("{file} cannot be read: {reason}; check its path", gaps)) from None
    except UnicodeDecodeError:
        raise _refusal(str(file)) from None


def _checked(said: str, where: str) -> str:
    """The password, if it is one line, `user:password`, neither of them empty; no message quotes it."""
    user, _colon, password = said.partition(":")
    if not (user and password and said.isprintable()):
        raise _refusal(where)
    return said


def _refusal(where: str) -> BadPassword:
    return BadPassword(
        Message("{where} must hold one line, user:password, neither of them empty", {"where": where})
    )
