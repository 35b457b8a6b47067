"""Rows of the timeline: what happened in a replication, as readers of its table see it."""

from datetime import timedelta

from simulation.outcome.care_events.story import story_of
from simulation.outcome.columns import Rows
from simulation.outcome.records import TimelineRow
from simulation.outcome.trace import Trace


def timeline_rows(trace: Trace) -> Rows[TimelineRow]:
    """The rows of all events, in their order."""
    story, names = story_of(trace).columns, trace.nodes.names
    at_h, what, start = story["at_h"], story["what"], trace.campaign.scenario.start
    instants = {one: start + timedelta(seconds=round(one * 3600)) for one in set(at_h)}
    at_site = [node is not None and trace.nodes.is_establishment(node) for node in story["node"]]
    where = [None if node is None else names[node] for node in story["node"]]
    columns = {
        "replication": [trace.replication] * len(what),
        "event": list(range(len(what))),
        "at_h": at_h,
        "at": [instants[one] for one in at_h],
        "actor": [str(one.actor) for one in what],
        "finess": [name if is_site else None for name, is_site in zip(where, at_site, strict=True)],
        "kind": [str(one.kind) for one in what],
        "technique": [one.technique for one in what],
        "cause": story["cause"],
        # A shared service has no FINESS number: its name stands first.
        "detail": [
            one.detail if is_site or name is None else " ".join(filter(None, (name, one.detail)))
            for one, name, is_site in zip(what, where, at_site, strict=True)
        ],
        "patients": story["patients"],
        "hours": story["hours"],
    }
    return Rows(TimelineRow, columns)
