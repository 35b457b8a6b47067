"""Homes: where patients live, the sites that they can be taken to from there, and what befell each commune."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

import numpy as np

from simulation.care.capacity.ward_table import WardTable
from simulation.care.flow.codes import Where
from simulation.care.flow.draws import Purpose
from simulation.care.flow.record import COMMUNE_COUNTS, FAR_MIN, VERY_FAR_MIN
from simulation.care.flow.rules.patient import Patient
from simulation.care.flow.rules.ward import Ward
from simulation.care.homes.home_table import NO_HOME, NO_REACH, Whose
from simulation.inputs.streams import Stream

WAYS = {Where.DIVERTED: "diverted", Where.MOVED_ON: "moved_on", Where.TRANSFERRED: "transferred"}
"""What is counted of a commune when a patient is on the road to another department."""


@dataclass(frozen=True, slots=True)
class Home:
    """One commune from which patients come to one ward."""

    commune: int
    journey_h: float
    """By road to the ward on an ordinary day."""
    reach: tuple[tuple[int, float], ...]
    """The wards that its patients can be taken to, and the journey there from home, nearest first."""


class Homes:
    """The homes of a region, and what is counted of its communes."""

    def __init__(self, table: WardTable) -> None:
        self.table = table
        self.counts = np.zeros(len(table.homes.slowdown_row), COMMUNE_COUNTS)
        """By commune."""

    def of(self, number: int) -> Home | None:
        """The home of this number."""
        if number == NO_HOME:
            return None
        homes = self.table.homes
        return Home(int(homes.commune[number]), float(homes.journey_h[number]), tuple(self._reach(number)))

    def asked(self, patient: Patient, ward: int) -> Home | None:
        """The home of a patient, if anybody knows; of one who came for a stay to this ward's site, it is drawn now."""
        homes = self.table.homes
        first, last = (int(bounds[Whose.ORDINARY, ward]) for bounds in (homes.first, homes.last))
        if patient.home is None and first < last:
            place = patient.draw(Purpose.HOME) * (last - first)
            home = first + floor(place)
            patient.home = self.of(int(homes.either[home, int(place - floor(place) >= homes.keep[home])]))
        return patient.home

    def _reach(self, number: int) -> Iterator[tuple[int, float]]:
        """Those within the bound, or no farther than where they would have gone anyway."""
        homes = self.table.homes
        if homes.reach[number] == NO_REACH:
            return
        bound_h = max(homes.bound_h, float(homes.journey_h[number]))
        begins, ends = homes.reach_first[homes.reach[number] :][:2]
        for place in range(begins, ends):
            if homes.reach_h[place] <= bound_h:
                yield int(homes.reach_ward[place]), float(homes.reach_h[place])

    def slowdown(self, home: Home, ward: int, hour: int) -> float:
        """The journey to a ward over that of an ordinary day: roads may be closed around either end."""
        rows = (self.table.homes.slowdown_row[home.commune], self.table.slowdown_row[ward])
        return float(max(self.table.slowdown[row, hour] for row in rows))

    def count(self, name: str, home: Home, amount: float = 1) -> None:
        """So much more of one of `COMMUNE_COUNTS`."""
        self.counts[name][home.commune] += amount

    def count_longer(self, home: Home, ward: Ward, so_far_h: float, road_h: float, how: Where) -> None:
        """The journey of one who is sent on from a ward is longer, which counts where they live."""
        if ward.is_emergency:
            self.count_detour(home, so_far_h, road_h, how)
        elif ward.stream is Stream.MATERNITY:
            self.count_moved_birth(home, so_far_h, road_h)
        else:
            self.count_moved_stay(home, road_h)

    def count_detour(self, home: Home, so_far_h: float, road_h: float, how: Where) -> None:
        """A journey that was so much longer already becomes longer still."""
        self.count(WAYS[how], home)
        self._count_longer("", home, so_far_h, road_h)

    def count_moved_birth(self, home: Home, so_far_h: float, road_h: float) -> None:
        """A woman in labour is sent on to another maternity."""
        self.count("births_moved", home)
        self._count_longer("births_", home, so_far_h, road_h)

    def count_moved_stay(self, home: Home, road_h: float) -> None:
        """A patient is sent on to a bed or a theatre elsewhere."""
        self.count("stays_moved", home)
        self.count("stays_added_min", home, road_h * 60.0)

    def _count_longer(self, of: str, home: Home, so_far_h: float, road_h: float) -> None:
        before_min = (home.journey_h + so_far_h) * 60.0
        self.count(f"{of}added_min", home, road_h * 60.0)
        for name, far_min in (("beyond_30", FAR_MIN), ("beyond_45", VERY_FAR_MIN)):
            self.count(of + name, home, before_min <= far_min < before_min + road_h * 60.0)

    def count_critical(self, home: Home, minutes: float) -> None:
        """Time-critical care begins so many minutes after the patient should have reached the first site."""
        journey_min = home.journey_h * 60.0
        self.counts["critical"][home.commune] += 1
        self.counts["critical_journey_min"][home.commune] += journey_min
        self.counts["critical_min"][home.commune] += minutes
        for name, far_min in (("critical_beyond_30", FAR_MIN), ("critical_beyond_45", VERY_FAR_MIN)):
            self.counts[name][home.commune] += journey_min + minutes > far_min
