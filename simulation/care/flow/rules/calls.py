"""Calls to the SAMUs: answered in the hour by one's own or by a neighbour, or else who called rings again or gives up.

A SAMU answers those who rang before and those who ring now, as many as its lines allow. Where outages have struck it,
its neighbours take its calls, the nearest first: each answers what its own callers have left, and a share of its hour
more, which its own callers will miss. Of those whom nobody answers, some ring again in the hour to come and the others
give up. The share not answered delays the care of the time-critical of the departments that the SAMU directs.
"""

from math import floor

import numpy as np
from numpy.typing import NDArray

from simulation.care.flow.rules.hospitals import Hospitals
from simulation.care.flow.rules.ward import Clinic
from simulation.inputs.streams import WardKind


class Calls:
    """The SAMUs of a region."""

    def __init__(self, hospitals: Hospitals, calls: NDArray[np.int32]) -> None:
        """`calls` is of shape (hours, SAMUs)."""
        self.hospitals = hospitals
        self.table = hospitals.table
        self.came = calls
        self.samus = [
            unit
            for unit in hospitals.units
            if isinstance(unit, Clinic) and unit.stream.kind is WardKind.CALLS
        ]
        self.ringing = [0] * len(self.samus)
        """Who rang and was not answered, by SAMU."""
        self.column = {samu.number: column for column, samu in enumerate(self.samus)}

    def answer(self) -> None:
        """The calls of the hour."""
        self.rang = [
            self.ringing[column] + int(self.came[self.hospitals.hour, column])
            for column in range(len(self.samus))
        ]
        for column, samu in enumerate(self.samus):
            self.answer_own(column, samu)
        for column, samu in enumerate(self.samus):
            if samu.is_struck:
                self.call_on_neighbours(column, samu)
        for column, samu in enumerate(self.samus):
            self.ring_again(column, samu)

    def lines(self, column: int) -> float:
        """Calls that a SAMU can answer in this hour on an ordinary day."""
        return float(self.table.answers[self.hospitals.hour, column])

    def answer_own(self, column: int, samu: Clinic) -> None:
        """Those who rang before, and those who ring for the first time."""
        self.hospitals.count("demand", samu, self.rang[column] - self.ringing[column])
        self.ringing[column] = self.rang[column]
        samu.credit += self.lines(column) * samu.capacity_share / samu.stay_factor
        self.take(column, samu, floor(samu.credit))

    def call_on_neighbours(self, column: int, samu: Clinic) -> None:
        """Those that are not struck, the nearest first."""
        begins, ends = self.table.neighbour_first[samu.number : samu.number + 2]
        for number in self.table.neighbour_ward[begins:ends].tolist():
            other = self.samus[self.column[number]]
            if not other.is_struck:
                more = self.table.samu_help_share * self.lines(self.column[number])
                taken = self.take(column, other, floor(other.credit + more))
                self.hospitals.count("calls_out", samu, taken)
                self.hospitals.count("calls_in", other, taken)

    def take(self, column: int, by: Clinic, most: int) -> int:
        """So many of a SAMU's calls at most are answered by one; how many there were."""
        taken = max(0, min(self.ringing[column], most))
        self.ringing[column] -= taken
        by.credit -= taken
        for name in ("served", "in_care"):
            self.hospitals.count(name, by, taken)
        return taken

    def ring_again(self, column: int, samu: Clinic) -> None:
        """Of those whom nobody answered, some ring again within the hour to come."""
        unanswered = self.ringing[column]
        self.ringing[column] = floor(unanswered * self.table.rings_again_share + 0.5)
        samu.unanswered = unanswered / max(1, self.rang[column])
        if not unanswered:
            samu.credit = min(samu.credit, 1.0)
        self.hospitals.count("unmet", samu, unanswered - self.ringing[column])
        samu.appointments.clear()
        samu.appointments.append((self.hospitals.hour, self.ringing[column]))
