"""Ordinary room: patients per day of each site, and how many more of them it could take on an ordinary day.

Of beds, those that are declared and not taken on an ordinary day, over how long patients stay; closed ones are among
them, as where a plan blanc opens them. Of an emergency department, as many as may come until its busiest hour would
send ambulances elsewhere, and no more than those whose hospitalised find a bed of the site.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from results.redirect.needs import NEEDS, Need
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, NUMBER, Stream, WardKind

if TYPE_CHECKING:
    from simulation.care.capacity.wards import Wards

HOURS_A_DAY: Final = 24.0
UNKNOWN: Final = 0.0
"""Nobody is counted of whom no source says how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrdinaryRoom:
    """What the wards of a region take and could take, on an ordinary day."""

    wards: "Wards"
    parameters: Parameters

    def has(self, finess: str, streams: tuple[Stream, ...]) -> bool:
        """The site has wards of all these streams."""
        of_site = self.wards.of_site.get(finess, {})
        return all(stream in of_site and self.wards.table.places[of_site[stream]] > 0 for stream in streams)

    def patients(self, finess: str, need: Need) -> float | None:
        """Patients per day with a need who come to the site; none where it has no such ward."""
        asked = NEEDS[need]
        if not self.has(finess, (asked.come_to,)):
            return None
        return self._daily(finess, asked.come_to) * self._share(need)

    def room(self, finess: str, stream: Stream) -> float:
        """More patients per day whom its ward of a stream could take."""
        if not self.has(finess, (stream,)):
            return 0.0
        table, ward = self.wards.table, self.wards.of_site[finess][stream]
        if stream.kind is WardKind.SESSIONS:
            return max(0.0, float(table.places[ward] - table.hourly[ward])) * HOURS_A_DAY
        if stream not in EMERGENCY:
            return self._beds_per_day(finess, stream)
        return min(self._boxes_per_day(finess, stream), self._hospitalised_room(finess, stream))

    def _daily(self, finess: str, stream: Stream) -> float:
        return float(self.wards.table.hourly[self.wards.of_site[finess][stream]]) * HOURS_A_DAY

    def _share(self, need: Need) -> float:
        """Of the patients of the ward to which those with this need come."""
        conditions = self.parameters.conditions
        critical = {
            Need.STROKE: conditions.stroke_share.value,
            Need.INFARCTION: conditions.stemi_share.value,
            Need.TRAUMA: conditions.trauma_share.value,
        }
        others = {Need.ADULT: 1.0 - sum(critical.values()), Need.NEWBORN: UNKNOWN}
        return (critical | others).get(need, 1.0)

    def _beds_per_day(self, finess: str, stream: Stream) -> float:
        table, ward = self.wards.table, self.wards.of_site[finess][stream]
        free = float(table.places[ward] - table.present[ward])
        return max(0.0, free) / self.wards.stays[stream].mean_h * HOURS_A_DAY

    def _boxes_per_day(self, finess: str, stream: Stream) -> float:
        """Until those in care and waiting at the busiest hour are as many as the model lets wait."""
        table, ward = self.wards.table, self.wards.of_site[finess][stream]
        daily, share = self._daily(finess, stream), self._hospitalised
        home, admitted = (self.wards.stays[name].mean_h for name in (stream.value, "emergency_admitted"))
        longer = table.longer[ward]
        stay_h = (1.0 - share) * home * longer[0] + share * admitted * longer[1]
        busiest = table.hourly[ward] * table.arrival_profile[NUMBER[stream]].max() * stay_h
        borne = table.places[ward] * (1.0 + table.queue_tolerated[ward])
        return max(0.0, float(borne / busiest) - 1.0) * daily

    def _hospitalised_room(self, finess: str, stream: Stream) -> float:
        """Until the beds of the site are taken, which adults and children share as they come."""
        if not self.has(finess, (Stream.MEDICINE,)):
            return 0.0
        all_daily = sum(self._daily(finess, each) for each in EMERGENCY if self.has(finess, (each,)))
        part = self._daily(finess, stream) / all_daily
        return self._beds_per_day(finess, Stream.MEDICINE) / self._hospitalised * part

    @property
    def _hospitalised(self) -> float:
        return self.parameters.emergency.emergency_hospitalised_share.value
