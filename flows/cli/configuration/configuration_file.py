"""The configuration file: what a person's commands take where neither an option nor the environment says otherwise.

# ~/.config/tocsin/config.toml, or $XDG_CONFIG_HOME/tocsin/config.toml
store = "/srv/tocsin/store"
lang = "fr"
workers = 2
tlp = "GREEN"
"""

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from simulation.engine.caches import own_folders
from topologies.errors import BadInput, Finding, Message

STORE, LANG, WORKERS, TLP = "store", "lang", "workers", "tlp"
MARKS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED")
VARIABLES: Final = {STORE: "TOCSIN_STORE", LANG: "TOCSIN_LANG"}
"""The variables of the environment that say the same, and prevail."""

ALLOWED: Final[dict[str, tuple[Callable[[object], bool], Message]]] = {
    STORE: (
        lambda value: isinstance(value, str) and bool(value),
        Message("write the path of a folder between quotes"),
    ),
    LANG: (
        lambda value: value in {"fr", "en"},
        Message("write {examples} between quotes", {"examples": "fr, en"}),
    ),
    WORKERS: (
        lambda value: type(value) is int and value >= 1,
        Message("write a whole number from 1 on, such as 2"),
    ),
    TLP: (
        lambda value: value in MARKS,
        Message("write {examples} between quotes", {"examples": ", ".join(MARKS)}),
    ),
}
"""What each key may hold, and what to write."""
NAMES: Final = ", ".join(ALLOWED)
EXAMPLE: Final = 'lang = "fr"'
PLACE: Final = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """What the file sets; nothing where there is none."""

    file: Path | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)

    def environment(self) -> dict[str, str]:
        """What of it the environment could have said."""
        return {VARIABLES[key]: str(value) for key, value in self.values.items() if key in VARIABLES}

    def options(self) -> dict[str, str | int]:
        """What of it an option alone could have said."""
        return {key: value for key, value in self.values.items() if key not in VARIABLES}


def place() -> Path | None:
    """Where the file is looked for."""
    home = own_folders.home()
    folder = own_folders.named_by("XDG_CONFIG_HOME") or (home / ".config" if home else None)
    return folder / "tocsin" / "config.toml" if folder else None


def read() -> Configuration:
    """The configuration of who runs this; `BadInput` where the file is not as it should be."""
    file = place()
    try:
        written = file.read_text("utf-8") if file else ""
        values = tomllib.loads(written)
    except (FileNotFoundError, NotADirectoryError):
        return Configuration()
    except OSError as error:
        raise _refused(str(file), Message("cannot be read: {reason}", {"reason": error.strerror})) from error
    except tomllib.TOMLDecodeError as error:
        raise _refused(_place_of(error, f"{file}", written), Message("is not TOML")) from error
    except UnicodeDecodeError as error:
        raise _refused(str(file), Message("is not UTF-8")) from error
    if findings := [
        each for key, value in values.items() for each in _findings(f"{file}", written, key, value)
    ]:
        raise BadInput(Message("the configuration is refused"), findings)
    if STORE in values:
        values[STORE] = os.path.expanduser(values[STORE])  # noqa: PTH111 - it may be an address
    return Configuration(file=file if values else None, values=values)


def _findings(file: str, written: str, key: str, value: object) -> Iterator[Finding]:
    """What is wrong with a key."""
    where = f"{file} {_line_of(key, written)}"
    if key not in ALLOWED:
        problem = Message("{key} is no setting", {"key": key})
        yield Finding(
            where=where, problem=problem, remedy=Message("the settings are {names}", {"names": NAMES})
        )
        return
    is_right, remedy = ALLOWED[key]
    if not is_right(value):
        problem = Message("{key} is {value}", {"key": key, "value": repr(value)})
        yield Finding(where=where, problem=problem, remedy=remedy)


def _line_of(key: str, written: str) -> str:
    """Where a key stands, as findings say it."""
    for line, text in enumerate(written.splitlines(), start=1):
        if found := re.match(rf"""\s*\[*\s*["']?{re.escape(key)}\b""", text):
            return f"line {line} column {len(text[: found.end()]) - len(key) + 1}"
    return "line 1 column 1"


def _place_of(error: tomllib.TOMLDecodeError, file: str, written: str) -> str:
    """Where it stops being TOML."""
    found = PLACE.search(str(error))
    line, column = (found[1], found[2]) if found else (max(1, len(written.splitlines())), 1)
    return f"{file} line {line} column {column}"


def _refused(where: str, problem: Message) -> BadInput:
    remedy = Message("write one setting per line, such as {example}", {"example": EXAMPLE})
    return BadInput(
        Message("the configuration is refused"), [Finding(where=where, problem=problem, remedy=remedy)]
    )
