"""Asked: for whom a page is made."""

from dataclasses import dataclass
from enum import StrEnum


class Tlp(StrEnum):
    """With whom it may be shared: the Traffic Light Protocol 2.0 of FIRST."""

    CLEAR = "CLEAR"
    GREEN = "GREEN"
    AMBER = "AMBER"
    AMBER_STRICT = "AMBER+STRICT"
    RED = "RED"


class NamesShown(StrEnum):
    """Whether establishments are named."""

    REAL = "real"
    ANONYMISED = "anonymised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How the page is to be."""

    tlp: Tlp
    names: NamesShown
