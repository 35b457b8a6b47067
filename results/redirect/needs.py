"""Needs: what patients are redirected for, and what a site must declare to be sent them.

A region says which sites take emergencies of adults and of children, and how many beds of resuscitation and of
intensive care each has; no file that we read says who has a stroke unit, a catheter room, a level of trauma or of
neonatal care, or dialysis. What stands for these is the nearest thing that is declared, and the booklet says so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from results.presentation.language import later
from simulation.inputs.streams import Stream
from topologies.region import Establishment


class Need(StrEnum):
    """What a patient needs first, in the order in which minutes count."""

    STROKE = "stroke"
    INFARCTION = "infarction"
    TRAUMA = "trauma"
    BIRTH = "birth"
    NEWBORN = "newborn"
    CHILD = "child"
    ADULT = "adult"
    DIALYSIS = "dialysis"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a need asks of the site that patients are sent to."""

    label: str
    stands_for: str
    """How it is told from what sites declare."""
    come_to: Stream
    """The ward whose patients have this need, or some of whom have."""
    wards: tuple[Stream, ...]
    """What a destination has; patients take the room of the last."""
    beds: Callable[[Establishment], int | None] | None = None
    """Beds of which it declares some."""

    @property
    def room(self) -> Stream:
        """The ward whose room patients take."""
        return self.wards[-1]

    def is_met_by(self, site: Establishment) -> bool:
        """The site declares the beds."""
        return self.beds is None or bool(self.beds(site))


def _intensive(site: Establishment) -> int | None:
    return site.beds_intensive


def _resuscitation(site: Establishment) -> int | None:
    return site.beds_icu


CRITICAL: Final = (Stream.EMERGENCY_ADULT, Stream.CRITICAL_CARE)
NEEDS: Final[Mapping[Need, Asked]] = {
    Need.STROKE: Asked(
        label=later("Stroke"),
        stands_for=later("adult emergencies and beds of intensive care, in place of a stroke unit"),
        come_to=Stream.EMERGENCY_ADULT,
        wards=CRITICAL,
        beds=_intensive,
    ),
    Need.INFARCTION: Asked(
        label=later("Infarction (STEMI)"),
        stands_for=later("adult emergencies and beds of intensive care, in place of a catheter room"),
        come_to=Stream.EMERGENCY_ADULT,
        wards=CRITICAL,
        beds=_intensive,
    ),
    Need.TRAUMA: Asked(
        label=later("Severe trauma"),
        stands_for=later("adult emergencies and beds of resuscitation, in place of a level of trauma centre"),
        come_to=Stream.EMERGENCY_ADULT,
        wards=CRITICAL,
        beds=_resuscitation,
    ),
    Need.BIRTH: Asked(
        label=later("Births"),
        stands_for=later("a maternity, which the model gives to large hospitals"),
        come_to=Stream.MATERNITY,
        wards=(Stream.MATERNITY,),
    ),
    Need.NEWBORN: Asked(
        label=later("Newborns to care for"),
        stands_for=later(
            "a maternity and emergencies of children, in place of a level of neonatal care; how many there are is in "
            "no source of ours, so that nobody is counted"
        ),
        come_to=Stream.MATERNITY,
        wards=(Stream.EMERGENCY_PAEDIATRIC, Stream.MATERNITY),
    ),
    Need.CHILD: Asked(
        label=later("Children’s emergencies"),
        stands_for=later("emergencies of children"),
        come_to=Stream.EMERGENCY_PAEDIATRIC,
        wards=(Stream.EMERGENCY_PAEDIATRIC,),
    ),
    Need.ADULT: Asked(
        label=later("Other adult emergencies"),
        stands_for=later("adult emergencies"),
        come_to=Stream.EMERGENCY_ADULT,
        wards=(Stream.EMERGENCY_ADULT,),
    ),
    Need.DIALYSIS: Asked(
        label=later("Dialysis"),
        stands_for=later("dialysis, which the model gives to the largest hospitals"),
        come_to=Stream.DIALYSIS,
        wards=(Stream.DIALYSIS,),
    ),
}
