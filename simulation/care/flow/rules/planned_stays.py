"""Planned stays in medicine: who waits at home instead of a bed, and when they are called in.

What outages leave of the beds of medicine is left to emergencies first: to those who have passed through another ward
of the site. They lack beds only so far as less is left than they ordinarily need. Where fewer beds are left than are
taken nobody is put out, emergencies take those that others leave, and who comes for a planned stay has a bed when
there is one over (`ward.py`).

A hospital that calls in only a share puts the others off, but those who cannot wait. They are at home, and are called
in at whole hours where beds are free, first those who were put off first: as many as are planned, and once all are
called in again some more to catch up; what is not used within a day is lost. Where some are at home, who would come
joins the end of their list.
"""

from math import floor

from simulation.care.flow.codes import Where
from simulation.care.flow.draws import Purpose
from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.patient import Patient
from simulation.care.flow.rules.ward import Ward
from simulation.inputs.streams import NUMBER, Stream

HOURS_A_DAY = 24


class PlannedStays:
    """The lists of those at home."""

    def __init__(self, hospitals: Hospitals) -> None:
        self.hospitals = hospitals
        self.table = hospitals.table

    def put_off(self, patient: Patient, ward: Ward) -> bool:
        """The stay can wait, and not all are called in, or others wait at home already: so does the patient."""
        if ward.stream is not Stream.MEDICINE or (ward.planned_share >= 1.0 and not ward.put_off):
            return False
        if patient.draw(Purpose.PLANNED) < self.table.cannot_wait_share:
            return False
        self.hospitals.stays_put_off += 1
        patient.where = Where.PUT_OFF
        ward.put_off.append(patient)
        return True

    def called_in(self, ward: Ward) -> list[Patient]:
        """Who is called in at this hour."""
        if not ward.put_off:
            return []
        profile = self.table.arrival_profile[NUMBER[ward.stream], self.hospitals.hour]
        planned = float(self.table.hourly[ward.number] * profile) * (1.0 - self.table.cannot_wait_share)
        planned *= ward.planned_share
        ward.credit += planned * (self.table.planned_margin if ward.planned_share >= 1.0 else 1.0)
        called = max(0, min(len(ward.put_off), floor(ward.credit), ward.open_places - ward.in_care))
        of_a_day = HOURS_A_DAY * float(self.table.hourly[ward.number])
        ward.credit = min(max(1.0, of_a_day), ward.credit - called)
        return [ward.put_off.popleft() for _ in range(called)]
