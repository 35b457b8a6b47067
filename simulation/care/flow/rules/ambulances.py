"""Ambulances: how many each department has out, and when they are back.

Time is counted in parts of an hour. An ambulance is out from when its patient reaches the door until it is back from
its mission; that it was out before counts as if it were out after. Where all are out, the first to be back brings the
patient, so much later: the time-critical are cared for later, but nobody joins a queue later for it. After a bound one
comes from elsewhere. Where the patient has to wait for a place, the crew waits with them, up to a bound.
"""

from collections import Counter
from dataclasses import dataclass, field
from math import floor

from simulation.care.capacity.ward_table import PARTS_AN_HOUR
from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.patient import Patient
from simulation.care.flow.rules.ward import Ward


@dataclass(eq=False, slots=True)
class Fleet:
    """The ambulances of one department."""

    size: int
    out: int = 0
    back: Counter[int] = field(default_factory=Counter)
    """How many of those that are out will be back, by part of an hour."""

    def come_back(self, now: int) -> None:
        """Those that are back by now are free."""
        for part in [part for part in self.back if part <= now]:
            self.out -= self.back.pop(part)


class Ambulances:
    """The ambulances of a region."""

    def __init__(self, hospitals: Hospitals) -> None:
        self.hospitals = hospitals
        self.table = hospitals.table
        self.fleets = [Fleet(size) for size in self.table.ambulances.tolist()]
        """By department."""

    @property
    def now(self) -> int:
        """The part of an hour that has begun."""
        return floor(self.hospitals.now_h * PARTS_AN_HOUR)

    def bring(self, patient: Patient, ward: Ward) -> None:
        """One that is free has brought the patient; or the first to be back does, so much later."""
        fleet = self.fleets[int(self.table.department[ward.number])]
        fleet.come_back(self.now)
        patient.ambulance_of, patient.late = fleet, 0
        if fleet.out < fleet.size:
            fleet.out += 1
            return
        for late in range(1, self.table.ambulance_late_most + 1):
            patient.late = late
            if fleet.back[self.now + late] > 0:
                break
        if fleet.back[self.now + patient.late] > 0:
            fleet.back[self.now + patient.late] -= 1
        else:
            fleet.out += 1
        self.hospitals.count("ambulances_late", ward)
        self.hospitals.ambulance_late_h += patient.late / PARTS_AN_HOUR
        patient.came_h -= patient.late / PARTS_AN_HOUR

    def wait(self, patient: Patient) -> None:
        """The patient waits, if only for an instant, and the crew with them: for so long at most."""
        if patient.ambulance_of is not None:
            patient.ambulance_of.come_back(self.now)
            patient.ambulance_of.back[self.now + self.away(patient) + self.table.handover_most] += 1

    def leave(self, patient: Patient) -> None:
        """The patient no longer waits: a crew that is still there goes, unless another patient counts on it already."""
        fleet, patient.ambulance_of = patient.ambulance_of, None
        if fleet is None:
            return
        fleet.come_back(self.now)
        sooner = self.now + self.away(patient)
        later = floor(patient.queued_h * PARTS_AN_HOUR) + self.away(patient) + self.table.handover_most
        if sooner < later and fleet.back[later] > 0:
            fleet.back[later] -= 1
            fleet.back[sooner] += 1

    def away(self, patient: Patient) -> int:
        """From leaving the door until the ambulance is back."""
        return patient.late + self.table.ambulance_mission

    def count_minutes(self, patient: Patient, ward: Ward) -> None:
        """Minutes from arrival to care, and those that outages of the department and of the SAMU add."""
        minutes = (self.hospitals.now_h - patient.came_h) * 60.0 + ward.added_min
        samu = self.hospitals.samu_of(ward)
        before_min = {
            "late_min": 60.0 * patient.late / PARTS_AN_HOUR,
            "road_min": 60.0 * patient.road_h,
            "samu_min": 0.0 if samu is None else self.table.samu_delay_min * samu.unanswered,
        }
        minutes += before_min["samu_min"]
        for name, lost_min in before_min.items():
            self.hospitals.before_min[name] += lost_min
        self.hospitals.time_critical_min[self.hospitals.hour, ward.number] += minutes
        if patient.home is not None:
            self.hospitals.homes.count_critical(patient.home, minutes)
