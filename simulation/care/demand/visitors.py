"""Visitors: those whom an event brings to a region for some days, where they stay, and how often they fall ill."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.care.demand.calendar import clock_of, hours_between, scaled
from simulation.care.homes.communes import CommuneNumber, Communes
from simulation.inputs.events.catchment import point_of
from simulation.inputs.events.event import Event
from simulation.inputs.events.somewhere import Somewhere
from simulation.inputs.events.visitors import Visitors
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from topologies.region import Region


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """Some visitors, where they stay, and the emergency patients among them."""

    people: Mapping[str, float]
    """By commune, to a factor; where communes are not known, of none."""
    visits: NDArray[np.float64]
    """To expect by the hour, of shape (hours,)."""


def stays_of(
    region: Region, event: Event, scenario: Scenario, communes: Communes, p: Parameters
) -> Iterator[Stay]:
    """The visitors of an event in a region, whom none of its residents replace."""
    by_hour = scaled(p.emergency.emergency_by_hour)[[at.hour for at in clock_of(scenario)]] / 24
    for some in event.held_in(region, "visitors", event.visitors).values():
        a_day = some.people / 1000 * p.crowds.visitor_visits_per_1000_day.value
        visits = a_day * by_hour * hours_between(scenario, *some.span())
        if visits.any():
            yield Stay(people=_where(region, event, some, communes, p), visits=visits)


def _where(
    region: Region, event: Event, some: Visitors, communes: Communes, p: Parameters
) -> dict[str, float]:
    """In the communes named, around a place, around the venues, or everywhere; as many as people live there."""
    if some.communes:
        return _by_people(communes, [communes.number_of[code] for code in some.communes])
    km = some.within_km or p.crowds.visitors_stay_km.value
    around: Sequence[Somewhere] = (
        [some.around] if some.around else [*event.held_in(region, "sessions", event.sessions).values()]
    )
    near = communes.within(km, [point_of(region, place) for place in around])
    return _by_people(communes, near) or _by_people(communes, [*communes.number_of.values()])


def _by_people(communes: Communes, some: Sequence[CommuneNumber]) -> dict[str, float]:
    people = {communes.codes[number]: float(communes.population[number]) for number in some}
    return {code: count for code, count in people.items() if count}
