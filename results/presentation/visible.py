"""Visible text: control codes in what comes from outside are shown, and never reach the terminal.

Titles, names, paths and messages may hold codes that colour or erase a terminal or reverse the order of letters. They
are written as Python writes them in a string.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

BREAKS: Final = re.compile("[ \t]*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029][\\s]*")


def visible(text: str) -> str:
    r"""The text with each code, invisible mark and lone surrogate escaped; line breaks are kept.

    >>> print(visible("\x1b[31mrouge\x9b0m \u202eesrever\u200b\udcff"))
    \x1b[31mrouge\x9b0m \u202eesrever\u200b\udcff
    """
    return shown(text, escaped=lambda code: code.encode("unicode_escape").decode("ascii"))


def one_line(text: str) -> str:
    r"""The same on a single line: a name or title cannot pass for two lines of the program.

    >>> one_line("Lyon\n  TIENT\n")
    'Lyon TIENT'
    """
    return visible(BREAKS.sub(" ", text.strip("\r\n")))


def shown(text: str, escaped: Callable[[str], str]) -> str:
    """The text with each invisible character escaped in this way; line breaks are kept."""
    return "\n".join(
        line if line.isprintable() else "".join(c if _is_text(c) else escaped(c) for c in line)
        for line in text.split("\n")
    )


def _is_text(character: str) -> bool:
    """Whether it is visible or a space; Python counts only one of the spaces as printable."""
    return character.isprintable() or unicodedata.category(character) == "Zs"
