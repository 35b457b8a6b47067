"""What do lost minutes cost? Deaths and healthy days, by published curves and their uncertainty."""

from dataclasses import dataclass

from simulation.care.capacity.staffing import CONDITIONS
from simulation.care.flow.arrays import Record
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from topologies.fields.quantity import Quantity


@dataclass(frozen=True, slots=True)
class Harm:
    """What delays cost the time-critical patients of a replication, and those who waited long for a bed."""

    deaths: float
    healthy_days: float


def harm_of(care: Record, p: Parameters, luck: Luck) -> Harm:
    """Minutes times the harm of one, for each condition (docs/parameters.md has the curves).

    What a minute costs is not known to a figure: each replication draws it from the triangle of its range.
    """
    chances = luck.stream("harm").random(len(CONDITIONS) + 1).tolist()
    minutes = {name: float(care.by_kind[number + 1, 2]) for number, name in enumerate(CONDITIONS)}
    per_min = {
        "stemi": p.conditions.stemi_deaths_per_min,
        "trauma": p.conditions.trauma_deaths_per_min,
        "arrest": p.conditions.arrest_deaths_per_min,
        "resuscitation": p.conditions.resuscitation_deaths_per_min,
    }
    deaths = sum(
        minutes[name] * _drawn(quantity, chance)
        for (name, quantity), chance in zip(per_min.items(), chances, strict=False)
    )
    deaths += float(care.by_kind[0, 1]) * _drawn(p.conditions.boarding_deaths_per_delayed, chances[-2])
    return Harm(deaths, minutes["stroke"] * _drawn(p.conditions.stroke_healthy_days_per_min, chances[-1]))


def _drawn(quantity: Quantity, chance: float) -> float:
    """The quantile of the triangle over low, value and high."""
    low, mode, high = quantity.low, quantity.value, quantity.high
    if high == low:
        return mode
    turn = (mode - low) / (high - low)
    if chance < turn:
        return float(low + (chance * (high - low) * (mode - low)) ** 0.5)
    return float(high - ((1.0 - chance) * (high - low) * (high - mode)) ** 0.5)
