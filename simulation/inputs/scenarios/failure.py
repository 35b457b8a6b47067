"""Failure: one node alone down for some hours of an ordinary week, whatever the reason.

It is the smallest question that can be put to a region: what is lost with this one, nothing else being wrong?
"""

from datetime import timedelta
from math import ceil

from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Payload, Wave
from topologies.fields.quantity import Quantity
from topologies.fields.title import Title

DAY_H, WEEK_H = 24, 168
AFTERWARDS_H = 72
"""Hours for which what was put off meanwhile is followed, at least."""
TITLE = Title(fr="Panne d’un seul", en="One alone is down")


def week_of(scenario: Scenario, hours: float) -> Scenario:
    """The beginning of a scenario without any attack: a week, or as long as a failure of so many hours needs."""
    days = ceil(max(WEEK_H, DAY_H + hours + AFTERWARDS_H) / DAY_H)
    calm: dict[str, object] = {"waves": (), "thresholds": (), "event": None}
    return scenario.model_copy(update=calm | {"horizon_h": days * DAY_H})


def failing(week: Scenario, node: str, hours: float) -> Scenario:
    """The same with one node down for so many hours, from its second day."""
    lasts_h = Quantity(value=hours, unit="h", low=hours, high=hours, source="asked for")
    wave = Wave(
        name="failure",
        title=TITLE,
        payload=Payload.OUTAGE,
        entry_points=(node,),
        begins=week.start + timedelta(hours=DAY_H),
        lasts_h=lasts_h,
    )
    return week.model_copy(update={"waves": (wave,)})
