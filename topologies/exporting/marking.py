"""Marking: with whom an export may be shared, by the Traffic Light Protocol 2.0 of FIRST.

What is built in is public. A region of one's own may hold what an audit found. Under pseudonyms, it can go to those who
do the same work, but not to everybody: who knows a region recognises its hospitals by their places and sizes.
"""

from enum import StrEnum
from pathlib import Path

from topologies.building.folders.finding import REGIONS, folder_of


class Marking(StrEnum):
    """A label of the protocol."""

    CLEAR = "TLP:CLEAR"
    GREEN = "TLP:GREEN"
    AMBER = "TLP:AMBER"


def marking_of(name_or_path: str | Path, *, anonymised: bool) -> Marking:
    """The label of an export of this region."""
    if anonymised:
        return Marking.GREEN
    return Marking.CLEAR if folder_of(name_or_path).parent == REGIONS else Marking.AMBER
