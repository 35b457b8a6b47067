"""All wards of a region, the hour, and what is counted."""

from collections.abc import Callable, Iterator
from typing import TypeVarTuple

import numpy as np
import simpy

from simulation.care.capacity.wards import Wards
from simulation.care.flow.rules.patient import Exit, Patient, Where
from simulation.care.flow.rules.ward import Ward

Given = TypeVarTuple("Given")
COUNTS = ("demand", "served", "diverted_out", "diverted_in", "unmet", "waiting", "in_care")


class Hospitals:
    """The wards, the clock, and the counts of one replication."""

    def __init__(self, wards: Wards, patients: int) -> None:
        self.env = simpy.Environment()
        self.book = wards.book
        self.hours = self.book.arrivals.shape[1]
        self.hour = 0
        """The hour that has begun."""
        self.wards = [
            Ward(number, stream, float(self.book.tolerated[number]))
            for number, stream in enumerate(wards.stream)
        ]
        shape = (self.hours, len(self.wards))
        self.counts = {name: np.zeros(shape, np.int64) for name in COUNTS}
        """By name, of shape (hours, wards)."""
        self.diversion_h = np.zeros(shape)
        """Part of each hour for which the department is on diversion, of shape (hours, wards)."""
        self.time_critical_min = np.zeros(shape)
        """Minutes until care of the time-critical patients taken, of shape (hours, wards)."""
        self.history = np.full((patients, 4), np.nan)
        """Of shape (patients, 4): when each was first taken, in which ward, when they left for good, and how."""

    @property
    def now_h(self) -> float:
        """The present instant, in hours from the scenario's start."""
        return float(self.env.now)

    def after(self, delay_h: float, happens: Callable[[*Given], None], *given: *Given) -> None:
        """This will happen."""
        timeout = self.env.timeout(delay_h)
        assert timeout.callbacks is not None
        timeout.callbacks.append(lambda _: happens(*given))

    def samu_of(self, ward: Ward) -> Ward | None:
        """The SAMU that directs the ambulances of an emergency department."""
        number = int(self.book.samu[ward.number])
        return self.wards[number] if number >= 0 else None

    def neighbours(self, ward: Ward) -> Iterator[tuple[Ward, float]]:
        """The wards of the stream within its bound, nearest first, with the hours of the journey on an ordinary day."""
        begins, ends = self.book.onward_first[ward.number : ward.number + 2]
        for place in range(begins, ends):
            yield self.wards[self.book.onward_ward[place]], float(self.book.onward_h[place])

    def slowdown(self, ward: Ward, target: Ward) -> float:
        """The journey over that of an ordinary day: roads may be closed around either end."""
        return float(max(self.book.slow[self.book.slow_row[end.number], self.hour] for end in (ward, target)))

    def count(self, name: str, ward: Ward, number: int = 1) -> None:
        """So many more in the hour that has begun."""
        self.counts[name][self.hour, ward.number] += number

    def count_diversion(self, ward: Ward) -> None:
        """The time on diversion since it was last counted."""
        self.diversion_h[self.hour, ward.number] += self.now_h - ward.diversion_since_h
        ward.diversion_since_h = self.now_h

    def note_taken(self, patient: Patient, ward: Ward) -> None:
        """The history says when the patient was first taken, and where."""
        self.history[patient.number, :2] = self.now_h, ward.number

    def note_gone(self, patient: Patient, how: Exit) -> None:
        """The history says when the patient left for good, and how."""
        patient.where = Where.GONE
        self.history[patient.number, 2:] = self.now_h, how
