"""The expected wait for a box, through a day whose arrivals change by the hour.

An emergency department has evenings in which more come than its boxes can take, and nights in which it catches up: no
formula of steady queues tells its wait. It is a chain of births and deaths (M(t)/M/c with impatience; Gross and Harris,
Fundamentals of Queueing Theory, chapter 2), followed through the day by implicit steps, after the night before it.
"""

import numpy as np

from simulation.engine.array_types import Floats
from simulation.engine.compiled import compiled

HOURS_A_DAY = 24
STEPS_AN_HOUR = 2
NIGHT_BEFORE_H = 12
"""Hours of a like day that are followed first, for what is left of them."""
ROOM = 60
"""States beyond twice the boxes: queues longer than that have no weight."""


def room_for(places: int) -> Floats:
    """Where the chain of a department with so many boxes lies; of shape (3, states)."""
    return np.zeros((3, 2 * places + ROOM))


@compiled
def follow_day(
    hourly: Floats, places: int, leaves_hourly: float, gives_up_hourly: float, chain: Floats, in_care: Floats
) -> float:
    """Hours waited by all who come in the day; `in_care` is filled with the boxes taken by the hour.

    `hourly`, arrivals, and `in_care` are of shape (24,). Who is in care leaves, and who waits gives up, at the given
    rates. `chain` is as `room_for` makes it.
    """
    states, step_h = chain.shape[1], 1.0 / STEPS_AN_HOUR
    chance, ratio, carried = chain
    chance[:] = 0.0
    chance[0] = 1.0
    waited_h = 0.0
    for hour in range(-NIGHT_BEFORE_H, HOURS_A_DAY):
        births = hourly[hour % HOURS_A_DAY]
        taken = 0.0
        for _ in range(STEPS_AN_HOUR):
            # One implicit step: a system of three diagonals, solved forwards and back.
            for state in range(states):
                busy, after = min(state, places), min(state + 1, places)
                leave = busy * leaves_hourly + (state - busy) * gives_up_hourly
                leave_after = after * leaves_hourly + (state + 1 - after) * gives_up_hourly
                diagonal = 1.0 + step_h * (leave + (births if state + 1 < states else 0.0))
                given = chance[state]
                if state > 0:
                    diagonal += step_h * births * ratio[state - 1]
                    given += step_h * births * carried[state - 1]
                ratio[state] = -step_h * leave_after / diagonal
                carried[state] = given / diagonal
            chance[states - 1] = carried[states - 1]
            for back in range(states - 2, -1, -1):
                chance[back] = carried[back] - ratio[back] * chance[back + 1]
            for state in range(states):
                taken += min(state, places) * chance[state]
                if hour >= 0:
                    waited_h += max(state - places, 0) * chance[state] * step_h
        in_care[hour % HOURS_A_DAY] = taken / STEPS_AN_HOUR
    return waited_h
