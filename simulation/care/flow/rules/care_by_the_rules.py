"""The care of a region by the rules alone, from the first hour to the horizon."""

from collections.abc import Sequence
from typing import NamedTuple

from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrays import Roster
from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.hourly_round import HourlyRound
from simulation.care.flow.rules.pathway import Pathway
from simulation.care.flow.rules.patient import Patient, Where
from simulation.care.flow.rules.sessions import Sessions


class Change(NamedTuple):
    """From now on a ward has this share of its places, stays are so much longer, and minutes are added."""

    at_h: float
    ward: int
    capacity: float
    longer: float = 1.0
    minutes: float = 0.0


class CareByTheRules:
    """The care of one replication; `run` simulates it."""

    def __init__(
        self, wards: Wards, roster: Roster, changes: Sequence[Change], *, planned: Sequence[float]
    ) -> None:
        self.hospitals = Hospitals(wards, len(roster.ward))
        self.pathway = Pathway(self.hospitals)
        self.sessions = Sessions(self.hospitals, roster.calls, planned)
        self.round = HourlyRound(self.hospitals, self.pathway, self.sessions)
        self.roster = roster
        self.changes = changes

    def run(self) -> Hospitals:
        """The hospitals at the horizon. At one instant the whole hour comes first, then changes, then patients."""
        for hour in range(self.hospitals.hours):
            self.hospitals.after(float(hour), self.round.begin_hour, hour)
        for change in self.changes:
            self.hospitals.after(change.at_h, self.change, change)
        for number in range(len(self.roster.ward)):
            self.expect(number)
        self.hospitals.env.run(until=self.hospitals.hours)
        self.round.close_hour()
        return self.hospitals

    def expect(self, number: int) -> None:
        """The patient is in care at the start, or comes at their hour."""
        roster = self.roster
        patient = Patient(
            number=number,
            key=int(roster.draw[number]),
            came_h=float(roster.came_h[number]),
            is_time_critical=bool(roster.kind[number]),
            by_ambulance=bool(roster.ambulance[number]),
        )
        ward = self.hospitals.wards[roster.ward[number]]
        if patient.came_h >= 0.0:
            self.hospitals.after(patient.came_h, self.pathway.arrive, patient, ward)
            return
        patient.where = Where.IN_CARE
        ward.in_care += 1
        patient.then = self.pathway.draw_what_follows(patient, ward)
        self.hospitals.after(float(roster.leaves_h[number]), self.pathway.end_stay, patient, ward)

    def change(self, to: Change) -> None:
        """An outage, a repair or a plan blanc, at any instant; sessions notice at the next whole hour."""
        ward = self.hospitals.wards[to.ward]
        ward.capacity, ward.longer, ward.minutes = to.capacity, to.longer, to.minutes
        if not self.sessions.holds(ward):
            self.round.open_places(ward)
