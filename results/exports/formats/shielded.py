"""Shielded text: a cell of a CSV file that no spreadsheet takes for a formula, or for another number.

A spreadsheet runs what begins with one of a few characters, wherever the text came from: the name of a hospital can
then send data away. As OWASP advises (CSV injection), an apostrophe is put before it. So it is after each character
that might end a cell, since a file meant for semicolons may be opened with commas; before an apostrophe, so that
`bare` gives back every text as it was; and before what would be read as another number or as a day, which begins with
the FINESS numbers of nine departments: 010000024 would become 10000024. Numbers are written without it: a minus sign
is theirs.
"""

import re
from typing import Final

FORMULA: Final = r"=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""What begins a formula, or is taken for what does; the wide ones are read as the others in East Asian versions."""
UNSEEN: Final = r"[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]*"
"""Blanks and marks that a program may drop before it looks at what follows."""
CELL_BEGINS: Final = r"(?:(?<=[,;|\t\r\n])|\A)"

CELL_ENDS: Final = r"(?=[,;|\t\r\n]|\Z)"
CHANGED: Final = (
    rf"(?:0\d+|\d{{16,}}|\d[\d.,]*[eE][+-]?\d+|\d{{1,4}}[-/.]\d{{1,2}}(?:[-/.]\d{{1,4}})?)\s*{CELL_ENDS}"
)
"""A whole cell of which a spreadsheet would keep another number, or a day."""

_AT_RISK: Final = re.compile(rf"{CELL_BEGINS}(?='|{UNSEEN}[{FORMULA}]|{UNSEEN}{CHANGED})")
_SHIELD: Final = re.compile(rf"{CELL_BEGINS}'")


def shielded(text: str) -> str:
    r"""The text with an apostrophe wherever a spreadsheet would begin to compute, or read something else.

    >>> shielded("=1+1"), shielded("CH de l'Est; -3"), shielded("'quoted"), shielded("a-b")
    ("'=1+1", "CH de l'Est;' -3", "''quoted", 'a-b')
    >>> shielded("010000024"), shielded("750100125"), shielded("3/5"), shielded("01 Ain")
    ("'010000024", '750100125', "'3/5", '01 Ain')
    """
    return _AT_RISK.sub("'", text)


def bare(text: str) -> str:
    """What the text was before it was shielded."""
    return _SHIELD.sub("", text)
