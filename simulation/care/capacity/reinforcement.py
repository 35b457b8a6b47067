"""Reinforcement: what is prepared for an event, in ambulances and in answers of SAMUs.

Most of the vehicles stand by at its venues, and are there for nobody else.
"""

from collections.abc import Mapping

import numpy as np

from simulation.care.capacity.ward_table import WardNumber, WardTable
from simulation.care.demand.crowds import Hourly
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import NUMBER, Stream


def reinforced(table: WardTable, visits: Mapping[WardNumber, Hourly], p: Parameters) -> WardTable:
    """The same wards; where and when the event adds calls more are answered, and there are more ambulances there."""
    more = 1.0 + p.samu.samu_reinforced_share.value
    free = 1.0 + p.samu.samu_reinforced_share.value * (1.0 - p.samu.samu_reinforced_bound.value)
    answers, ambulances = table.answers.copy(), table.ambulances.copy()
    samus = np.flatnonzero(table.stream == NUMBER[Stream.SAMU]).tolist()
    for ward, hourly in visits.items():
        if ward in samus:
            answers[:, samus.index(ward)] *= np.where(hourly > 0.0, more, 1.0)
    busier = np.unique(table.department[[ward for ward in visits if ward not in samus]])
    ambulances[busier] = np.ceil(ambulances[busier] * free)
    return table._replace(answers=answers, ambulances=ambulances)
