"""Harm: what patients were exposed to, times what it costs by published figures and their uncertainty.

Each kind of harm stands alone. All are those of a month, ordinary life included: what an attack adds is the difference
to the same month without it. None is exact, and their sum would hide how far they are from it.
"""

from dataclasses import dataclass
from enum import IntEnum

from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters
from simulation.outcome.harmed.exposure import Exposure
from topologies.fields.quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Harm:
    """Deaths by what led to them, and healthy days of stroke patients."""

    before_door: float
    after_door: float
    diversion: float
    boarding: float
    intensive_care: float
    calls: float
    paper: float
    waiting: float
    healthy_days: float

    @property
    def delays(self) -> float:
        """Deaths due to delays of emergency patients."""
        return self.before_door + self.after_door + self.diversion + self.boarding


class Draw(IntEnum):
    """The place of each curve's draw in the stream `harm`; a new one comes last."""

    STEMI = 0
    TRAUMA = 1
    ARREST = 2
    RESUSCITATION = 3
    BOARDING = 4
    STROKE = 5
    DIVERSION = 6
    INTENSIVE_CARE = 7
    CALLS = 8
    PAPER = 9
    WAITING = 10


def harm_of(exposure: Exposure, p: Parameters, luck: Luck) -> Harm:
    """What each kind of exposure costs (docs/parameters.md has the figures).

    What it costs is known within a range only: each replication draws it from the triangle over that range.
    """
    draws = luck.stream("harm").random(len(Draw)).tolist()
    curves, harm = p.conditions, p.harm

    def drawn(curve: Quantity, draw: Draw) -> float:
        return _quantile(curve, draws[draw])

    a_minute = {
        "stemi": drawn(curves.stemi_deaths_per_min, Draw.STEMI),
        "trauma": drawn(curves.trauma_deaths_per_min, Draw.TRAUMA),
        "arrest": drawn(curves.arrest_deaths_per_min, Draw.ARREST),
        "resuscitation": drawn(curves.resuscitation_deaths_per_min, Draw.RESUSCITATION),
    }
    stroke_min = exposure.before_min["stroke"] + exposure.after_min["stroke"]
    return Harm(
        before_door=sum([exposure.before_min[name] * deaths for name, deaths in a_minute.items()]),
        after_door=sum([exposure.after_min[name] * deaths for name, deaths in a_minute.items()]),
        diversion=exposure.infarctions_diverted * drawn(harm.diverted_infarction_deaths, Draw.DIVERSION),
        boarding=exposure.boarded_long * drawn(curves.boarding_deaths_per_delayed, Draw.BOARDING),
        intensive_care=exposure.critical_refused * drawn(harm.refused_critical_deaths, Draw.INTENSIVE_CARE),
        calls=exposure.calls_lost * drawn(harm.lost_call_deaths, Draw.CALLS),
        paper=exposure.paper_days * drawn(harm.paper_deaths_per_day, Draw.PAPER),
        waiting=exposure.waited_days * drawn(harm.waiting_deaths_per_day, Draw.WAITING),
        healthy_days=stroke_min * drawn(curves.stroke_healthy_days_per_min, Draw.STROKE),
    )


def _quantile(quantity: Quantity, chance: float) -> float:
    """The quantile of the triangle over low, value and high."""
    low, mode, high = quantity.low, quantity.value, quantity.high
    if high == low:
        return mode
    turn = (mode - low) / (high - low)
    if chance < turn:
        return float(low + (chance * (high - low) * (mode - low)) ** 0.5)
    return float(high - ((1.0 - chance) * (high - low) * (high - mode)) ** 0.5)
