"""Wards with places, and clinics with appointments: what each has, and the queue for it."""

from collections import deque
from dataclasses import dataclass, field
from math import floor

from simulation.care.flow.changes import Doors
from simulation.care.flow.codes import Where
from simulation.care.flow.rules.patient import Patient
from simulation.inputs.streams import Stream, WardKind


@dataclass(eq=False, slots=True, kw_only=True)
class Unit:
    """One stream of care at one site, and what outages and plan blanc leave of it."""

    number: int
    """Its row in the ward table."""
    stream: Stream
    capacity_share: float = 1.0
    """Capacity over that of an ordinary day."""
    stay_factor: float = 1.0
    """Stays, or the time of a session, over those of an ordinary day."""
    added_min: float = 0.0
    """Added to the care of each time-critical patient."""
    doors: Doors = Doors.OPEN
    """Whom it lets in, by decision."""
    shunned: float = 0.0
    """The share of those who would come by themselves who shun it."""
    planned_share: float = 1.0
    """Of planned stays in medicine, the share that is called in."""
    emptied: bool = False
    """Those in care are moved to other hospitals; of a clinic, those who would wait go to others."""


@dataclass(eq=False, slots=True, kw_only=True)
class Ward(Unit):
    """Boxes, beds or theatres, and the patients in them and in front of them.

    Two queues, each first come, first served: `first` for time-critical patients and for those who have passed through
    another ward of the site, `second` for the others.
    """

    tolerated: float
    """Patients waiting per open place beyond which an emergency department goes on diversion."""
    to_reopen: float
    """Patients waiting per open place at which it comes off diversion."""
    open_places: int = 0
    in_care: int = 0
    """Patients in a place, those who board there included."""
    in_corridor: int = 0
    """Patients of an emergency department in a chair or on a trolley, besides those in its boxes."""
    boarding: int = 0
    """Those in a place who wait for one in another ward."""
    inbound: int = 0
    """Patients on the road to the ward."""
    first: deque[Patient] = field(default_factory=deque)
    second: deque[Patient] = field(default_factory=deque)
    put_off: deque[Patient] = field(default_factory=deque)
    """Those at home who will be called in for a planned stay."""
    there: list[Patient] = field(default_factory=list)
    """Those in care, boarders apart."""
    credit: float = 0.0
    """Planned stays that can be called in and do not yet make a whole one."""
    ordinary_places: float = 0.0
    """Places open in this hour, whatever outages leave."""
    unplanned_part: float = 1.0
    """Of its ordinary patients, the share whose stay cannot be put off."""
    on_diversion: bool = False
    diversion_since_h: float = 0.0
    doors_since_h: float = 0.0
    images: "Clinic | None" = None
    """Who makes the images of an emergency department."""
    laboratory: "Clinic | None" = None
    """Who makes its analyses."""
    image_h: float = 0.0
    """Wait for an image, of emergency patients who need one."""
    analysis_h: float = 0.0
    """Wait for an analysis, likewise."""

    @property
    def is_emergency(self) -> bool:
        """The ward is an emergency department."""
        return self.stream.kind is WardKind.EMERGENCY

    @property
    def receives(self) -> bool:
        """Ambulances and transfers are sent to it."""
        return not self.on_diversion and self.doors is Doors.OPEN

    @property
    def queue(self) -> list[Patient]:
        """All who wait, in the order in which they are taken."""
        return [*self.first, *self.second]

    @property
    def next_in_queue(self) -> Patient:
        """The first who will be taken."""
        return (self.first or self.second)[0]

    @property
    def waiting(self) -> int:
        """Patients in the queue."""
        return len(self.first) + len(self.second)

    @property
    def has_a_free_place(self) -> bool:
        """The first who waits can be taken; what is left of beds of medicine is left to emergencies first."""
        if self.in_care < self.open_places:
            return True
        if self.stream is not Stream.MEDICINE or self.capacity_share >= 1.0 or not self.first:
            return False
        theirs = floor(self.ordinary_places * min(1.0, self.capacity_share / self.unplanned_part) + 0.5)
        unplanned = self.in_care - self.planned_in_care
        return unplanned < theirs and self.in_care < floor(self.ordinary_places + 0.5)

    @property
    def planned_in_care(self) -> int:
        """Those in a bed of medicine whose stay was planned."""
        return sum(self.is_planned(patient) for patient in self.there)

    def is_planned(self, patient: Patient) -> bool:
        """Their stay in medicine is one for which they were called in."""
        return self.stream is Stream.MEDICINE and patient.wards_left == 0

    def lay(self, patient: Patient) -> None:
        """The patient is in care there."""
        self.in_care += 1
        self.there.append(patient)
        patient.ward, patient.where = self, Where.IN_CARE

    def leave_box(self) -> None:
        """One more is in the corridor, and a box is free."""
        self.in_care -= 1
        self.in_corridor += 1

    @property
    def has_room(self) -> bool:
        """One more is within its places and the queue that it tolerates."""
        return self.load + 1 <= (1.0 + self.tolerated) * self.open_places

    @property
    def load(self) -> int:
        """Patients who are there or on the road to it."""
        return self.in_care + self.waiting + self.inbound

    def queue_of(self, patient: Patient) -> deque[Patient]:
        """The one of the two queues in which the patient waits."""
        return self.first if patient.is_time_critical or patient.wards_left > 0 else self.second


@dataclass(eq=False, slots=True, kw_only=True)
class Clinic(Unit):
    """Appointments of one stream at one site, or calls to a SAMU: patients are counted, not followed."""

    planned: float
    """Sessions planned that do not yet make a whole one."""
    urgent_planned: float
    """Urgent images or analyses asked for that do not yet make a whole one."""
    asked: float = 1.0
    """Of the usual sessions, how many are asked for."""
    credit: float = 0.0
    """Sessions that can be held, likewise."""
    unanswered: float = 0.0
    """Of the calls to a SAMU in the past hour, the share that nobody answered."""
    appointments: deque[tuple[int, int]] = field(default_factory=deque)
    """Those who wait: the hour for which they were first planned, and how many they are; oldest first."""
    urgent: deque[tuple[int, int]] = field(default_factory=deque)
    """Those whose image or analysis cannot wait for long, likewise; they go before the appointments."""

    @property
    def waiting(self) -> int:
        """Patients whose session has not been held."""
        return self.urgent_waiting + sum(count for _, count in self.appointments)

    @property
    def urgent_waiting(self) -> int:
        """Those among them whose image or analysis cannot wait for long."""
        return sum(count for _, count in self.urgent)

    @property
    def is_struck(self) -> bool:
        """Outages leave less of it than on an ordinary day."""
        return self.capacity_share < 1.0 or self.stay_factor > 1.0

    def take(self, most: int) -> int:
        """The urgent first, of each the oldest; how many there were."""
        taken = 0
        for queue in (self.urgent, self.appointments):
            while queue and taken < most:
                hour, count = queue.popleft()
                here = min(count, most - taken)
                taken += here
                if here < count:
                    queue.appendleft((hour, count - here))
        return taken

    def lose_until(self, hour: int) -> int:
        """Those planned for this hour or before it are lost; how many they are."""
        return _leave_until(self.appointments, hour)

    def late_until(self, hour: int) -> int:
        """Those asked for as urgent in this hour or before it wait no longer as such; how many they are."""
        return _leave_until(self.urgent, hour)


def _leave_until(queue: deque[tuple[int, int]], hour: int) -> int:
    left = 0
    while queue and queue[0][0] <= hour:
        left += queue.popleft()[1]
    return left
