"""A ward: its places, those in them, and the queue for them."""

from collections import deque
from dataclasses import dataclass, field
from itertools import chain

from simulation.care.flow.rules.patient import Patient
from simulation.inputs.streams import EMERGENCY, Stream


@dataclass(eq=False, slots=True)
class Ward:
    """One stream of care at one site.

    Two queues, each first come, first served: `first` for time-critical patients and for those who have passed through
    another ward of the site, `second` for the others.
    """

    number: int
    stream: Stream
    tolerated: float
    """Patients waiting per open place beyond which an emergency department goes on diversion."""
    capacity: float = 1.0
    """What outage and plan blanc leave of the places, over an ordinary day."""
    longer: float = 1.0
    """Stays, over those of an ordinary day."""
    minutes: float = 0.0
    """Added to the care of each time-critical patient."""
    open_places: int = 0
    in_care: int = 0
    """Patients in a place, those who board there included."""
    inbound: int = 0
    """Patients on the road to the ward."""
    first: deque[Patient] = field(default_factory=deque)
    second: deque[Patient] = field(default_factory=deque)
    on_diversion: bool = False
    diversion_since_h: float = 0.0
    image_h: float = 0.0
    """Wait for an image, of emergency patients who need one."""
    analysis_h: float = 0.0
    """Wait for a laboratory result, likewise."""

    @property
    def is_emergency(self) -> bool:
        """The ward is an emergency department."""
        return self.stream in EMERGENCY

    @property
    def queue(self) -> list[Patient]:
        """All who wait, in the order in which they are taken."""
        return list(chain(self.first, self.second))

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
        """Somebody can be taken."""
        return self.in_care < self.open_places

    @property
    def load(self) -> int:
        """Patients who are there or on the road to it."""
        return self.in_care + self.waiting + self.inbound

    @property
    def queue_tolerated(self) -> float:
        """Patients waiting beyond whom an emergency department goes on diversion."""
        return self.tolerated * self.open_places

    def queue_of(self, patient: Patient) -> deque[Patient]:
        """The one of the two queues in which the patient waits."""
        return self.first if patient.is_time_critical or patient.wards_left > 0 else self.second
