"""The password of a server that other machines reach: from a file or the environment, never the command line.

The command line of a program can be read by everybody on the machine, its environment and its files cannot.
"""

import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from topologies.errors import InputError, Message

SERVER_VARIABLE = "PREFECT_SERVER_API_AUTH_STRING"
"""Prefect's own setting for what its server asks for."""
CLIENT_VARIABLE = "PREFECT_API_AUTH_STRING"
"""Prefect's own setting for what its client says."""
LONGEST = 4096
"""Bytes; what is longer is no password, and may have no end."""


class BadPassword(InputError):
    """What should hold a password holds none, or can be read by others."""


def password_of(file: Path | None, environ: Mapping[str, str]) -> str | None:
    """What must be known, as `user:password`: that of the file, else that of the environment, else none."""
    if file is not None:
        return _checked(_text_of(file), str(file))
    said = environ.get(SERVER_VARIABLE)
    return _checked(said, SERVER_VARIABLE) if said else None


def fresh_password() -> str:
    """One that only this program and what it starts know."""
    return f"tocsin:{secrets.token_urlsafe(32)}"


def _text_of(file: Path) -> str:
    """The text of a file that its owner alone can read."""
    try:
        with file.open("rb") as opened:
            status = os.fstat(opened.fileno())
            if stat.S_IMODE(status.st_mode) & (stat.S_IRWXG | stat.S_IRWXO):
                raise BadPassword(Message("others can read {file}; do: chmod 600 {file}", {"file": file}))
            return opened.read(LONGEST).decode().removesuffix("\n")
    except OSError as error:
        gaps = {"file": file, "reason": error.strerror or error}
        raise BadPassword(Message("{file} cannot be read: {reason}; check its path", gaps)) from None
    except UnicodeDecodeError:
        raise _refusal(str(file)) from None


def _checked(said: str, where: str) -> str:
    """One line, `user:password`, neither of them empty; what it says is never told."""
    user, _colon, password = said.partition(":")
    if not (user and password and said.isprintable()):
        raise _refusal(where)
    return said


def _refusal(where: str) -> BadPassword:
    return BadPassword(
        Message("{where} must hold one line, user:password, both of them not empty", {"where": where})
    )
