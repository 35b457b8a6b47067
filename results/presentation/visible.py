"""Visible text: what comes from outside is shown on the screen, and never obeyed by it.

Titles, names, paths and messages may hold codes that colour a terminal, erase it, or turn the order of the letters.
They are written as Python would write them in a string.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

BREAKS: Final = re.compile("[ \t]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029][\\s]*")


def visible(text: str) -> str:
    r"""The text with each code, invisible mark and lone surrogate written out; lines stay lines.

    >>> print(visible("\x1b[31mrouge\x9b0m \u202eesrever\u200b\udcff"))
    \x1b[31mrouge\x9b0m \u202eesrever\u200b\udcff
    """
    return shown(text, escaped=lambda code: code.encode("unicode_escape").decode("ascii"))


def one_line(text: str) -> str:
    r"""The same on a single line: a name or a title cannot pass for two lines of the program's own.

    >>> one_line("Lyon\n  TIENT\n")
    'Lyon TIENT'
    """
    return visible(BREAKS.sub(" ", text.strip("\r\n")))


def shown(text: str, escaped: Callable[[str], str]) -> str:
    """The text, with each character that is none to the eye escaped in this way; lines stay lines."""
    return "\n".join(
        line if line.isprintable() else "".join(c if _is_text(c) else escaped(c) for c in line)
        for line in text.split("\n")
    )


def _is_text(character: str) -> bool:
    """Whether it has a shape or is a space; Python counts only one of the spaces as printable."""
    return character.isprintable() or unicodedata.category(character) == "Zs"
