"""The hourly round: what is done at each whole hour, before anything else of that instant.

**Places** open or close, ward by ward (nobody in care is put out), and free ones take; the sessions of the hour are
held, and calls answered.

**The round of the beds.** Critically ill patients who have waited beyond patience are lost. Those who have waited for
as long as their stream allows are transferred, in the order of the queue, to the nearest ward of their stream within
the bound with a free place; a critically ill patient needs a vehicle of the department, which is back after twice the
usual journey and the handling. From a ward that is emptied by decision those in care are moved too, after those who
wait. Each hour the round begins `ROUND_STEP` wards further, so that none is always the last
to ask for a vehicle. The wait for images and analyses is looked at just before the round of an emergency department.
"""

from math import floor

from simulation.care.flow.codes import ROUND_STEP, Where
from simulation.care.flow.rules.calls import Calls
from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.pathway import Pathway
from simulation.care.flow.rules.patient import Patient
from simulation.care.flow.rules.sessions import Sessions
from simulation.care.flow.rules.ward import Clinic, Ward
from simulation.inputs.streams import NUMBER, WardKind


class HourlyRound:
    """What is done at each whole hour."""

    def __init__(self, hospitals: Hospitals, pathway: Pathway, sessions: Sessions, calls: Calls) -> None:
        self.hospitals = hospitals
        self.table = hospitals.table
        self.pathway = pathway
        self.sessions = sessions
        self.calls = calls
        self.vehicles_back_h = [[0.0] * vehicles for vehicles in self.table.vehicles.tolist()]
        """By department, when each vehicle for the critically ill is back."""

    def begin_hour(self, hour: int) -> None:
        """Places open and close, sessions are held; then the round of the beds, ward by ward."""
        if hour > 0:
            self.close_hour()
        self.hospitals.hour = hour
        units = self.hospitals.units
        for unit in units:
            if isinstance(unit, Ward):
                self.open_places(unit)
                self.call_in(unit)
            elif unit.stream.kind is WardKind.SESSIONS:
                self.sessions.hold(unit)
        self.calls.answer()
        first = hour * ROUND_STEP % len(units)
        for unit in units[first:] + units[:first]:
            if isinstance(unit, Clinic):
                continue
            if unit.is_emergency:
                unit.images = self.hospitals.clinic(int(self.table.imaging[unit.number]))
                unit.laboratory = self.hospitals.clinic(int(self.table.laboratory[unit.number]))
                unit.image_h = self.sessions.wait_for_exam_h(unit.images)
                unit.analysis_h = self.sessions.wait_for_exam_h(unit.laboratory)
            self.round_of_beds(unit)
            if unit.emptied:
                self.move_out(unit)

    def close_hour(self) -> None:
        """What is counted at the end of an hour."""
        for unit in self.hospitals.units:
            self.hospitals.count("waiting", unit, unit.waiting)
            if isinstance(unit, Ward):
                self.hospitals.count("waiting", unit, len(unit.put_off))
                self.hospitals.count("in_care", unit, unit.in_care + unit.in_corridor)
                self.hospitals.count("in_corridor", unit, unit.in_corridor)
                if unit.on_diversion:
                    self.hospitals.count_diversion(unit)
                self.hospitals.count_doors(unit)

    def open_places(self, ward: Ward) -> None:
        """Places open by the hour of the week, and by what is left of the ward; free ones take."""
        ward.ordinary_places = self.hospitals.opened(ward)
        ward.open_places = floor(self.hospitals.opened(ward) * ward.capacity_share + 0.5)
        self.pathway.fill(ward)

    def call_in(self, ward: Ward) -> None:
        """Of those at home whose planned stay was put off, some are called in, and are there at once."""
        for patient in self.pathway.planned_stays.called_in(ward):
            self.pathway.take(patient, ward)

    def round_of_beds(self, ward: Ward) -> None:
        """Who is lost for want of a bed, and who is transferred to one."""
        if ward.stream.kind is WardKind.CRITICAL_CARE:
            for patient in ward.queue:
                if self.waited_h(patient) > self.table.patience_h[ward.number]:
                    self.pathway.leave_unmet(patient, ward)
        after_h = self.table.transfer_after_h[NUMBER[ward.stream]]
        if after_h < 0.0:
            return
        # Of an emergency department, only the time-critical are transferred.
        for patient in [*ward.first] if ward.is_emergency else ward.queue:
            if self.waited_h(patient) >= after_h and not self.transfer(patient, ward):
                return

    def waited_h(self, patient: Patient) -> float:
        """Time in the present queue."""
        return self.hospitals.now_h - patient.queued_h

    def transfer(self, patient: Patient, ward: Ward) -> bool:
        """To the nearest ward with a free place, where there is one, and a vehicle for the critically ill."""
        needs_vehicle = ward.stream.kind is WardKind.CRITICAL_CARE
        found = self.with_a_place(ward, needs_vehicle=needs_vehicle)
        if found is None:
            return False
        target, journey_h = found
        if needs_vehicle:
            self.send_vehicle(ward, journey_h)
        self.pathway.leave_queue(patient, ward)
        self.hospitals.count("patients_transferred_out", ward)
        road_h = journey_h * self.hospitals.slowdown(ward, target)
        self.pathway.send(patient, ward, target, road_h, Where.TRANSFERRED)
        self.pathway.give_back_place(patient)
        return True

    def move_out(self, ward: Ward) -> None:
        """Those in the care of a ward that is emptied are moved, as vehicles and places in reach allow.

        Their stay goes on there, and ends when it would have ended.
        """
        for patient in sorted(ward.there, key=lambda patient: patient.number):
            found = self.with_a_place(ward, needs_vehicle=True)
            if found is None:
                return
            target, journey_h = found
            self.send_vehicle(ward, journey_h)
            for name, unit in (
                ("demand", ward),
                ("patients_transferred_out", ward),
                ("patients_transferred_in", target),
                ("served", target),
            ):
                self.hospitals.count(name, unit)
            self.hospitals.moved_out += 1
            home = self.hospitals.homes.asked(patient, ward.number)
            if home is not None:
                road_h = journey_h * self.hospitals.slowdown(ward, target)
                self.hospitals.homes.count_longer(home, ward, patient.road_h, road_h, Where.TRANSFERRED)
                patient.road_h += road_h
                patient.journeys += 1
            ward.in_care -= 1
            ward.there.remove(patient)
            target.lay(patient)
            patient.then = self.hospitals.draw_what_follows(patient, target)

    def with_a_place(self, ward: Ward, *, needs_vehicle: bool) -> tuple[Ward, float] | None:
        """The nearest neighbour with a free place and the journey there; `None` also where no vehicle is there."""
        if needs_vehicle and not any(back_h <= self.hospitals.now_h for back_h in self.vehicles(ward)):
            return None
        for target, journey_h in self.hospitals.neighbours(ward):
            if target.receives and target.load < target.open_places:
                return target, journey_h
        return None

    def vehicles(self, ward: Ward) -> list[float]:
        """When each vehicle of its department is back."""
        return self.vehicles_back_h[int(self.table.department[ward.number])]

    def send_vehicle(self, ward: Ward, journey_h: float) -> None:
        """The first vehicle that is there is on the road, and back."""
        vehicles = self.vehicles(ward)
        first = [back_h <= self.hospitals.now_h for back_h in vehicles].index(True)
        vehicles[first] = self.hospitals.now_h + 2.0 * journey_h + self.table.vehicle_handling_h
