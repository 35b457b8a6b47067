"""Care: what a replay and its ordinary twin counted, from which figures of care are read.

The twin is the same replication with the same parameters and the same patients, and no attack. Figures compare the two,
as published ones compare with the year before.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from backtest.figure import Figure, Measure
from simulation.outcome.indicators.surgery import postponed
from simulation.outcome.trace import Trace

HOURS_A_DAY = 24.0
Counts = Mapping[str, float]
"""By the name of its figure."""


def counts_of(figures: tuple[Figure, ...], trace: Trace, first_h: float) -> Counts:
    """What each figure counts in a trace, from the hour at which the payload went off; missing beyond the horizon."""
    return {
        figure.name: _count(figure, trace, hours)
        for figure in figures
        if (hours := _hours(figure, first_h)).stop <= len(trace.care.served)
    }


def value_of(figure: Figure, attacked: Counts, ordinary: Counts) -> float | None:
    """The figure's value; `None` beyond the horizon, or where nobody is expected."""
    if figure.name not in attacked:
        return None
    found, usual = attacked[figure.name], ordinary[figure.name]
    if figure.measure is Measure.POSTPONED:
        return max(0.0, found - usual)
    return found / usual if usual else None


def _hours(figure: Figure, first_h: float) -> slice:
    begins_h = round(first_h + (figure.day or 0.0) * HOURS_A_DAY)
    return slice(begins_h, begins_h + round(figure.days * HOURS_A_DAY))


def _count(figure: Figure, trace: Trace, hours: slice) -> float:
    mine = _mine(figure, trace)
    care = trace.care

    def total(counted: NDArray[np.int32]) -> float:
        return float(counted[hours, mine].sum())

    match figure.measure:
        case Measure.ARRIVALS:
            return total(care.demand) + total(care.diverted_in) - _diverted(trace, mine, hours, out=True)
        case Measure.AMBULANCES:
            own = trace.campaign.parameters.emergency.ambulance_share.value * total(care.demand)
            here, elsewhere = (_diverted(trace, mine, hours, out=out) for out in (False, True))
            return own + here - elsewhere
        case Measure.LEFT_UNSEEN:
            return total(care.unmet)
        case Measure.POSTPONED:
            return float(postponed(trace, mine)[hours].sum())
        case _:
            return total(care.served)


def _mine(figure: Figure, trace: Trace) -> NDArray[np.intp]:
    """The wards that the figure counts: hit or not, a site that is cut off may have stopped too."""
    sites = trace.campaign.region.establishments
    there = [
        finess in figure.at if figure.at else finess in sites and sites[finess].public
        for finess in trace.wards.finess
    ]
    return np.flatnonzero(trace.wards.of(*figure.streams) & np.array(there))


def _diverted(trace: Trace, mine: NDArray[np.intp], hours: slice, *, out: bool) -> float:
    """Ambulances sent elsewhere by these emergency departments, or received from others."""
    counted = trace.care.ambulances_diverted_out if out else trace.care.ambulances_diverted_in
    return float(counted[hours, trace.wards.table.emergency_number[mine]].sum())
