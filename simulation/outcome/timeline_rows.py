"""Rows of the timeline: what happened in a replication, as readers of its table see it."""

from simulation.outcome.care_events.story import story_of
from simulation.outcome.columns import Instants, Rows
from simulation.outcome.records import TimelineRow
from simulation.outcome.trace import Trace


def timeline_rows(trace: Trace) -> Rows[TimelineRow]:
    """The rows of all events, in their order."""
    story, nodes = story_of(trace).columns, trace.nodes
    at_h, what, node = story["at_h"], story["what"], story["node"]
    # Nowhere is after all nodes.
    where = [len(nodes) if one is None else one for one in node]
    finess = [*nodes.names[: nodes.establishments], *[None] * (len(nodes) - nodes.establishments), None]
    # A shared service has no FINESS number: its name stands first.
    before = [*[""] * nodes.establishments, *nodes.names[nodes.establishments :], ""]
    words = {
        id(one): (str(one.actor), str(one.kind), one.technique, one.detail)
        for one in {id(one): one for one in what}.values()
    }
    actor, kind, technique, detail = zip(*[words[id(one)] for one in what], strict=True)
    columns = {
        "replication": [trace.replication] * len(what),
        "event": range(len(what)),
        "at_h": at_h,
        "at": Instants(trace.campaign.scenario.start, at_h),
        "actor": actor,
        "finess": [finess[one] for one in where],
        "kind": kind,
        "technique": technique,
        "cause": story["cause"],
        "detail": [
            " ".join(filter(None, (before[one], text))) if before[one] else text
            for one, text in zip(where, detail, strict=True)
        ],
        "patients": story["patients"],
        "hours": story["hours"],
    }
    return Rows(TimelineRow, columns)
