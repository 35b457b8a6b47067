"""Indicators of the response: the regional crisis cell, and the wait for responders."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from simulation.outcome.breaking import Broken, Counted, overdue

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace


@dataclass(frozen=True, kw_only=True)
class ResponseColumns:
    """How soon help came."""

    regional_cell_h: float | None
    regional_cell_delay_h: float | None
    responder_wait_max_h: float | None


def response(trace: "Trace") -> Counted[ResponseColumns]:
    """The indicators of the response in one replication."""
    delay_h = trace.since_first_impact(trace.regional_cell_h)
    return Counted(
        ResponseColumns(
            regional_cell_h=trace.regional_cell_h,
            regional_cell_delay_h=delay_h,
            responder_wait_max_h=_longest_wait_h(trace),
        ),
        {
            "regional_cell_delay_h": partial(overdue, trace, delay_h),
            "responder_wait_max_h": partial(_waited, trace),
        },
    )


def _longest_wait_h(trace: "Trace") -> float | None:
    """An establishment that still waits at the horizon has waited until then: without it the region looks better."""
    horizon_h = float(trace.campaign.scenario.horizon_h)
    waits = (state.waited_h(horizon_h) for state in trace.sites)
    return max((wait_h for wait_h in waits if wait_h is not None), default=None)


def _waited(trace: "Trace", at_most_h: float) -> Broken | None:
    """The first establishment to have waited this long for a team, whether one came later or not."""
    late = []
    for node, state in enumerate(trace.sites):
        asked_h, waited_h = state.responders_asked_h, state.waited_h(trace.campaign.scenario.horizon_h)
        if asked_h is not None and waited_h is not None and waited_h > at_most_h:
            late.append((asked_h + at_most_h, trace.nodes.names[node]))
    return min(late, default=None)
