"""The care of a region by the rules alone, from the first hour to the horizon."""

from collections.abc import Sequence
from typing import NamedTuple

from simulation.care.capacity.ward_table import WardNumber
from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrivals import Arrivals, PatientNumber
from simulation.care.flow.changes import Doors
from simulation.care.flow.draws import Purpose
from simulation.care.flow.rules.calls import Calls
from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.hourly_round import HourlyRound
from simulation.care.flow.rules.pathway import Pathway
from simulation.care.flow.rules.patient import Patient
from simulation.care.flow.rules.sessions import Sessions
from simulation.care.flow.rules.ward import Ward
from simulation.inputs.streams import Stream


class Change(NamedTuple):
    """From now on this is left of a ward, in the order of `Left`."""

    at_h: float
    ward: WardNumber
    capacity_share: float
    stay_factor: float = 1.0
    added_min: float = 0.0
    doors: Doors = Doors.OPEN
    shunned: float = 0.0
    planned_share: float = 1.0
    emptied: float = 0.0


class CareByTheRules:
    """The care of one replication; `run` simulates it."""

    def __init__(
        self, wards: Wards, arrivals: Arrivals, changes: Sequence[Change], *, planned: Sequence[float]
    ) -> None:
        self.hospitals = Hospitals(wards, planned, len(arrivals.ward))
        self.pathway = Pathway(self.hospitals)
        calls = Calls(self.hospitals, arrivals.calls)
        self.round = HourlyRound(self.hospitals, self.pathway, Sessions(self.hospitals), calls)
        self.arrivals = arrivals
        self.changes = changes

    def run(self) -> Hospitals:
        """The hospitals at the horizon. At one instant the whole hour comes first, then changes, then patients."""
        for hour in range(self.hospitals.hours):
            self.hospitals.after(float(hour), self.round.begin_hour, hour)
        for change in self.changes:
            self.hospitals.after(change.at_h, self.change, change)
        for number in range(len(self.arrivals.ward)):
            self.expect(PatientNumber(number))
        self.hospitals.env.run(until=self.hospitals.hours)
        self.round.close_hour()
        self.count_backlog()
        return self.hospitals

    def expect(self, number: PatientNumber) -> None:
        """The patient is in care at the start, or comes at their hour."""
        arrivals = self.arrivals
        patient = Patient(
            number=number,
            key=int(arrivals.key[number]),
            came_h=float(arrivals.came_h[number]),
            is_time_critical=bool(arrivals.condition[number]),
            by_ambulance=bool(arrivals.by_ambulance[number]),
            home=self.hospitals.homes.of(int(arrivals.home[number])),
        )
        ward = self.hospitals.ward(arrivals.ward[number])
        if patient.came_h >= 0.0:
            self.hospitals.after(patient.came_h, self.pathway.arrive, patient, ward)
            return
        if patient.draw(Purpose.PLANNED) >= self.hospitals.table.planned_part[ward.number]:
            patient.wards_left = 1
        ward.lay(patient)
        patient.then = self.hospitals.draw_what_follows(patient, ward)
        leaves_h = self.hospitals.leaves_at(ward, float(arrivals.leaves_h[number]))
        self.hospitals.after(leaves_h, self.pathway.end_stay, patient)

    def count_backlog(self) -> None:
        """Planned operations that still wait are counted where their patients live."""
        for unit in self.hospitals.units:
            if isinstance(unit, Ward) and unit.stream is Stream.SURGERY_SCHEDULED:
                for patient in unit.queue:
                    home = self.hospitals.homes.asked(patient, unit.number)
                    if home is not None:
                        self.hospitals.homes.count("surgeries_backlog", home)

    def change(self, to: Change) -> None:
        """An outage, a repair or a plan blanc, at any instant; sessions notice at the next whole hour."""
        unit = self.hospitals.units[to.ward]
        if isinstance(unit, Ward):
            self.hospitals.count_doors(unit)
        unit.capacity_share, unit.stay_factor, unit.added_min = (
            to.capacity_share,
            to.stay_factor,
            to.added_min,
        )
        unit.doors, unit.shunned = to.doors, to.shunned
        unit.planned_share, unit.emptied = to.planned_share, to.emptied > 0.0
        if isinstance(unit, Ward):
            self.round.open_places(unit)
