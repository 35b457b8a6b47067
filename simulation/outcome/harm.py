"""Harm: the deaths and healthy days that lost minutes cost, by published curves and their uncertainty."""

from dataclasses import dataclass
from enum import IntEnum

from simulation.care.flow.codes import CONDITIONS
from simulation.care.flow.record import Record
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from topologies.fields.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Harm:
    """What delays cost the time-critical patients of a replication, and those who waited long for a bed."""

    deaths: float
    healthy_days: float


class Draw(IntEnum):
    """The place of each curve's draw in the stream `harm`; a new one comes last."""

    STEMI = 0
    TRAUMA = 1
    ARREST = 2
    RESUSCITATION = 3
    BOARDING = 4
    STROKE = 5


def harm_of(care: Record, p: Parameters, luck: Luck) -> Harm:
    """Minutes times the harm of one, for each condition (docs/parameters.md has the curves).

    What a minute costs is known within a range only: each replication draws it from the triangle over that range.
    """
    draws = luck.stream("harm").random(len(Draw)).tolist()
    minutes = {name: float(care.by_condition["minutes"][number]) for number, name in enumerate(CONDITIONS)}
    curves = p.conditions

    def drawn(curve: Quantity, draw: Draw) -> float:
        return _quantile(curve, draws[draw])

    deaths = sum(
        [
            minutes["stemi"] * drawn(curves.stemi_deaths_per_min, Draw.STEMI),
            minutes["trauma"] * drawn(curves.trauma_deaths_per_min, Draw.TRAUMA),
            minutes["arrest"] * drawn(curves.arrest_deaths_per_min, Draw.ARREST),
            minutes["resuscitation"] * drawn(curves.resuscitation_deaths_per_min, Draw.RESUSCITATION),
        ]
    )
    deaths += float(care.totals["boarded_long"][0]) * drawn(curves.boarding_deaths_per_delayed, Draw.BOARDING)
    return Harm(deaths, minutes["stroke"] * drawn(curves.stroke_healthy_days_per_min, Draw.STROKE))


def _quantile(quantity: Quantity, chance: float) -> float:
    """The quantile of the triangle over low, value and high."""
    low, mode, high = quantity.low, quantity.value, quantity.high
    if high == low:
        return mode
    turn = (mode - low) / (high - low)
    if chance < turn:
        return float(low + (chance * (high - low) * (mode - low)) ** 0.5)
    return float(high - ((1.0 - chance) * (high - low) * (high - mode)) ** 0.5)
