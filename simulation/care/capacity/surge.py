"""Surge: what each level of a plan blanc adds to each stream, and what it puts off.

Two levels: the first recalls staff, opens some beds and puts off some planned operations; the second more of each. A
discharge lounge shortens ward stays. It is called by the crisis cell of an establishment that was hit, by the regional
cell for those that take emergencies, where many people hurt at once are brought, and each morning where the emergency
department has been on diversion for long.
"""

import numpy as np
from numpy.typing import NDArray

from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import EMERGENCY, NUMBER, STREAMS, Stream

HIGHEST = 2


class PlanBlanc:
    """The effects of each level on each stream; both arrays are of shape (levels, streams), level 0 is none."""

    def __init__(self, p: Parameters) -> None:
        self._capacity_share = np.ones((HIGHEST + 1, len(STREAMS)))
        self._stay_factor = np.ones((HIGHEST + 1, len(STREAMS)))
        levels = (
            (
                p.plan_blanc.plan_blanc_1_staff,
                p.plan_blanc.plan_blanc_1_beds,
                p.plan_blanc.plan_blanc_1_deprograms,
            ),
            (
                p.plan_blanc.plan_blanc_2_staff,
                p.plan_blanc.plan_blanc_2_beds,
                p.plan_blanc.plan_blanc_2_deprograms,
            ),
        )
        for level, (staff, beds, deprograms) in enumerate(levels, start=1):
            capacity = self._capacity_share[level]
            for stream in EMERGENCY:
                capacity[NUMBER[stream]] = 1.0 + staff.value
            for stream in (Stream.MEDICINE, Stream.CRITICAL_CARE):
                capacity[NUMBER[stream]] = 1.0 + beds.value
            capacity[NUMBER[Stream.SURGERY_SCHEDULED]] = 1.0 - deprograms.value
            self._stay_factor[level, NUMBER[Stream.MEDICINE]] = (
                1.0 - p.plan_blanc.discharge_lounge_share.value
            )

    def act(self, level: int, left: NDArray[np.float64]) -> None:
        """The plan acts on what is left, of shape (streams, columns of `Left`)."""
        left[:, 0] *= self._capacity_share[level]
        left[:, 1] *= self._stay_factor[level]
