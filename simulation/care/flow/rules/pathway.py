"""The pathway of a patient: arrival, queue, stay, boarding, and how they leave.

**Arrival.** An ambulance bound for an emergency department on diversion is directed by the SAMU to the department
nearest to the patient's home that is not on diversion and has room: patients in care, waiting and on the road to it are
fewer than its places and the queue it tolerates. It is within the bound from home, or no farther than the one for
which they set out. They arrive later by as much as the journey from home is longer, and never earlier. The less of the
SAMU is left, the fewer it reaches. Where there is no such department the patient goes on, like those who walk in. All
who arrive join the queue.

**Doors.** A department that takes no ambulances by decision is one on diversion to them, but that its ambulances go to
the nearest which takes some when none has room. One that is closed to all also turns away those who come by themselves:
they go to the nearest department from home that is open, whatever the queue there, and some to none at all. An
ambulance that the SAMU did not reach finds the closed door and goes on to the nearest neighbour that is not closed.
Where no other is in reach, even a closed department takes who is there. Some also shun an open department of which they
have heard that it was struck, and go where they have not.

**Queue.** A free place takes the first in the queue. Emergency patients who are not time-critical and will need no
critical care leave without being seen when their patience ends; some of them go to the next department that is not
closed, once. A department goes on diversion when somebody has joined and more wait than it tolerates; it comes off
when somebody has left the queue, few enough wait and it has places.

**Stay.** For a patient who is taken it is drawn whether they will be hospitalised, where, and how long they stay.
Outages lengthen stays, and emergency patients wait for images and results: first in their box, then in a chair, unless
they are time-critical. Beds are left at the round of discharges.

**Boarding.** At its end they leave, or ask for a place in the next ward of the site and keep the one they have until
they are taken there. Boarders take no more than a share of the boxes of an emergency department: the others wait on a
trolley in its corridor.
"""

from collections.abc import Iterator

from simulation.care.flow.changes import Doors
from simulation.care.flow.codes import Exit, Where
from simulation.care.flow.draws import Purpose
from simulation.care.flow.rules.ambulances import Ambulances
from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.patient import Patient, at_quantile
from simulation.care.flow.rules.planned_stays import PlannedStays
from simulation.care.flow.rules.sessions import Sessions
from simulation.care.flow.rules.ward import Ward
from simulation.inputs.streams import WardKind

LEFT = {Where.DIVERTED: "ambulances_diverted_out", Where.MOVED_ON: "moved_on_out"}
"""What is counted when a patient leaves for another emergency department."""
ARRIVED = {
    Where.DIVERTED: "ambulances_diverted_in",
    Where.MOVED_ON: "moved_on_in",
    Where.TRANSFERRED: "patients_transferred_in",
}
"""What is counted when a patient arrives from another site."""


class Pathway:
    """What happens to a patient, and when."""

    def __init__(self, hospitals: Hospitals) -> None:
        self.hospitals = hospitals
        self.table = hospitals.table
        self.ambulances = Ambulances(hospitals)
        self.planned_stays = PlannedStays(hospitals)
        self.sessions = Sessions(hospitals)

    def arrive(self, patient: Patient, ward: Ward) -> None:
        """The patient comes for the first time."""
        self.hospitals.count("demand", ward)
        if patient.by_ambulance:
            self.ambulances.bring(patient, ward)
        leaves = self.goes_on(patient, ward) if patient.by_ambulance else self.moves_on(patient, ward)
        if not leaves and not self.planned_stays.put_off(patient, ward):
            self.join(patient, ward)

    def goes_on(self, patient: Patient, ward: Ward) -> bool:
        """The ambulance is directed to another department, or finds one when the door is closed."""
        if ward.receives or patient.home is None:
            return False
        if not self.samu_reaches(patient, ward):
            return ward.doors is Doors.CLOSED and self.goes_on_from_here(patient, ward, 1.0, Where.DIVERTED)
        reach = [*self.within_reach(patient, ward)]
        found = [way for way in reach if way[0].receives and way[0].has_room]
        if ward.doors is not Doors.OPEN:
            found += [way for way in reach if way[0].doors is Doors.OPEN]
        if found:
            self.hospitals.count("ambulances_diverted_out", ward)
            self.send(patient, ward, *found[0], Where.DIVERTED)
        return bool(found)

    def goes_on_from_here(self, patient: Patient, ward: Ward, shuns: float, how: Where) -> bool:
        """From the door to the nearest department that is not closed, nor shunned by one with this draw."""
        for target, ordinary_h in self.hospitals.neighbours(ward):
            if target.doors is not Doors.CLOSED and shuns >= target.shunned:
                if patient.where is Where.WAITING:
                    self.leave_queue(patient, ward)
                road_h = ordinary_h * self.hospitals.slowdown(ward, target)
                self.hospitals.count(LEFT[how], ward)
                self.send(patient, ward, target, road_h, how)
                return True
        return False

    def moves_on(self, patient: Patient, ward: Ward) -> bool:
        """Who would come by themselves goes to the next department, or to none; where none is open, to this one."""
        shuns = patient.draw(Purpose.SHUNS)
        if patient.home is None or not (ward.doors is Doors.CLOSED or shuns < ward.shunned):
            return False
        others = [way for way in self.within_reach(patient, ward) if way[0] is not ward]
        is_open = [way for way in others if way[0].doors is not Doors.CLOSED]
        found = [way for way in is_open if shuns >= way[0].shunned]
        if ward.doors is Doors.CLOSED:
            found += is_open
        if not found:
            return False
        if patient.draw(Purpose.STAYS_AWAY) < self.table.stays_away_share:
            self.hospitals.stayed_away += 1
            self.give_up(patient, ward)
            return True
        self.hospitals.count("moved_on_out", ward)
        self.send(patient, ward, *found[0], Where.MOVED_ON)
        return True

    def within_reach(self, patient: Patient, ward: Ward) -> Iterator[tuple[Ward, float]]:
        """The departments that the patient can be taken to, nearest to their home first; by how much it is farther."""
        home, homes = patient.home, self.hospitals.homes
        if home is None:
            return
        ordinary_h = home.journey_h * homes.slowdown(home, ward.number, self.hospitals.hour)
        for number, journey_h in home.reach:
            there_h = journey_h * homes.slowdown(home, number, self.hospitals.hour)
            yield self.hospitals.ward(number), max(0.0, there_h - ordinary_h)

    def samu_reaches(self, patient: Patient, ward: Ward) -> bool:
        """The SAMU directs the ambulance, as likely as it still works."""
        samu = self.hospitals.samu_of(ward)
        return patient.draw(Purpose.REROUTE) < (1.0 if samu is None else samu.capacity_share)

    def send(self, patient: Patient, ward: Ward, target: Ward, longer_h: float, how: Where) -> None:
        """The patient is on the road to another ward, for so long and up to a minute more."""
        road_h = longer_h + patient.draw(Purpose.JOURNEY) / 60.0
        home = self.hospitals.homes.asked(patient, ward.number)
        if home is not None:
            self.hospitals.homes.count_longer(home, ward, patient.road_h, road_h, how)
            patient.road_h += road_h
            patient.journeys += 1
        self.hospitals.diverted_critical += patient.is_time_critical and how is Where.DIVERTED
        target.inbound += 1
        patient.where = how
        self.hospitals.after(road_h, self.arrive_by_road, patient, target)

    def arrive_by_road(self, patient: Patient, ward: Ward) -> None:
        """The patient arrives from another site."""
        ward.inbound -= 1
        self.hospitals.count(ARRIVED[patient.where], ward)
        self.join(patient, ward)

    def join(self, patient: Patient, ward: Ward) -> None:
        """The patient waits for a place, if only for an instant; the department may go on diversion."""
        patient.where = Where.WAITING
        patient.queued_h = self.hospitals.now_h
        self.ambulances.wait(patient)
        ward.queue_of(patient).append(patient)
        self.fill(ward)
        if not ward.is_emergency:
            return
        goal = self.hospitals.draw_what_follows(patient, ward)
        is_ill = isinstance(goal, Ward) and goal.stream.kind is WardKind.CRITICAL_CARE
        if patient.where is Where.WAITING and not patient.is_time_critical and not is_ill:
            patience_h = at_quantile(self.table.emergency_patience, patient.draw(Purpose.PATIENCE))
            self.hospitals.after(patience_h, self.renege, patient, ward)
        if not ward.on_diversion and ward.waiting > ward.tolerated * ward.open_places:
            ward.on_diversion = True
            ward.diversion_since_h = self.hospitals.now_h

    def leave_queue(self, patient: Patient, ward: Ward) -> None:
        """The patient waits no longer; the department may come off diversion."""
        ward.queue_of(patient).remove(patient)
        self.ambulances.leave(patient)
        if ward.on_diversion and ward.open_places > 0 and ward.waiting <= ward.to_reopen * ward.open_places:
            self.hospitals.count_diversion(ward)
            ward.on_diversion = False

    def renege(self, patient: Patient, ward: Ward) -> None:
        """Patience ends: who still waits for emergency care leaves without being seen."""
        if patient.where is Where.WAITING and patient.wards_left == 0:
            self.hospitals.left_unseen += 1
            if not self.tries_the_next_door(patient, ward):
                self.leave_unmet(patient, ward)

    def tries_the_next_door(self, patient: Patient, ward: Ward) -> bool:
        """Who has waited beyond patience goes to another department, once: some do."""
        if patient.journeys or patient.draw(Purpose.TRIES_NEXT) >= self.table.tries_next_share:
            return False
        return self.goes_on_from_here(patient, ward, patient.draw(Purpose.SHUNS), Where.MOVED_ON)

    def fill(self, ward: Ward) -> None:
        """Free places take the first who wait."""
        while ward.waiting > 0 and ward.has_a_free_place:
            patient = ward.next_in_queue
            self.leave_queue(patient, ward)
            self.take(patient, ward)
            self.give_back_place(patient)

    def take(self, patient: Patient, ward: Ward) -> None:
        """The patient has a place and their stay begins; what follows it is drawn now."""
        ward.lay(patient)
        self.hospitals.count("served", ward)
        if patient.wards_left == 0:
            self.hospitals.note_taken(patient, ward)
        patient.then = self.hospitals.draw_what_follows(patient, ward)
        stay_h = self.hospitals.draw_stay_h(patient, ward)
        now_h, over = self.hospitals.now_h, self.end_stay
        if ward.is_emergency:
            exams_h = self.sessions.wait_for_exams_h(patient, ward)
            if exams_h > self.table.chair_after_h and not patient.is_time_critical:
                patient.where, over = Where.LEAVES_BOX, self.sit_down
                patient.results_h = now_h + stay_h + exams_h
                exams_h = self.table.chair_after_h
            stay_h += exams_h
            if patient.is_time_critical:
                self.ambulances.count_minutes(patient, ward)
        self.hospitals.after(self.hospitals.leaves_at(ward, now_h + stay_h) - now_h, over, patient)

    def end_stay(self, patient: Patient) -> None:
        """The patient leaves for good, or asks for their next place and boards in this one meanwhile."""
        ward, goal = patient.ward, patient.then
        assert ward is not None, "only a stay that has begun can end"
        ward.there.remove(patient)
        if isinstance(goal, Exit):
            self.hospitals.note_gone(patient, goal)
            ward.in_care -= 1
            self.fill(ward)
            return
        patient.in_corridor = self.boards_in_corridor(patient, ward)
        if not patient.in_corridor:
            ward.boarding += 1
            self.board(patient, ward, goal)
            return
        ward.leave_box()
        self.board(patient, ward, goal)
        self.fill(ward)

    def boards_in_corridor(self, patient: Patient, ward: Ward) -> bool:
        """Enough boxes are taken by those who wait for a bed; who is time-critical keeps theirs."""
        share = self.table.boarders_in_boxes_share
        is_full = ward.boarding >= share * ward.open_places
        return ward.is_emergency and is_full and not patient.is_time_critical

    def board(self, patient: Patient, ward: Ward, goal: Ward) -> None:
        """The patient asks for a place in the next ward, and keeps the box, or the place in the corridor."""
        patient.wards_left += 1
        patient.holds = ward
        self.hospitals.count("demand", goal)
        self.join(patient, goal)

    def sit_down(self, patient: Patient) -> None:
        """Who has waited in a box for too long waits for the results in a chair."""
        ward = patient.ward
        assert ward is not None, "only a stay that has begun can go on in a chair"
        patient.where = Where.IN_CHAIR
        ward.leave_box()
        self.hospitals.after(patient.results_h - self.hospitals.now_h, self.have_results, patient)
        self.fill(ward)

    def have_results(self, patient: Patient) -> None:
        """The results are there, or one decides without them: the patient leaves for good, or waits for a bed."""
        ward, goal = patient.ward, patient.then
        assert ward is not None, "who waits in a chair does so somewhere"
        ward.there.remove(patient)
        if isinstance(goal, Exit):
            self.hospitals.note_gone(patient, goal)
            ward.in_corridor -= 1
        else:
            patient.in_corridor = True
            self.board(patient, ward, goal)

    def give_back_place(self, patient: Patient) -> None:
        """The place in which the patient boarded is free, and takes the next."""
        held, patient.holds = patient.holds, None
        if held is None:
            return
        self.hospitals.note_moved(patient)
        if patient.in_corridor:
            held.in_corridor -= 1
        else:
            held.in_care -= 1
            held.boarding -= 1
        self.fill(held)

    def leave_unmet(self, patient: Patient, ward: Ward) -> None:
        """The patient is not cared for."""
        self.leave_queue(patient, ward)
        self.give_up(patient, ward)
        self.give_back_place(patient)

    def give_up(self, patient: Patient, ward: Ward) -> None:
        """The patient, who is in no queue, leaves for good without care."""
        self.hospitals.count("unmet", ward)
        home = self.hospitals.homes.asked(patient, ward.number)
        if home is not None:
            self.hospitals.homes.count("unmet" if ward.is_emergency else "stays_unmet", home)
        self.hospitals.note_gone(patient, Exit.UNMET)
