"""Who is cared for, who waits, who is sent on, and who is not cared for at all?

Each hour, in this order:

1. patients whose stay is over leave their places;
2. those on the road arrive, and new patients come;
3. free places take those who have waited longest;
4. where too many wait, patients are sent on to the nearest ward of their stream with room;
5. those who have waited beyond their patience leave without care.

Patients are whole and conserved: demand + diverted_in + waiting an hour before = served + diverted_out + unmet
+ waiting, by ward and hour; a patient sent on is on the road until he arrives.
"""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from simpy import Environment, Event

from simulation.parameters import Parameters
from simulation.randomness import Luck
from simulation.stays import QUANTILES
from simulation.stream import Stream
from simulation.wards import Wards

Counts = NDArray[np.int32]
ONE = np.int32(1)
"""numpy adds it at flat indices fifteen times faster than a bare 1, which it would cast each time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CareRecord:
    """What each ward did each hour; arrays of shape (hours, wards)."""

    demand: Counts
    served: Counts
    diverted_out: Counts
    diverted_in: Counts
    unmet: Counts
    waiting: Counts
    capacity: NDArray[np.float64]
    """Share of the ordinary capacity."""
    time_critical: Counts
    """Emergency patients whose minutes count, among the demand."""
    journey_min: NDArray[np.float64]
    """Minutes on the road of all those sent on in the hour."""


class Care:
    """The care of one replication; `capacity` is what the crisis leaves of each ward's places, 0..1."""

    def __init__(self, env: Environment, wards: Wards, parameters: Parameters, luck: Luck) -> None:
        hours, count = wards.expected.shape
        self.env = env
        self.wards = wards
        self.hours = hours
        self.capacity = np.ones(count)
        time_critical, demand = _demand(wards, parameters, luck)
        longest = max(int(rules.stays.of_new[-1]) for rules in wards.rules.values())
        self.record = CareRecord(
            demand=demand,
            served=np.zeros((hours, count), np.int32),
            diverted_out=np.zeros((hours, count), np.int32),
            # Journeys end after the hour in which they begin: the row beyond the horizon holds those still on the road.
            diverted_in=np.zeros((hours + _longest_journey_h(wards), count), np.int32),
            unmet=np.zeros((hours, count), np.int32),
            waiting=np.zeros((hours, count), np.int32),
            capacity=np.ones((hours, count)),
            time_critical=time_critical,
            journey_min=np.zeros((hours, count)),
        )
        self._leaving = np.zeros((hours + longest + 1, count), np.int32)
        self._joined = np.zeros((hours + 1, count), np.int32)
        """Running count of patients who joined the queue, before each hour."""
        self._waiting = np.zeros(count, np.int32)
        self._inbound = np.zeros(count, np.int32)
        self._columns = np.arange(count)
        self._sends_on = np.array([bool(onward) for onward in wards.onward])
        rules = [wards.rules[stream] for stream in wards.stream]
        self._tolerated = np.array([rule.tolerated for rule in rules])
        self._newest_leave = np.array([rule.newest_leave for rule in rules])
        self._patience_h = np.array([rule.patience_h for rule in rules], dtype=np.intp)
        self._stays = _StayDeck(wards, luck)
        self._in_care = self._settle(luck)

    def _settle(self, luck: Luck) -> Counts:
        """Those in care at the start have their places, and leave when the rest of their stay is over."""
        wards = self.wards
        present = np.minimum(luck.stream("present").poisson(wards.present), wards.places).astype(np.int32)
        draws = luck.stream("present_stay").integers(0, QUANTILES, size=int(present.sum()))
        ward_of = np.repeat(self._columns, present)
        remaining = np.empty(len(draws), np.intp)
        for stream, rules in wards.rules.items():
            mine = wards.of(stream)[ward_of]
            remaining[mine] = rules.stays.of_present[draws[mine]]
        np.add.at(self._leaving.reshape(-1), remaining * len(present) + ward_of, ONE)
        return present

    def run(self) -> Generator[Event, None, None]:
        """The SimPy process that lives every hour of the horizon."""
        for hour in range(self.hours):
            self._live(hour)
            yield self.env.timeout(1)

    def _live(self, hour: int) -> None:
        record, waiting = self.record, self._waiting
        self._in_care -= self._leaving[hour]
        arriving = record.diverted_in[hour]
        self._inbound -= arriving
        joining = record.demand[hour] + arriving
        waiting += joining
        record.capacity[hour] = self.capacity
        places = np.rint(self.wards.places * self.wards.opening[hour] * self.capacity)
        taken = np.minimum(waiting, np.maximum(places - self._in_care, 0)).astype(np.int32)
        self._take(hour, taken)
        waiting -= taken
        record.served[hour] = taken
        tolerated = np.floor(self._tolerated * places)
        too_many = (waiting > tolerated) & self._sends_on
        if too_many.any():
            sent_on = self._send_on(hour, places, tolerated, too_many.nonzero()[0])
            waiting -= sent_on
            joining = joining - np.where(self._newest_leave, sent_on, 0)
        self._joined[hour + 1] = self._joined[hour] + joining
        self._lose(hour)
        record.waiting[hour] = waiting

    def _take(self, hour: int, taken: Counts) -> None:
        """They are in care, and their places are free again when their stays are over."""
        self._in_care += taken
        ward_of = np.repeat(self._columns, taken)
        ends = hour + self._stays.draw(taken, ward_of)
        np.add.at(self._leaving.reshape(-1), ends * len(taken) + ward_of, ONE)

    def _send_on(
        self,
        hour: int,
        places: NDArray[np.float64],
        tolerated: NDArray[np.float64],
        senders: NDArray[np.intp],
    ) -> Counts:
        """Patients beyond what a ward tolerates are on the road to the nearest ward with room.

        A ward has room while its queue, with those on the road to it, is below what it tolerates itself.
        """
        record = self.record
        sent_on = np.zeros_like(self._waiting)
        room = (places + tolerated - self._in_care - self._waiting - self._inbound).tolist()
        beyond = np.minimum(self._waiting - tolerated, self._waiting)
        # Only this hour's new patients can still be sent on, unless the ward sends on those who wait for a bed.
        movable = np.where(self._newest_leave, np.minimum(beyond, record.demand[hour]), beyond)
        for sender in senders.tolist():
            left = int(movable[sender])
            for onward in self.wards.onward[sender]:
                if left == 0:
                    break
                sent = min(left, int(room[onward.ward]))
                if sent <= 0:
                    continue
                room[onward.ward] -= sent
                left -= sent
                sent_on[sender] += sent
                self._inbound[onward.ward] += sent
                record.diverted_in[hour + onward.hours, onward.ward] += sent
                record.journey_min[hour, sender] += sent * onward.minutes
        record.diverted_out[hour] = sent_on
        return sent_on

    def _lose(self, hour: int) -> None:
        """Those still waiting who joined before patience allows leave: the queue is first come, first served."""
        since = np.maximum(hour + 1 - self._patience_h, 0)
        joined_since = self._joined[hour + 1] - self._joined[since, self._columns]
        lost = np.clip(self._waiting - joined_since, 0, self._waiting)
        self._waiting -= lost
        self.record.unmet[hour] = lost


class _StayDeck:
    """Stays drawn ahead: the n-th patient that a ward takes has the same stay whatever the posture."""

    def __init__(self, wards: Wards, luck: Luck) -> None:
        sizes = np.ceil(wards.expected.sum(axis=0) * 2).astype(np.intp) + 64
        self._starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        self._sizes = sizes
        self._drawn = np.zeros(len(sizes), np.intp)
        draws = luck.stream("stay").integers(0, QUANTILES, size=int(sizes.sum()), dtype=np.uint16)
        self._deck = np.empty(len(draws), np.int16)
        for start, size, stream in zip(self._starts, sizes, wards.stream, strict=True):
            mine = slice(start, start + size)
            self._deck[mine] = wards.rules[stream].stays.of_new[draws[mine]]

    def draw(self, taken: Counts, ward_of: NDArray[np.intp]) -> NDArray[np.intp]:
        """The stays of the patients taken, in the order of `ward_of`; a deck that runs out begins again."""
        ends = np.cumsum(taken)
        place = np.arange(len(ward_of)) - (ends - taken)[ward_of] + self._drawn[ward_of]
        self._drawn += taken
        stays: NDArray[np.intp] = self._deck[self._starts[ward_of] + place % self._sizes[ward_of]].astype(
            np.intp
        )
        return stays


def _longest_journey_h(wards: Wards) -> int:
    return max((onward.hours for some in wards.onward for onward in some), default=1)


def _demand(wards: Wards, parameters: Parameters, luck: Luck) -> tuple[Counts, Counts]:
    """New patients by hour and ward: those whose minutes count, and all of them."""
    share = np.where(wards.of(Stream.EMERGENCY), parameters.time_critical_share.value, 0.0)
    time_critical: Counts = luck.stream("time_critical").poisson(wards.expected * share).astype(np.int32)
    others: Counts = luck.stream("demand").poisson(wards.expected * (1 - share)).astype(np.int32)
    return time_critical, time_critical + others
