"""Surge: what each level of a plan blanc adds to each stream, what it puts off, and what it costs afterwards.

Two levels: the first recalls staff, opens some beds and puts off some planned operations; the second more of each. A
discharge lounge shortens ward stays. Where outages have taken capacity it makes up for some of it, and never gives more
than an ordinary day. Whoever was recalled rests afterwards: of the hours added a share is taken back, over some weeks.
Who calls it and when it ends: `simulation/response/plan_blanc.py`.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.care.flow.changes import Left
from simulation.engine.array_types import Floats
from simulation.engine.compiled import compiled
from simulation.engine.signals import Footing
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, NUMBER, STREAMS, Stream

HIGHEST = 2


class PlanBlanc:
    """The effects of each level on each stream; both arrays are of shape (levels, streams), level 0 is none."""

    def __init__(self, p: Parameters) -> None:
        self._capacity_share = np.ones((HIGHEST + 1, len(STREAMS)))
        self._stay_factor = np.ones((HIGHEST + 1, len(STREAMS)))
        plan = p.plan_blanc
        levels = (
            (plan.plan_blanc_1_staff, plan.plan_blanc_1_beds, plan.plan_blanc_1_deprograms),
            (plan.plan_blanc_2_staff, plan.plan_blanc_2_beds, plan.plan_blanc_2_deprograms),
        )
        for level, (staff, beds, deprograms) in enumerate(levels, start=1):
            capacity = self._capacity_share[level]
            for stream in EMERGENCY:
                capacity[NUMBER[stream]] = 1.0 + staff.value
            for stream in (Stream.MEDICINE, Stream.CRITICAL_CARE):
                capacity[NUMBER[stream]] = 1.0 + beds.value
            capacity[NUMBER[Stream.SURGERY_SCHEDULED]] = 1.0 - deprograms.value
            self._stay_factor[level, NUMBER[Stream.MEDICINE]] = 1.0 - plan.discharge_lounge_share.value
        added = np.maximum(0.0, self._capacity_share - 1.0)
        self._rest = added * plan.plan_blanc_rest_share.value / plan.plan_blanc_rest_days.value
        """What a day at each level takes of each day of rest, of shape (levels, streams)."""

    def act(self, footing: Footing, left: NDArray[np.float64]) -> None:
        """The plan acts on what outages have left, of shape (streams, columns of `Left`)."""
        help_out(self._capacity_share[footing.level], self._stay_factor[footing.level], left)
        if footing.rests_for:
            left[:, Left.CAPACITY] *= np.maximum(0.0, 1.0 - np.array(footing.rests_for) @ self._rest)


@compiled
def help_out(capacity_share: Floats, stay_factor: Floats, left: Floats) -> None:
    """Each stream changes by its factor, of shape (streams,): up to an ordinary day where anything was lost."""
    was_struck = False
    for stream in range(len(left)):
        was_struck |= left[stream, Left.CAPACITY] < 1.0 or left[stream, Left.STAYS] > 1.0
    for stream in range(len(left)):
        capacity = left[stream, Left.CAPACITY] * capacity_share[stream]
        stays = left[stream, Left.STAYS] * stay_factor[stream]
        left[stream, Left.CAPACITY] = min(capacity, 1.0) if was_struck else capacity
        left[stream, Left.STAYS] = max(stays, 1.0) if was_struck else stays
