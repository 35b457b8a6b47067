"""The hospitals of a region: all wards and clinics, the hour, and what is counted."""

from collections.abc import Callable, Iterator, Sequence
from math import floor
from typing import TypeVarTuple

import numpy as np
import simpy

from simulation.care.capacity.ward_table import ELSEWHERE, NO_WARD, After, NextWard, Urgency
from simulation.care.capacity.wards import Wards
from simulation.care.flow.changes import Doors
from simulation.care.flow.codes import Exit, Where
from simulation.care.flow.draws import Purpose
from simulation.care.flow.record import blank_history
from simulation.care.flow.rules.homes import Homes
from simulation.care.flow.rules.patient import Patient, at_quantile
from simulation.care.flow.rules.ward import Clinic, Unit, Ward
from simulation.inputs.streams import BEDSIDE, NUMBER, Stream, WardKind

Given = TypeVarTuple("Given")
COUNTS = (
    "demand",
    "served",
    "ambulances_diverted_out",
    "ambulances_diverted_in",
    "moved_on_out",
    "moved_on_in",
    "ambulances_late",
    "calls_out",
    "calls_in",
    "patients_transferred_out",
    "patients_transferred_in",
    "urgent_exams",
    "late_exams",
    "unmet",
    "waiting",
    "in_care",
    "in_corridor",
)


class Hospitals:
    """The wards and clinics, the clock, and the counts of one replication."""

    def __init__(self, wards: Wards, planned: Sequence[float], patients: int) -> None:
        """`planned`, by ward, is the part of a session that is planned at the start."""
        self.env = simpy.Environment()
        self.table = wards.table
        self.hours = wards.hours
        self.hour = 0
        """The hour that has begun."""
        self.units = [
            self._ward(number, stream)
            if stream in BEDSIDE
            else Clinic(number=number, stream=stream, planned=planned[number], urgent_planned=planned[number])
            for number, stream in enumerate(wards.stream)
        ]
        shape = (self.hours, len(self.units))
        self.counts = {name: np.zeros(shape, np.int64) for name in COUNTS}
        """By name, of shape (hours, wards)."""
        self.diversion_h = np.zeros(shape)
        """Part of each hour for which the department is on diversion, of shape (hours, wards)."""
        self.doors_h = {doors: np.zeros(shape) for doors in Doors}
        """Part of each hour for which the department's doors were so, of shape (hours, wards)."""
        self.left_unseen = 0
        """Those whose patience ended, whether they went to another department or to none."""
        self.ambulance_late_h = 0.0
        """By which ambulances came later, there being none free."""
        self.before_min = dict.fromkeys(("late_min", "road_min", "samu_min"), 0.0)
        """Of the minutes until care, those before the door: by late ambulances, on the road, for want of an answer."""
        self.diverted_critical = 0
        """Time-critical patients whose ambulance was diverted."""
        self.stays_put_off = 0
        """Those who were to come for a planned stay and wait, or waited, at home."""
        self.moved_out = 0
        """Those moved from the bed where they were, their ward being emptied."""
        self.stayed_away = 0
        """Those who went to no department, theirs being closed or shunned."""
        self.time_critical_min = np.zeros(shape)
        """Minutes until care of the time-critical patients taken, of shape (hours, wards)."""
        self.homes = Homes(wards.table)
        self.history = blank_history(patients)

    def _ward(self, number: int, stream: Stream) -> Ward:
        return Ward(
            number=number,
            stream=stream,
            tolerated=float(self.table.queue_tolerated[number]),
            to_reopen=float(self.table.queue_to_reopen[number]),
            unplanned_part=float(self.table.unplanned_part[number]),
        )

    @property
    def now_h(self) -> float:
        """The present instant, in hours from the scenario's start."""
        return float(self.env.now)

    def after(self, delay_h: float, happens: Callable[[*Given], None], *given: *Given) -> None:
        """This will happen."""
        timeout = self.env.timeout(delay_h)
        assert timeout.callbacks is not None
        timeout.callbacks.append(lambda _: happens(*given))

    def ward(self, number: int) -> Ward:
        """The ward of this number."""
        ward = self.units[number]
        assert isinstance(ward, Ward), "patients go to wards, not to clinics"
        return ward

    def clinic(self, number: int) -> Clinic | None:
        """The clinic or SAMU of this number, if there is one."""
        if number == NO_WARD:
            return None
        clinic = self.units[number]
        assert isinstance(clinic, Clinic), "images, analyses and calls are made by appointment"
        return clinic

    def samu_of(self, ward: Ward) -> Clinic | None:
        """The SAMU that directs the ambulances of an emergency department."""
        return self.clinic(int(self.table.samu[ward.number]))

    def neighbours(self, ward: Ward) -> Iterator[tuple[Ward, float]]:
        """The wards of the stream within its bound, nearest first, with the hours of the journey on an ordinary day."""
        begins, ends = self.table.neighbour_first[ward.number : ward.number + 2]
        for place in range(begins, ends):
            yield self.ward(self.table.neighbour_ward[place]), float(self.table.neighbour_h[place])

    def slowdown(self, ward: Ward, target: Ward) -> float:
        """The journey over that of an ordinary day: roads may be closed around either end."""
        rows = (self.table.slowdown_row[end.number] for end in (ward, target))
        return float(max(self.table.slowdown[row, self.hour] for row in rows))

    def opened(self, unit: Unit) -> float:
        """Places, or sessions per hour, that are open in this hour on an ordinary day."""
        share = self.table.opening_profile[NUMBER[unit.stream], self.hour]
        return float(self.table.places[unit.number] * self.table.in_use[unit.number] * share)

    def leaves_at(self, ward: Ward, over_h: float) -> float:
        """From a bed one leaves at the round of discharges, as the hour at which the stay is over has it."""
        if ward.stream.kind is WardKind.BEDS and over_h < self.hours:
            begins_h, ends_h = self.table.leaving_h[floor(over_h) : floor(over_h) + 2]
            return float(begins_h + over_h % 1.0 * (ends_h - begins_h))
        return over_h

    def draw_what_follows(self, patient: Patient, ward: Ward) -> Ward | Exit:
        """A ward of the site, a hospital elsewhere when the site has no such ward, or discharge."""
        is_urgent = patient.is_time_critical and ward.is_emergency
        chances = self.table.routes[ward.number, Urgency.TIME_CRITICAL if is_urgent else Urgency.ORDINARY]
        chance = patient.draw(Purpose.ROUTE)
        for way in NextWard:
            if chance < chances[way]:
                goal = int(self.table.next_ward[ward.number, way])
                return Exit.HOSPITALISED_ELSEWHERE if goal == NO_WARD else self.ward(goal)
        return Exit.HOSPITALISED_ELSEWHERE if chance < chances[ELSEWHERE] else Exit.DISCHARGED

    def draw_stay_h(self, patient: Patient, ward: Ward) -> float:
        """Those who will be hospitalised stay longer in an emergency department than those who go home."""
        after = After.HOME if patient.then is Exit.DISCHARGED else After.WARD
        stays = self.table.stays[self.table.stay_class[ward.number, after]]
        longer = float(self.table.longer[ward.number, after]) * ward.stay_factor
        return at_quantile(stays, patient.draw(Purpose.STAY)) * longer

    def count(self, name: str, unit: Unit, number: int = 1) -> None:
        """So many more in the hour that has begun."""
        self.counts[name][self.hour, unit.number] += number

    def count_diversion(self, ward: Ward) -> None:
        """The time on diversion since it was last counted."""
        self.diversion_h[self.hour, ward.number] += self.now_h - ward.diversion_since_h
        ward.diversion_since_h = self.now_h

    def count_doors(self, ward: Ward) -> None:
        """The time for which the doors have been as they are since it was last counted."""
        self.doors_h[ward.doors][self.hour, ward.number] += self.now_h - ward.doors_since_h
        ward.doors_since_h = self.now_h

    def note_taken(self, patient: Patient, ward: Ward) -> None:
        """The history says when the patient was first taken, and where."""
        self.history["taken_h"][patient.number] = self.now_h
        self.history["ward"][patient.number] = ward.number

    def note_moved(self, patient: Patient) -> None:
        """The history says when the patient left their first ward for a bed in another."""
        if patient.wards_left == 1 and patient.where is not Where.GONE:
            self.history["moved_h"][patient.number] = self.now_h

    def note_gone(self, patient: Patient, how: Exit) -> None:
        """The history says when the patient left for good, and how."""
        patient.where = Where.GONE
        self.history["left_h"][patient.number] = self.now_h
        self.history["exit"][patient.number] = how
