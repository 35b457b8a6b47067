"""What becomes of each patient, told again in plain SimPy: the rules of `care/flow/loop.py`, without its speed.

Every arrival, end of stay and loss of patience is a SimPy event of its own; wards keep their queues in order. Draws are
the roster's, so that the compiled loop and this model must tell the same history, patient by patient.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from math import floor, nan
from typing import NamedTuple, TypeVarTuple

import numpy as np
import simpy
from numpy.typing import NDArray

from simulation.care.capacity.length_of_stay import QUANTILES
from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrays import Roster
from simulation.care.flow.arrivals import roster_of
from simulation.care.flow.care import Care
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import BEDSIDE, EMERGENCY, STREAMS, Stream

Given = TypeVarTuple("Given")
OUT, ELSEWHERE, UNMET = -1, -2, -3
"""How a patient leaves for good: cared for, hospitalised elsewhere, not cared for."""
COUNTS = ("demand", "served", "diverted_out", "diverted_in", "unmet", "waiting", "in_care")
ROUND_STEP = 37
"""Wards by which the round of the beds begins further each hour."""
WAYS = 3
"""Medicine, critical care, urgent surgery: a fourth chance is to be hospitalised elsewhere."""


class Lot(Enum):
    """What a patient's lots decide; the number is that of the draw, to which some add the step."""

    STAY = 0
    ROUTE = 8
    PATIENCE = 16
    REROUTE = 17
    JOURNEY = 18
    IMAGING = 26
    LABORATORY = 27


class Change(NamedTuple):
    """From now on a ward has this share of its places, stays are so much longer, and minutes are added."""

    at_h: float
    ward: int
    capacity: float
    longer: float = 1.0
    minutes: float = 0.0


class Told(NamedTuple):
    """What happened, to each patient and in each hour of each ward."""

    history: NDArray[np.float64]
    """Of shape (N, 4): when each was first taken, in which ward, when he left for good, how he left."""
    counts: dict[str, NDArray[np.int64]]
    """By name in `COUNTS`, of shape (H, W)."""
    full_h: NDArray[np.float64]
    time_critical_min: NDArray[np.float64]


class Where(Enum):
    """Where a patient is."""

    ABSENT = auto()
    ON_THE_ROAD = auto()
    WAITING = auto()
    IN_CARE = auto()
    GONE = auto()


@dataclass(eq=False, slots=True)
class Patient:
    """One who comes, and his lots."""

    number: int
    draw: int
    came_h: float
    time_critical: bool
    by_ambulance: bool
    where: Where = Where.ABSENT
    joined_h: float = 0.0
    holds: "Ward | None" = None
    """The ward whose place he keeps while he waits for another."""
    then: int = OUT
    step: int = 0
    """Wards that he has passed through."""

    def lot(self, purpose: Lot) -> float:
        """A number in 0..1 (SplitMix64, Steele, Lea and Flood 2014)."""
        several = purpose in {Lot.STAY, Lot.ROUTE, Lot.JOURNEY}
        number = purpose.value + (self.step if several else 0)
        mixed = (self.draw + (number + 1) * 0x9E3779B97F4A7C15) % 2**64
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
        mixed ^= mixed >> 31
        return (mixed >> 11) / 2**53


@dataclass(eq=False, slots=True)
class Ward:
    """One stream at one site; of sessions, only capacity and stays are used here."""

    number: int
    stream: Stream
    capacity: float = 1.0
    longer: float = 1.0
    minutes: float = 0.0
    open_places: int = 0
    in_care: int = 0
    inbound: int = 0
    first: deque[Patient] = field(default_factory=deque)
    second: deque[Patient] = field(default_factory=deque)
    is_full: bool = False
    full_since_h: float = 0.0
    image_h: float = 0.0
    analysis_h: float = 0.0

    @property
    def waiting(self) -> int:
        return len(self.first) + len(self.second)

    @property
    def has_a_free_place(self) -> bool:
        return self.in_care < self.open_places

    @property
    def load(self) -> int:
        """Who is there or on the road to it."""
        return self.in_care + self.waiting + self.inbound

    def queue_of(self, patient: Patient) -> deque[Patient]:
        """First those whose minutes count and those who come from another ward; then the others."""
        return self.first if patient.time_critical or patient.step > 0 else self.second


@dataclass(eq=False, slots=True)
class AppointmentBook:
    """Sessions of a ward: those who wait for theirs, by the hour for which they were first planned, oldest first."""

    planned: float
    credit: float = 0.0
    queue: deque[tuple[int, int]] = field(default_factory=deque)

    @property
    def waiting(self) -> int:
        return sum(count for _, count in self.queue)

    def take(self, most: int) -> int:
        """The oldest come first; how many there were."""
        taken = 0
        while self.queue and taken < most:
            hour, count = self.queue.popleft()
            here = min(count, most - taken)
            taken += here
            if here < count:
                self.queue.appendleft((hour, count - here))
        return taken

    def forget_until(self, hour: int) -> int:
        """Those planned for this hour or before it are lost; how many they are."""
        lost = 0
        while self.queue and self.queue[0][0] <= hour:
            lost += self.queue.popleft()[1]
        return lost


class PlainCare:
    """The care of one replication: `run` tells what became of everyone."""

    def __init__(
        self,
        wards: Wards,
        roster: Roster,
        changes: Sequence[Change] = (),
        *,
        planned: Sequence[float],
    ) -> None:
        self.env = simpy.Environment()
        self.book = wards.book
        self.roster = roster
        self.hours = self.book.arrivals.shape[1]
        self.wards = [Ward(number, stream) for number, stream in enumerate(wards.stream)]
        self.sessions = {
            ward.number: AppointmentBook(planned[ward.number])
            for ward in self.wards
            if ward.stream not in BEDSIDE
        }
        samus = [ward.number for ward in self.wards if ward.stream is Stream.SAMU]
        self.calls = {number: roster.calls[:, column] for column, number in enumerate(samus)}
        self.vehicles_back_h = [[0.0] * vehicles for vehicles in self.book.vehicles.tolist()]
        self.changes = changes
        self.hour = 0
        shape = (self.hours, len(self.wards))
        self.counts = {name: np.zeros(shape, np.int64) for name in COUNTS}
        self.full_h = np.zeros(shape)
        self.time_critical_min = np.zeros(shape)
        self.history = np.full((len(roster.ward), 4), nan)

    def run(self) -> Told:
        """Everything until the horizon. What is put down first comes first at the same instant: the whole hours."""
        for hour in range(self.hours):
            self.after(float(hour), self.begin_hour, hour)
        for one in self.changes:
            self.after(one.at_h, self.change, one)
        for number in range(len(self.roster.ward)):
            self.expect(number)
        self.env.run(until=self.hours)
        self.close_hour()
        return Told(self.history, self.counts, self.full_h, self.time_critical_min)

    def after(self, delay_h: float, happens: Callable[[*Given], None], *given: *Given) -> None:
        """This will happen."""
        timeout = self.env.timeout(delay_h)
        assert timeout.callbacks is not None
        timeout.callbacks.append(lambda _: happens(*given))

    def count(self, name: str, ward: Ward, number: int = 1) -> None:
        self.counts[name][self.hour, ward.number] += number

    # ---------------------------------------------------------------------------------------------- a patient's way

    def expect(self, number: int) -> None:
        """He is in care at the start, or comes at his hour."""
        roster = self.roster
        patient = Patient(
            number=number,
            draw=int(roster.draw[number]),
            came_h=float(roster.came_h[number]),
            time_critical=bool(roster.kind[number]),
            by_ambulance=bool(roster.ambulance[number]),
        )
        ward = self.wards[roster.ward[number]]
        if patient.came_h >= 0.0:
            self.after(patient.came_h, self.come, patient, ward)
            return
        patient.where = Where.IN_CARE
        ward.in_care += 1
        patient.then = self.draw_next_ward(patient, ward)
        self.after(float(roster.leaves_h[number]), self.end_stay, patient, ward)

    def come(self, patient: Patient, ward: Ward) -> None:
        """He comes for the first time; an ambulance goes elsewhere when told in time that the department is full."""
        self.count("demand", ward)
        if patient.by_ambulance and ward.is_full and self.samu_reaches(patient, ward):
            for target, journey_h in self.neighbours(ward):
                room = (1.0 + float(self.book.tolerated[target.number])) * target.open_places
                if not target.is_full and target.load + 1 <= room:
                    self.send(patient, ward, target, journey_h)
                    return
        self.join(patient, ward)

    def samu_reaches(self, patient: Patient, ward: Ward) -> bool:
        """The SAMU directs him, by as much as it works."""
        samu = self.samu_of(ward)
        return patient.lot(Lot.REROUTE) < (1.0 if samu is None else samu.capacity)

    def samu_of(self, ward: Ward) -> Ward | None:
        number = int(self.book.samu[ward.number])
        return self.wards[number] if number >= 0 else None

    def neighbours(self, ward: Ward) -> Iterator[tuple[Ward, float]]:
        """The wards of the stream within its bound, nearest first, with the hours of the journey on an ordinary day."""
        begins, ends = self.book.onward_first[ward.number : ward.number + 2]
        for place in range(begins, ends):
            yield self.wards[self.book.onward_ward[place]], float(self.book.onward_h[place])

    def send(self, patient: Patient, ward: Ward, target: Ward, journey_h: float) -> None:
        """He is on the road, a minute more or less; roads closed around either end slow him."""
        self.count("diverted_out", ward)
        target.inbound += 1
        patient.where = Where.ON_THE_ROAD
        slow = max(self.book.slow[self.book.slow_row[each.number], self.hour] for each in (ward, target))
        on_the_road_h = float(journey_h * slow + patient.lot(Lot.JOURNEY) / 60.0)
        self.after(on_the_road_h, self.come_by_road, patient, target)

    def come_by_road(self, patient: Patient, ward: Ward) -> None:
        ward.inbound -= 1
        self.count("diverted_in", ward)
        self.join(patient, ward)

    def join(self, patient: Patient, ward: Ward) -> None:
        """He waits for a place, if only for an instant; the department may find that too many do."""
        patient.where = Where.WAITING
        patient.joined_h = self.env.now
        ward.queue_of(patient).append(patient)
        self.fill(ward)
        if ward.stream not in EMERGENCY:
            return
        if patient.where is Where.WAITING and not patient.time_critical:
            patience_h = at_quantile(self.book.patience, patient.lot(Lot.PATIENCE))
            self.after(patience_h, self.lose_patience, patient, ward)
        if not ward.is_full and ward.waiting > self.book.tolerated[ward.number] * ward.open_places:
            ward.is_full = True
            ward.full_since_h = self.env.now

    def lose_patience(self, patient: Patient, ward: Ward) -> None:
        if patient.where is Where.WAITING and patient.step == 0:
            self.leave_unmet(patient, ward)

    def leave_queue(self, patient: Patient, ward: Ward) -> None:
        """He waits no longer; a full department takes that back once at most half of those it tolerates wait."""
        ward.queue_of(patient).remove(patient)
        tolerated = self.book.tolerated[ward.number] * ward.open_places
        if ward.is_full and ward.open_places > 0 and 2 * ward.waiting <= tolerated:
            self.count_full_h(ward)
            ward.is_full = False

    def give_back_place(self, patient: Patient) -> None:
        """The place that he held while he waited is free, and takes the next."""
        held, patient.holds = patient.holds, None
        if held is not None:
            held.in_care -= 1
            self.fill(held)

    def fill(self, ward: Ward) -> None:
        """Free places take the first who wait."""
        while ward.waiting > 0 and ward.has_a_free_place:
            patient = (ward.first or ward.second)[0]
            self.leave_queue(patient, ward)
            self.take(patient, ward)
            self.give_back_place(patient)

    def take(self, patient: Patient, ward: Ward) -> None:
        """He has his place; where he goes next is drawn, then how long he stays."""
        ward.in_care += 1
        patient.where = Where.IN_CARE
        self.count("served", ward)
        if patient.step == 0:
            self.history[patient.number, :2] = self.env.now, ward.number
        patient.then = self.draw_next_ward(patient, ward)
        goes_home, goes_on = self.book.stay_class[ward.number]
        stays = self.book.stays[goes_home if patient.then == OUT else goes_on]
        stay_h = at_quantile(stays, patient.lot(Lot.STAY)) * ward.longer
        if ward.stream in EMERGENCY:
            if patient.lot(Lot.IMAGING) < self.book.imaging_share:
                stay_h += ward.image_h
            if patient.lot(Lot.LABORATORY) < self.book.laboratory_share:
                stay_h += ward.analysis_h * self.book.laboratory_lengthens
            if patient.time_critical:
                self.count_minutes(patient, ward)
        self.after(stay_h, self.end_stay, patient, ward)

    def count_minutes(self, patient: Patient, ward: Ward) -> None:
        """From the moment he came to his care, with what outages of the department and of the SAMU add."""
        minutes = (self.env.now - patient.came_h) * 60.0 + ward.minutes
        samu = self.samu_of(ward)
        if samu is not None:
            minutes += self.book.samu_delay_min * max(0.0, 1.0 - samu.capacity)
        self.time_critical_min[self.hour, ward.number] += minutes

    def draw_next_ward(self, patient: Patient, ward: Ward) -> int:
        """The number of the ward of his site where he goes after his stay, `OUT` or `ELSEWHERE`."""
        row = 1 if patient.time_critical and ward.stream in EMERGENCY else 0
        chance = patient.lot(Lot.ROUTE)
        for way, cumulated in enumerate(self.book.routes[ward.number, row]):
            if chance < cumulated:
                goal = int(self.book.next_ward[ward.number, way]) if way < WAYS else ELSEWHERE
                return goal if goal >= 0 else ELSEWHERE
        return OUT

    def end_stay(self, patient: Patient, ward: Ward) -> None:
        """He leaves for good, or asks for his next place and keeps this one meanwhile."""
        if patient.then in {OUT, ELSEWHERE}:
            self.leave_for_good(patient, patient.then)
            ward.in_care -= 1
            self.fill(ward)
            return
        patient.step += 1
        patient.holds = ward
        goal = self.wards[patient.then]
        self.count("demand", goal)
        self.join(patient, goal)

    def leave_unmet(self, patient: Patient, ward: Ward) -> None:
        self.leave_queue(patient, ward)
        self.count("unmet", ward)
        self.leave_for_good(patient, UNMET)
        self.give_back_place(patient)

    def leave_for_good(self, patient: Patient, how: int) -> None:
        patient.where = Where.GONE
        self.history[patient.number, 2:] = self.env.now, how

    # ------------------------------------------------------------------------------------------------------- each hour

    def begin_hour(self, hour: int) -> None:
        """Places open or close, sessions are held; then the round of the beds, ward by ward."""
        if hour > 0:
            self.close_hour()
        self.hour = hour
        for ward in self.wards:
            if ward.number in self.sessions:
                self.hold_sessions(ward, self.sessions[ward.number])
            else:
                self.open_places(ward)
        first = hour * ROUND_STEP % len(self.wards)
        for ward in self.wards[first:] + self.wards[:first]:
            if ward.stream in EMERGENCY:
                ward.image_h = self.wait_for_exam_h(int(self.book.imaging[ward.number]))
                ward.analysis_h = self.wait_for_exam_h(int(self.book.laboratory[ward.number]))
            if ward.number not in self.sessions:
                self.make_round(ward)

    def close_hour(self) -> None:
        """What is counted at the end of an hour."""
        for ward in self.wards:
            if ward.number in self.sessions:
                self.count("waiting", ward, self.sessions[ward.number].waiting)
                continue
            self.count("waiting", ward, ward.waiting)
            self.count("in_care", ward, ward.in_care)
            if ward.is_full:
                self.count_full_h(ward)

    def count_full_h(self, ward: Ward) -> None:
        self.full_h[self.hour, ward.number] += self.env.now - ward.full_since_h
        ward.full_since_h = self.env.now

    def open_places(self, ward: Ward) -> None:
        """Nobody in care is put out; free places take."""
        ordinary = self.book.places[ward.number] * self.book.opening[STREAMS.index(ward.stream), self.hour]
        ward.open_places = floor(ordinary * ward.capacity + 0.5)
        self.fill(ward)

    def change(self, to: Change) -> None:
        """An outage or a plan, at any instant; sessions notice at the next whole hour."""
        ward = self.wards[to.ward]
        ward.capacity, ward.longer, ward.minutes = to.capacity, to.longer, to.minutes
        if to.ward not in self.sessions:
            self.open_places(ward)

    def hold_sessions(self, ward: Ward, appointments: AppointmentBook) -> None:
        """Those planned and those put off, first come first served; who has waited beyond patience is lost."""
        number, stream = ward.number, STREAMS.index(ward.stream)
        if ward.stream is Stream.SAMU:
            came = int(self.calls[number][self.hour])
        else:
            appointments.planned += self.book.hourly[number] * self.book.arrivals[stream, self.hour]
            came = floor(appointments.planned)
            appointments.planned -= came
        appointments.queue.append((self.hour, came))
        places = self.book.places[number] * self.book.opening[stream, self.hour]
        appointments.credit += places * ward.capacity / ward.longer
        held = appointments.take(floor(appointments.credit))
        appointments.credit -= held
        if appointments.waiting == 0:
            appointments.credit = min(appointments.credit, 1.0)
        lost = appointments.forget_until(self.hour - int(self.book.patience_h[number]))
        for name, count in (("demand", came), ("served", held), ("in_care", held), ("unmet", lost)):
            self.count(name, ward, count)

    def wait_for_exam_h(self, maker: int) -> float:
        """How long an image or an analysis takes: as long as the queue of the ward that makes it."""
        if maker < 0:
            return 0.0
        return float(min(self.book.exam_most_h, self.sessions[maker].waiting / self.book.places[maker]))

    def make_round(self, ward: Ward) -> None:
        """Critically ill patients beyond patience are lost; those who have waited long enough are moved in turn."""
        if ward.stream is Stream.CRITICAL_CARE:
            for patient in [*ward.first, *ward.second]:
                if self.env.now - patient.joined_h > self.book.patience_h[ward.number]:
                    self.leave_unmet(patient, ward)
        after_h = self.book.transfer_after_h[STREAMS.index(ward.stream)]
        if after_h < 0.0:
            return
        who = [*ward.first] if ward.stream in EMERGENCY else [*ward.first, *ward.second]
        for patient in who:
            if self.env.now - patient.joined_h >= after_h and not self.move(patient, ward):
                return

    def move(self, patient: Patient, ward: Ward) -> bool:
        """To the nearest ward with a free place; the critically ill need a vehicle, and those without one wait on."""
        vehicles = self.vehicles_back_h[int(self.book.department[ward.number])]
        there = [number for number, back_h in enumerate(vehicles) if back_h <= self.env.now]
        needs_vehicle = ward.stream is Stream.CRITICAL_CARE
        if needs_vehicle and not there:
            return False
        for target, journey_h in self.neighbours(ward):
            if target.is_full or target.load >= target.open_places:
                continue
            if needs_vehicle:
                vehicles[there[0]] = self.env.now + 2.0 * journey_h + self.book.handling_h
            self.leave_queue(patient, ward)
            self.send(patient, ward, target, journey_h)
            self.give_back_place(patient)
            return True
        return False


def at_quantile(table: NDArray[np.float64], quantile: float) -> float:
    """The value of a table of quantiles, linear between its steps."""
    place = quantile * QUANTILES
    step = floor(place)
    return float(table[step] + (place - step) * (table[step + 1] - table[step]))


def lived(wards: Wards, parameters: Parameters, luck: Luck, changes: Sequence[Change] = ()) -> Care:
    """The same care, lived by the compiled loop, day by day, with every patient followed."""
    env = simpy.Environment()
    care = Care(env, wards, parameters, luck, history=True)

    def crisis() -> Generator[simpy.Event, None, None]:
        for one in changes:
            yield env.timeout(one.at_h - env.now)
            care.change(one.ward, one.capacity, one.longer, one.minutes)

    env.process(crisis())
    env.process(care.run())
    env.run(until=care.hours)
    care.finish()
    return care


def told(wards: Wards, parameters: Parameters, luck: Luck, changes: Sequence[Change] = ()) -> Told:
    """What the plain model tells of the same patients."""
    planned = luck.stream("planned").random(len(wards.finess)).tolist()
    roster = roster_of(wards, parameters, luck)
    return PlainCare(wards, roster, changes, planned=planned).run()
