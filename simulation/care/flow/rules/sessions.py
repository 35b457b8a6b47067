"""Sessions: appointments that are planned, held in turn, postponed when capacity lacks, and lost in the end."""

from math import floor

from simulation.care.flow.draws import Purpose
from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.patient import Patient
from simulation.care.flow.rules.ward import Clinic, Ward
from simulation.inputs.streams import NUMBER, Stream

EXAMS = (Stream.IMAGING, Stream.LABORATORY)


class Sessions:
    """What every clinic does in each hour, and how its queue delays emergency patients."""

    def __init__(self, hospitals: Hospitals) -> None:
        self.hospitals = hospitals
        self.table = hospitals.table

    def hold(self, clinic: Clinic) -> None:
        """The hour's sessions: those planned and those postponed, first come, first served; then losses are counted.

        Of images and analyses, those that cannot wait go first. No image is lost: who has waited too long for an urgent
        one waits with the others, until there are places.
        """
        hour = self.hospitals.hour
        if clinic.stream is Stream.LABORATORY:
            self.learn(clinic)
        came, makes_images = self.plan(clinic), clinic.stream is Stream.IMAGING
        urgent = self.ask_at_once(clinic, came) if clinic.stream in EXAMS else 0
        clinic.urgent.append((hour, urgent))
        clinic.appointments.append((hour, came - urgent))
        clinic.credit += self.hospitals.opened(clinic) * clinic.capacity_share / clinic.stay_factor
        held = clinic.take(floor(clinic.credit))
        clinic.credit -= held
        if clinic.waiting == 0:
            clinic.credit = min(clinic.credit, 1.0)
        if clinic.emptied:
            self.hold_elsewhere(clinic)
        impatient = hour - int(self.table.patience_h[clinic.number])
        late = clinic.late_until(impatient)
        lost = 0 if makes_images else clinic.lose_until(impatient) + late
        if makes_images:
            clinic.appointments.append((hour, late))
        for name, count in (
            ("demand", came),
            ("served", held),
            ("in_care", held),
            ("unmet", lost),
            ("urgent_exams", urgent),
            ("late_exams", late),
        ):
            self.hospitals.count(name, clinic, count)

    def hold_elsewhere(self, clinic: Clinic) -> None:
        """By decision those who would wait go to the nearest clinics of the stream that have room in this hour."""
        begins, ends = self.table.neighbour_first[clinic.number : clinic.number + 2]
        for number in self.table.neighbour_ward[begins:ends].tolist():
            other = self.hospitals.clinic(number)
            assert other is not None
            if other.emptied:
                continue
            places = self.hospitals.opened(other) * other.capacity_share / other.stay_factor
            room = floor(places) - other.waiting
            moved = clinic.take(max(0, min(clinic.waiting, room)))
            other.appointments.append((self.hospitals.hour, moved))
            self.hospitals.count("patients_transferred_out", clinic, moved)
            self.hospitals.count("patients_transferred_in", other, moved)

    def plan(self, clinic: Clinic) -> int:
        """Whole sessions planned for this hour; the rest is kept for the next."""
        profile = self.table.arrival_profile[NUMBER[clinic.stream], self.hospitals.hour]
        clinic.planned += self.table.hourly[clinic.number] * profile * clinic.asked
        came = floor(clinic.planned)
        clinic.planned -= came
        return came

    def learn(self, laboratory: Clinic) -> None:
        """Clinicians come to ask for the analyses that can be made, and for no less than they need."""
        if laboratory.asked >= 1.0 and not laboratory.is_struck:
            return
        places, usual = self.table.places[laboratory.number], self.table.hourly[laboratory.number]
        can_make = places * laboratory.capacity_share / laboratory.stay_factor
        asked = 1.0 if can_make >= usual else max(self.table.asked_least, can_make / usual)
        laboratory.asked += (asked - laboratory.asked) * self.table.asked_pace

    def ask_at_once(self, clinic: Clinic, came: int) -> int:
        """Of those planned for this hour, those that the wards cannot wait for."""
        clinic.urgent_planned += (
            self.table.hourly[clinic.number] * self.table.urgent_exams[self.hospitals.hour] * clinic.asked
        )
        urgent = min(came, floor(clinic.urgent_planned))
        clinic.urgent_planned -= urgent
        return urgent

    def wait_for_exam_h(self, clinic: Clinic | None) -> float:
        """How much longer than usual an image or an analysis takes: as long as the urgent queue at the present pace.

        Emergency patients pass before all that is planned. A result also takes as much longer as the work does.
        """
        if clinic is None:
            return 0.0
        most_h = self.table.exam_wait_most_h
        pace = float(self.table.places[clinic.number] * clinic.capacity_share / clinic.stay_factor)
        if clinic.urgent_waiting >= most_h * pace:
            return most_h
        by_hand_h = self.table.result_h * (clinic.stay_factor - 1.0)
        wait_h = clinic.urgent_waiting / pace + (by_hand_h if clinic.stream is Stream.LABORATORY else 0.0)
        return min(most_h, wait_h)

    def wait_for_exams_h(self, patient: Patient, ward: Ward) -> float:
        """What waiting for an image and a result adds to the stay, for those who need them."""
        wait_h = 0.0
        if patient.draw(Purpose.IMAGING) < self.table.imaging_share:
            wait_h += ward.image_h
        asked = 1.0 if ward.laboratory is None else ward.laboratory.asked
        if patient.draw(Purpose.LABORATORY) < self.table.laboratory_share * asked:
            wait_h += ward.analysis_h * self.table.laboratory_lengthens
        return wait_h
