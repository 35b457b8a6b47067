"""Who is cared for, who waits, who is sent on, and who is not cared for at all?

The crisis says what is left of each ward; the compiled loop (`loop.py`) lives the patients of whole days, and is
called by SimPy's clock each morning and at the horizon. What the crisis changed meanwhile is lived at its own instant.

Patients are whole and conserved: demand + diverted_in + waiting an hour before = served + diverted_out + unmet
+ waiting, by ward and hour; a patient sent on is on the road until he arrives.
"""

from collections.abc import Callable, Generator

import numpy as np
from numpy.typing import NDArray
from simpy import Environment, Event

from simulation.care.capacity.staffing import CONDITIONS
from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrays import COMER, PATIENT, WAIT, Record, Roster, State
from simulation.care.flow.arrivals import roster_of
from simulation.care.flow.events import BUCKETS_AN_HOUR
from simulation.care.flow.hours import close_hour
from simulation.care.flow.loop import advance, settle
from simulation.engine.buffers import Buffers
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import Stream

HOURS_A_DAY = 24
Change = tuple[float, NDArray[np.int64], NDArray[np.float64]]
"""From which hour, which wards, and what is left of each: capacity, multiple of stays, minutes; of shape (wards, 3)."""
BYTES_A_WARD_HOUR, SPARE_BYTES = 30, 1024
"""Of a record: five arrays of four bytes, five of two."""
NO_WARD = np.empty(0, np.int64)
NO_FACTORS = np.empty((0, 3))


class Care:
    """The care of one replication."""

    def __init__(
        self,
        env: Environment,
        wards: Wards,
        parameters: Parameters,
        luck: Luck,
        *,
        buffers: Buffers | None = None,
        history: bool = False,
    ) -> None:
        self.env = env
        self.wards = wards
        self.hours = wards.book.arrivals.shape[1]
        self._buffers = buffers or Buffers()
        room = self.hours * len(wards.finess) * BYTES_A_WARD_HOUR + SPARE_BYTES
        self._buffers.wipe(room)
        roster = roster_of(wards, parameters, luck, self._buffers)
        self.state = _start(wards, self._buffers, roster, luck)
        # The state holds what the roster said: its scratch arrays are not needed any more.
        self._buffers.wipe(room)
        self.record = _blank_record(wards, self._buffers, len(roster.ward) if history else 0)
        self.each_morning: list[Callable[[], None]] = []
        """Who looks at the state of the wards once a day."""
        self.changes: list[Change] = []
        """What the crisis changes from an hour on, in order of time, until care has lived it."""

    def change(self, ward: int, capacity: float, longer: float = 1.0, minutes: float = 0.0) -> None:
        """From now on the ward has this share of its places, stays are so much longer, minutes are added."""
        self.changes.append((float(self.env.now), np.array([ward]), np.array([[capacity, longer, minutes]])))

    def run(self) -> Generator[Event, None, None]:
        """The SimPy process that lives the patients day by day; `finish` lives the last."""
        for hour in range(HOURS_A_DAY, self.hours, HOURS_A_DAY):
            yield self.env.timeout(HOURS_A_DAY)
            self._advance(hour)
            for look in self.each_morning:
                look()

    def finish(self) -> None:
        """Everything until the horizon is lived, and its last hour counted."""
        self._advance(self.hours)
        close_hour(self.wards.book, self.state, self.record, self.hours)

    def _advance(self, until_h: int) -> None:
        self._make_room(until_h)
        lived = [one for one in self.changes if one[0] < until_h]
        self.changes[:] = self.changes[len(lived) :]
        sizes = [len(wards) for _, wards, _ in lived]
        advance(
            self.wards.book,
            self.state,
            self.record,
            np.repeat(np.array([at_h for at_h, _, _ in lived], dtype=np.float64), sizes),
            np.concatenate([NO_WARD, *(wards for _, wards, _ in lived)]),
            np.concatenate([NO_FACTORS, *(to for _, _, to in lived)]),
            until_h,
        )

    def _make_room(self, until_h: int) -> None:
        """Everyone who comes until then will find a seat."""
        state = self.state
        coming = int(state.come_by[until_h * BUCKETS_AN_HOUR]) - int(state.clock[4])
        lacking = coming - int(state.clock[5])
        if lacking <= 0:
            return
        seats = len(state.free)
        self.state = _seated(self._buffers, state, seats + lacking + seats // 8)
        free, there = self.state.free, int(state.clock[5])
        added = len(free) - seats
        free[there : there + added] = np.arange(seats, len(free))
        state.clock[5] += added


def _blank_record(wards: Wards, buffers: Buffers, patients: int) -> Record:
    """Nothing has happened yet; `patients` are followed one by one where somebody asks for it."""
    shape = (wards.book.arrivals.shape[1], len(wards.finess))

    def counts() -> NDArray[np.int32]:
        array = buffers.scratch(shape, np.dtype(np.int32))
        array.fill(0)
        return array

    def amounts() -> NDArray[np.float32]:
        array = buffers.scratch(shape, np.dtype(np.float32))
        array.fill(0.0)
        return array

    return Record(
        demand=counts(),
        served=counts(),
        diverted_out=counts(),
        diverted_in=counts(),
        unmet=counts(),
        waiting=counts(),
        in_care=counts(),
        capacity=amounts(),
        full_h=amounts(),
        time_critical_min=amounts(),
        by_kind=np.zeros((len(CONDITIONS) + 1, 3)),
        history=np.full((patients, 4), np.nan),
    )


def _start(wards: Wards, buffers: Buffers, roster: Roster, luck: Luck) -> State:
    """Everyone is at home, but for those in care at the start."""
    patients, count = len(roster.ward), len(wards.finess)
    hours = wards.book.arrivals.shape[1]
    buckets = hours * BUCKETS_AN_HOUR
    calls = np.cumsum(wards.of(Stream.SAMU)) - 1
    vehicles = wards.book.vehicles
    state = State(
        clock=np.array([-1, 0, 0, 0, 0, 0], dtype=np.int64),
        heads=np.full(buckets, -1, np.int32),
        now=np.empty(0, np.uint32),
        now_at=np.empty(0),
        who=np.empty(0, PATIENT),
        wait=np.empty(0, WAIT),
        free=np.empty(0, np.uint32),
        expected=buffers.kept("expected", patients, COMER)[:patients],
        come_by=np.zeros(buckets + 2, np.int64),
        head=np.full((count, 2), -1, np.int32),
        tail=np.full((count, 2), -1, np.int32),
        in_care=np.zeros(count, np.int64),
        waiting=np.zeros(count, np.int64),
        open_places=np.zeros(count, np.int64),
        inbound=np.zeros(count, np.int64),
        full=np.zeros(count, np.int8),
        full_since=np.zeros(count),
        capacity=np.ones(count),
        longer=np.ones(count),
        minutes=np.zeros(count),
        exam_h=np.zeros((count, 2)),
        credit=np.zeros(count),
        planned=luck.stream("planned").random(count),
        recent=np.zeros(count, np.int64),
        vehicle_back=np.where(np.arange(vehicles.max(initial=1)) < vehicles[:, None], 0.0, np.inf),
        calls=roster.calls,
        call_column=calls.astype(np.int64),
        stack=np.zeros(64, np.uint32),
    )
    state = _seated(buffers, state, len(roster.leaves_h))
    settle(wards.book, state, roster)
    return state


def _seated(buffers: Buffers, state: State, seats: int) -> State:
    """The same state, with at least so many seats; those who sit keep theirs."""
    free = buffers.kept("free", seats, np.dtype(np.uint32))
    return state._replace(
        free=free,
        who=buffers.kept("who", len(free), PATIENT),
        wait=buffers.kept("wait", len(free), WAIT),
        now=buffers.kept("now", 2 * len(free), np.dtype(np.uint32)),
        now_at=buffers.kept("now_at", 2 * len(free), np.dtype(np.float64)),
    )
