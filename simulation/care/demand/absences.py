"""Absences: residents who are away while an event lasts, as its region knows them besides its seasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.care.demand.calendar import hours_between
from simulation.care.demand.seasons import Spells
from simulation.care.homes.communes import CommuneNumber, Communes
from simulation.inputs.events.event import Event
from simulation.inputs.scenarios.scenario import Scenario
from topologies.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """The people of some communes, and which share of them is away."""

    communes: Sequence[CommuneNumber]
    share: NDArray[np.float64]
    """By the hour of the scenario, of shape (hours,)."""


def absent_of(region: Region, event: Event, scenario: Scenario, communes: Communes) -> Iterator[Absent]:
    """Whom an event finds away in a region, by the hours of a scenario."""
    for one in event.held_in(region, "absences", event.absences).values():
        some = [communes.number_of[code] for code in one.communes] or [*communes.number_of.values()]
        yield Absent(communes=some, share=one.share * hours_between(scenario, *one.span()))


def without(spells: Spells, absent: Sequence[Absent]) -> Spells:
    """The spells of the seasons, cut where somebody leaves or comes back, without those who are away."""
    if not absent:
        return spells
    shares = np.stack([one.share for one in absent])
    changes = np.flatnonzero((shares[:, 1:] != shares[:, :-1]).any(axis=0)) + 1
    firsts = np.union1d(spells.begins[:-1], changes)
    presence = spells.presence[np.searchsorted(spells.begins, firsts, side="right") - 1]
    for one in absent:
        presence[:, list(one.communes)] *= 1.0 - one.share[firsts, None]
    return Spells(begins=np.append(firsts, spells.begins[-1]), presence=presence)
