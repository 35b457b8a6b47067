"""Rows of the timeline: what happened in a replication, as readers of its table see it."""

from datetime import datetime, timedelta

from simulation.engine.timeline import TimelineEvent
from simulation.outcome.records import TimelineRow
from simulation.outcome.trace import Trace


def timeline_rows(trace: Trace) -> tuple[TimelineRow, ...]:
    """The rows of all events, in their order."""
    start = trace.campaign.scenario.start
    return tuple(_row(number, event, trace, start) for number, event in enumerate(trace.timeline))


def _row(number: int, event: TimelineEvent, trace: Trace, start: datetime) -> TimelineRow:
    what, name = event.what, None if event.node is None else trace.nodes.names[event.node]
    is_site = event.node is not None and trace.nodes.is_establishment(event.node)
    return TimelineRow(
        replication=trace.replication,
        event=number,
        at_h=event.at_h,
        at=start + timedelta(seconds=round(event.at_h * 3600)),
        actor=str(what.actor),
        finess=name if is_site else None,
        kind=str(what.kind),
        technique=what.technique,
        cause=event.cause,
        # A shared service has no FINESS number: its name stands first.
        detail=what.detail if is_site or name is None else " ".join(filter(None, (name, what.detail))),
    )
