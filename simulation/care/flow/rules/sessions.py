"""Sessions: appointments that are planned, held in turn, postponed when capacity lacks, and lost in the end."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor

import numpy as np
from numpy.typing import NDArray

from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.ward import Ward
from simulation.inputs.streams import BEDSIDE, STREAMS, Stream


@dataclass(eq=False, slots=True)
class Appointments:
    """Those who wait for a session of a ward, by the hour for which they were first planned, oldest first."""

    planned: float
    """Sessions planned that do not yet make a whole one."""
    credit: float = 0.0
    """Sessions that can be held, likewise."""
    queue: deque[tuple[int, int]] = field(default_factory=deque)
    """Hours and numbers of patients."""

    @property
    def waiting(self) -> int:
        """Patients whose session has not been held."""
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

    def lose_until(self, hour: int) -> int:
        """Those planned for this hour or before it are lost; how many they are."""
        lost = 0
        while self.queue and self.queue[0][0] <= hour:
            lost += self.queue.popleft()[1]
        return lost


class Sessions:
    """The appointments of every ward of sessions, and the calls to every SAMU."""

    def __init__(self, hospitals: Hospitals, calls: NDArray[np.int32], planned: Sequence[float]) -> None:
        """`calls` is of shape (hours, SAMUs); `planned`, by ward, is the part of a session planned at the start."""
        self.hospitals = hospitals
        self.book = hospitals.book
        self.appointments = {
            ward.number: Appointments(planned[ward.number])
            for ward in hospitals.wards
            if ward.stream not in BEDSIDE
        }
        samus = [ward.number for ward in hospitals.wards if ward.stream is Stream.SAMU]
        self.calls = {number: calls[:, column] for column, number in enumerate(samus)}

    def holds(self, ward: Ward) -> bool:
        """The ward works by appointment."""
        return ward.number in self.appointments

    def hold(self, ward: Ward) -> None:
        """The hour's sessions: those planned and those postponed, first come, first served; then losses are counted."""
        appointments = self.appointments[ward.number]
        came = self.calls_of(ward) if ward.stream is Stream.SAMU else self.plan(ward, appointments)
        appointments.queue.append((self.hospitals.hour, came))
        stream = STREAMS.index(ward.stream)
        places = self.book.places[ward.number] * self.book.opening[stream, self.hospitals.hour]
        appointments.credit += places * ward.capacity / ward.longer
        held = appointments.take(floor(appointments.credit))
        appointments.credit -= held
        if appointments.waiting == 0:
            appointments.credit = min(appointments.credit, 1.0)
        lost = appointments.lose_until(self.hospitals.hour - int(self.book.patience_h[ward.number]))
        for name, count in (("demand", came), ("served", held), ("in_care", held), ("unmet", lost)):
            self.hospitals.count(name, ward, count)

    def calls_of(self, ward: Ward) -> int:
        """Calls to the SAMU in this hour."""
        return int(self.calls[ward.number][self.hospitals.hour])

    def plan(self, ward: Ward, appointments: Appointments) -> int:
        """Whole sessions planned for this hour; the rest is kept for the next."""
        stream = STREAMS.index(ward.stream)
        appointments.planned += (
            self.book.hourly[ward.number] * self.book.arrivals[stream, self.hospitals.hour]
        )
        came = floor(appointments.planned)
        appointments.planned -= came
        return came

    def wait_for_exam_h(self, maker: int) -> float:
        """How long an image or a result takes: as long as the queue of the ward that makes it; none without one."""
        if maker < 0:
            return 0.0
        return float(min(self.book.exam_most_h, self.appointments[maker].waiting / self.book.places[maker]))
