"""TLP: with whom what leaves the program may be shared, by the Traffic Light Protocol 2.0 of FIRST."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from results.presentation.language import _, later


class Tlp(StrEnum):
    """With whom it may be shared."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


SHARED: Final[Mapping[Tlp, str]] = {
    Tlp.CLEAR: later("may be published"),
    Tlp.GREEN: later("for the community of those concerned, not for the public"),
    Tlp.AMBER: later("for those who need to know it, in your organisation and among those whom it serves"),
    Tlp.AMBER_STRICT: later("for those who need to know it, in your organisation alone"),
    Tlp.RED: later("for those who have received it, and nobody else"),
}


def sharing_of(tlp: Tlp) -> str:
    """What a mark means."""
    return _(SHARED[tlp])
