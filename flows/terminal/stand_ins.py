"""Stand-ins for characters that the encoding of the screen lacks, all of them ASCII."""

import codecs
import re
import unicodedata
from collections.abc import Mapping
from typing import Final

HANDLER: Final = "tocsin.stand_ins"
"""The name under which Python finds `written_otherwise`, as it finds `strict` or `replace`."""

STAND_INS: Final[Mapping[str, str]] = {
    "✓": "OK",
    "✗": "x",
    "…": "...",
    "·": "-",
    "•": "-",
    "\u2010": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "→": "->",
    "±": "+/-",
    "×": "x",
    "≤": "<=",
    "≥": ">=",
    "\u2018": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "°": "deg ",
    "€": "EUR",
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "●": "H",
    "▲": "^",
    "█": "#",
    "━": "-",
    "╸": "-",
    "╺": "-",
}
BOX: Final = re.compile("[\u2500-\u257f]")
SPINNER: Final = re.compile("[\u2800-\u28ff]")


def written_otherwise(error: UnicodeError) -> tuple[str, int]:
    """The stand-ins of what could not be encoded, and where to continue.

    A longer stand-in takes the place of filling spaces, so that the next column stays in place.

    >>> "✓   99 %  œdème…".encode("ascii", HANDLER)
    b'OK  99 %  oedeme...'
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    written = "".join(map(stand_in, lacking))
    filling = len(error.object[error.end :]) - len(error.object[error.end :].lstrip(" "))
    return written, error.end + max(0, min(filling - 1, len(written) - len(lacking)))


def stand_in(character: str) -> str:
    """The nearest in ASCII: the letter without its accent, else a question mark.

    >>> [stand_in(each) for each in "éÇ²│⠋дß\u202f\u0301"]
    ['e', 'C', '2', '+', '.', '?', 'ss', ' ', '']
    """
    if character in STAND_INS:
        return STAND_INS[character]
    if BOX.match(character):
        return "+"
    if SPINNER.match(character):
        return "."
    if unicodedata.combining(character):
        return ""
    near = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return near or "?"


codecs.register_error(HANDLER, written_otherwise)
