"""Breaking: at what hour a bound on an indicator is passed, and which establishment did most to pass it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

Broken = tuple[float, str | None]
"""The hour from which the bound is passed whatever happens next, and the establishment that did most to pass it."""

Columns = TypeVar("Columns")


@dataclass(frozen=True, slots=True)
class Counted(Generic[Columns]):
    """Some indicators of a replication, and when a bound on one of them broke, by name; `None` when it held."""

    columns: Columns
    broken: Mapping[str, Callable[[float], Broken | None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HourlyCount:
    """Something counted hour by hour in some wards; `values` is of shape (hours, len(wards))."""

    wards: NDArray[np.intp]
    values: NDArray[np.generic]
    """For all hours for which a followed one stands."""
    hours: NDArray[np.intp]
    """The followed hours, of shape (hours,)."""

    def total(self) -> float:
        """Over all hours and wards."""
        return float(self.values.sum())

    def beyond(self, at_most: float, finess: tuple[str, ...]) -> Broken | None:
        """The end of the hour in which the running sum passes the bound, and the site that bears most of it.

        `finess` names the site of each ward.
        """
        passed = np.cumsum(self.values.sum(axis=1)) > at_most
        if not passed.any():
            return None
        hour = int(passed.argmax())
        worst = int(self.values[: hour + 1].sum(axis=0).argmax())
        return float(self.hours[hour]) + 1.0, finess[int(self.wards[worst])]


def overdue(trace: "Trace", delay_h: float | None, at_most_h: float) -> Broken | None:
    """What took `delay_h` from the first impact, or never came, was due after `at_most_h`.

    The establishment is the largest of those that were still down when it was due.
    """
    if trace.first_impact_h is None or (delay_h is not None and delay_h <= at_most_h):
        return None
    due_h = trace.first_impact_h + at_most_h
    if due_h > trace.campaign.scenario.horizon_h:
        return None
    sites, nodes = trace.campaign.region.establishments, trace.nodes.names
    down = [
        (-sites[nodes[node]].beds, nodes[node])
        for node, state in enumerate(trace.sites)
        if state.impact_h is not None and (state.restored_h is None or state.restored_h > due_h)
    ]
    return due_h, min(down)[1] if down else None
