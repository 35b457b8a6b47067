"""Indicators of the response: the regional crisis cell, and the wait for responders."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace


@dataclass(frozen=True, kw_only=True)
class ResponseColumns:
    """How soon help came."""

    regional_cell_h: float | None
    regional_cell_delay_h: float | None
    responder_wait_max_h: float | None
    responders_came: bool | None


def response(trace: "Trace") -> ResponseColumns:
    """The indicators of the response in one replication."""
    asked = [state for state in trace.sites if state.responders_asked_h is not None]
    return ResponseColumns(
        regional_cell_h=trace.regional_cell_h,
        regional_cell_delay_h=trace.since_first_impact(trace.regional_cell_h),
        responder_wait_max_h=_longest_wait_h(trace),
        responders_came=all(state.responders_came_h is not None for state in asked) if asked else None,
    )


def _longest_wait_h(trace: "Trace") -> float | None:
    """An establishment that still waits at the horizon has waited until then: without it the region looks better."""
    horizon_h = float(trace.campaign.scenario.horizon_h)
    waits = (state.waited_h(horizon_h) for state in trace.sites)
    return max((wait_h for wait_h in waits if wait_h is not None), default=None)
