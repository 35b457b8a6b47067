"""Asked: for whom a page is made."""

from dataclasses import dataclass
from enum import StrEnum

from results.presentation.tlp import Tlp


class NamesShown(StrEnum):
    """Whether establishments are named."""

    REAL = "real"
    ANONYMISED = "anonymised"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How the page is to be."""

    tlp: Tlp
    names: NamesShown
