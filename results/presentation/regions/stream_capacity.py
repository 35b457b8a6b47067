"""Capacity of a region by stream of care, in the words of a planner."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from results.presentation.language import _, later
from results.presentation.numbers import number
from simulation.inputs.streams import SESSIONS, Stream, WardKind
from topologies import Region

if TYPE_CHECKING:
    from simulation.care.capacity.wards import Wards

HOURS_A_DAY: Final = 24

BOXES, BEDS, THEATRES, A_DAY, CALLS = "boxes", "beds", "theatres", "patients a day", "calls a day"
COUNTED: Final[Mapping[str, str]] = {
    BOXES: later("{count} {count:box|boxes}"),
    BEDS: later("{count} {count:bed|beds}"),
    THEATRES: later("{count} {count:theatre|theatres}"),
    A_DAY: later("{count} {count:patient|patients} per day"),
    CALLS: later("{count} {count:call|calls} per day"),
}
PLACES: Final[Mapping[WardKind, str]] = {
    WardKind.EMERGENCY: BOXES,
    WardKind.CRITICAL_CARE: BEDS,
    WardKind.BEDS: BEDS,
    WardKind.THEATRES: THEATRES,
    WardKind.SESSIONS: A_DAY,
    WardKind.CALLS: CALLS,
}
"""What a place is; sessions have none, and are counted by how many can be held in a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """The capacity of a region's sites for one stream on an ordinary day."""

    sites: int
    places: int
    counted_in: str

    def written(self) -> str:
        """In words, such as 2,727 boxes."""
        return _(COUNTED[self.counted_in]).format(count=number(self.places))


def ordinary_wards(region: Region) -> "Wards | None":
    """The wards that the model gives a region; none where it has neither emergencies nor acute beds."""
    import simulation
    from simulation.care.capacity.wards import wards_of

    if not any(site.has_emergency or site.beds_mco for site in region.establishments.values()):
        return None
    return wards_of(region, simulation.load_scenario("ordinary-month"), simulation.load_parameters())


def capacities_of(wards: "Wards") -> dict[Stream, Capacity]:
    """The capacity of a region on an ordinary day, by stream; those without any are left out."""
    found = {}
    for stream in Stream:
        places = wards.table.places[wards.of(stream)]
        total = float(places.sum()) * (HOURS_A_DAY if stream in SESSIONS else 1)
        if total:
            found[stream] = Capacity(
                sites=int((places > 0).sum()), places=round(total), counted_in=PLACES[stream.kind]
            )
    return found
