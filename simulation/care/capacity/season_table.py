"""The season table: how many patients come to each ward in each spell of a scenario, over the mean of the year."""

from typing import NamedTuple

import numpy as np

from simulation.care.demand.seasons import Spells
from simulation.engine.array_types import Floats, Numbers


class SeasonTable(NamedTuple):
    """P spells, W wards, S streams; compiled code reads it as it is."""

    begins: Numbers
    """The hour at which each spell begins, then the horizon; of shape (P + 1,)."""
    arrived: Floats
    """The share of a stream's patients who come before it, in a ward without season; of shape (S, P + 1)."""
    factor: Floats
    """Patients over those of the mean of the year, of shape (P, W)."""


def season_table_of(spells: Spells, factor: Floats, profiles: Floats) -> SeasonTable:
    """The table, for arrivals by hour of shape (S, hours)."""
    cumulated = np.concatenate((np.zeros((len(profiles), 1)), np.cumsum(profiles, axis=1)), axis=1)
    arrived = cumulated[:, spells.begins] / np.maximum(cumulated[:, -1:], np.finfo(np.float64).tiny)
    # Also where nobody comes, at any hour.
    arrived[:, -1] = 1.0
    return SeasonTable(begins=spells.begins, arrived=arrived, factor=factor)
