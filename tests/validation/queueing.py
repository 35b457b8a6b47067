"""Queueing theory: what the waits of the model are compared with."""

from math import factorial, sqrt

import numpy as np

TEAMS = 4
SERVICE_H = 1.0


def erlang_c_wait_h(load: float) -> float:
    """Mean wait in M/M/c (Erlang 1917): C(c, a) / (c mu - lambda)."""
    offered = load * TEAMS
    last = offered**TEAMS / factorial(TEAMS) / (1.0 - load)
    chance = last / (sum(offered**k / factorial(k) for k in range(TEAMS)) + last)
    return chance / (TEAMS / SERVICE_H * (1.0 - load))


def standard_error(means: list[float]) -> float:
    return float(np.std(means, ddof=1)) / sqrt(len(means))
