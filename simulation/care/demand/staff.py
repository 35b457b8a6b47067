"""Staff: who is on leave while an event lasts, and the services that are reinforced for it."""

import numpy as np

from simulation.care.demand.calendar import hours_between
from simulation.care.demand.followed import Followed
from simulation.engine.array_types import Floats
from simulation.inputs.events.event import Event
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import EMERGENCY, Stream
from topologies.region import Region


def staff_share_of(region: Region, event: Event, scenario: Scenario) -> Floats:
    """Staff at work over that of ordinary days by the hour; of leaves that overlap, the most holds."""
    away = np.zeros(len(Followed.of(scenario)))
    for leave in event.held_in(region, "leave", event.leave).values():
        away = np.maximum(away, leave.share * hours_between(scenario, *leave.span()))
    return np.asarray(1.0 - away)


def reinforced_of(region: Region, event: Event, scenario: Scenario) -> dict[Stream, Floats]:
    """Places over those of ordinary days, where an event reinforces any; several reinforcements add up."""
    reinforcements = event.held_in(region, "reinforcements", event.reinforcements)
    ordinary = np.ones(len(Followed.of(scenario)))
    more = {stream: ordinary.copy() for stream in (*EMERGENCY, Stream.SAMU)}
    for one in reinforcements.values():
        hours = hours_between(scenario, *one.span())
        for stream in more:
            more[stream] += (one.samu if stream is Stream.SAMU else one.emergency) * hours
    return more if reinforcements else {}
