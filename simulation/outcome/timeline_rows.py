"""Rows of the timeline: what happened in a replication, as readers of its table see it."""

from datetime import datetime, timedelta

from simulation.outcome.care_events.story import Told, story_of
from simulation.outcome.records import TimelineRow
from simulation.outcome.trace import Trace


def timeline_rows(trace: Trace) -> tuple[TimelineRow, ...]:
    """The rows of all events, in their order."""
    start = trace.campaign.scenario.start
    story = story_of(trace)
    instants = {at_h: start + timedelta(seconds=round(at_h * 3600)) for at_h in {one.at_h for one in story}}
    return tuple(_row(number, event, trace, instants[event.at_h]) for number, event in enumerate(story))


def _row(number: int, event: Told, trace: Trace, at: datetime) -> TimelineRow:
    what, name = event.what, None if event.node is None else trace.nodes.names[event.node]
    is_site = event.node is not None and trace.nodes.is_establishment(event.node)
    return TimelineRow(
        replication=trace.replication,
        event=number,
        at_h=event.at_h,
        at=at,
        actor=str(what.actor),
        finess=name if is_site else None,
        kind=str(what.kind),
        technique=what.technique,
        cause=event.cause,
        # A shared service has no FINESS number: its name stands first.
        detail=what.detail if is_site or name is None else " ".join(filter(None, (name, what.detail))),
        patients=event.patients,
        hours=event.hours,
    )
