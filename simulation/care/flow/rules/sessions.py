"""Sessions: appointments that are planned, held in turn, postponed when capacity lacks, and lost in the end."""

from math import floor

from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.ward import Clinic
from simulation.inputs.streams import NUMBER


class Sessions:
    """What every clinic does in each hour, and how its queue delays emergency patients."""

    def __init__(self, hospitals: Hospitals) -> None:
        self.hospitals = hospitals
        self.table = hospitals.table

    def hold(self, clinic: Clinic) -> None:
        """The hour's sessions: those planned and those postponed, first come, first served; then losses are counted."""
        hour, came = self.hospitals.hour, self.plan(clinic)
        clinic.appointments.append((hour, came))
        clinic.credit += self.hospitals.opened(clinic) * clinic.capacity_share / clinic.stay_factor
        held = clinic.take(floor(clinic.credit))
        clinic.credit -= held
        if clinic.waiting == 0:
            clinic.credit = min(clinic.credit, 1.0)
        lost = clinic.lose_until(hour - int(self.table.patience_h[clinic.number]))
        for name, count in (("demand", came), ("served", held), ("in_care", held), ("unmet", lost)):
            self.hospitals.count(name, clinic, count)

    def plan(self, clinic: Clinic) -> int:
        """Whole sessions planned for this hour; the rest is kept for the next."""
        profile = self.table.arrival_profile[NUMBER[clinic.stream], self.hospitals.hour]
        clinic.planned += self.table.hourly[clinic.number] * profile
        came = floor(clinic.planned)
        clinic.planned -= came
        return came

    def wait_for_exam_h(self, number: int) -> float:
        """How long an image or an analysis takes: as long as the queue of the clinic that makes it."""
        clinic = self.hospitals.clinic(number)
        if clinic is None:
            return 0.0
        return float(min(self.table.exam_wait_most_h, clinic.waiting / self.table.places[number]))
