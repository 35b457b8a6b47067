"""Sessions: appointments that are planned, held in turn, postponed when capacity lacks, and lost in the end."""

from math import floor

from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.ward import Clinic
from simulation.inputs.streams import NUMBER, Stream


class Sessions:
    """What every clinic does in each hour, and how its queue delays emergency patients."""

    def __init__(self, hospitals: Hospitals) -> None:
        self.hospitals = hospitals
        self.table = hospitals.table

    def hold(self, clinic: Clinic) -> None:
        """The hour's sessions: those planned and those postponed, first come, first served; then losses are counted.

        Of images, those that cannot wait go first. Nobody is lost there: who has waited too long for an urgent one
        waits with the others, until there are places.
        """
        hour, came = self.hospitals.hour, self.plan(clinic)
        makes_images = clinic.stream is Stream.IMAGING
        urgent = self.ask_for_images(clinic, came) if makes_images else 0
        clinic.urgent.append((hour, urgent))
        clinic.appointments.append((hour, came - urgent))
        clinic.credit += self.hospitals.opened(clinic) * clinic.capacity_share / clinic.stay_factor
        held = clinic.take(floor(clinic.credit))
        clinic.credit -= held
        if clinic.waiting == 0:
            clinic.credit = min(clinic.credit, 1.0)
        impatient = hour - int(self.table.patience_h[clinic.number])
        late = clinic.put_off_until(impatient, hour) if makes_images else 0
        lost = 0 if makes_images else clinic.lose_until(impatient)
        for name, count in (
            ("demand", came),
            ("served", held),
            ("in_care", held),
            ("unmet", lost),
            ("urgent_images", urgent),
            ("late_images", late),
        ):
            self.hospitals.count(name, clinic, count)

    def plan(self, clinic: Clinic) -> int:
        """Whole sessions planned for this hour; the rest is kept for the next."""
        profile = self.table.arrival_profile[NUMBER[clinic.stream], self.hospitals.hour]
        clinic.planned += self.table.hourly[clinic.number] * profile
        came = floor(clinic.planned)
        clinic.planned -= came
        return came

    def ask_for_images(self, clinic: Clinic, came: int) -> int:
        """Of those planned for this hour, those that the wards cannot wait for."""
        clinic.urgent_planned += (
            self.table.hourly[clinic.number] * self.table.urgent_images[self.hospitals.hour]
        )
        urgent = min(came, floor(clinic.urgent_planned))
        clinic.urgent_planned -= urgent
        return urgent

    def wait_for_exam_h(self, number: int) -> float:
        """How long an image or an analysis takes: as long as the queue of the clinic that makes it.

        Emergency patients pass before all images that are planned.
        """
        clinic = self.hospitals.clinic(number)
        if clinic is None:
            return 0.0
        ahead = clinic.urgent_waiting if clinic.stream is Stream.IMAGING else clinic.waiting
        return float(min(self.table.exam_wait_most_h, ahead / self.table.places[number]))
