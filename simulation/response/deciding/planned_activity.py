"""Planned activity: what the crisis cell puts off, and in which order it returns.

Some hours after systems were lost, the cell looks at each planned stream. Where much of what it leans on is gone it is
stopped wholly; elsewhere it goes on and hardly loses anything. What the matrix of outages keeps is the mean of many
hospitals: the chance that one of them stops is the share that is lost. Streams return one by one, in the order that the
cell decides, planned stays in medicine last, so that beds are left for emergencies: each once it is organised on paper,
or as soon as what it leans on is back; in the morning of a working day.
"""

from functools import partial

from simulation.continuity.degraded_mode import DegradedMode
from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.nodes import Node
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_working_morning_h
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import NUMBER, Stream
from simulation.response.deciding.site_events import PlannedCareResumes, PlannedCareStops
from simulation.response.prepared import PreparedResponse


class PlannedActivity:
    """What is put off by decision in one replication."""

    def __init__(
        self, situation: Situation, prepared: PreparedResponse, p: Parameters, degraded_mode: DegradedMode
    ) -> None:
        delay = partial(Delay, situation)
        kits = [1.0 - p.protection.plan_resumes.value * one.rehearsed for one in prepared.defences]
        self.decision = delay("planned_pace", p.site.planned_decision_h, shortened_by=prepared.decisions)
        # One pace for all streams of a site, so that the order between them is that of their parameters.
        self.organising = {
            stream: delay("paper_pace", length, unit_h=HOURS_A_DAY, shortened_by=kits)
            for stream, length in (
                (Stream.RADIOTHERAPY, p.site.radiotherapy_days),
                (Stream.CHEMOTHERAPY, p.site.chemotherapy_days),
                (Stream.SURGERY_SCHEDULED, p.site.planned_surgery_days),
                (Stream.OUTPATIENT, p.site.outpatient_days),
                (Stream.MEDICINE, p.site.planned_stays_days),
            )
        }
        """From the stop until the stream goes on by paper."""
        self.situation = situation
        self._starts_at_h = prepared.starts_at_h
        self._back_at = p.site.needs_are_back_at.value
        self._degraded_mode = degraded_mode
        self._stops = situation.luck.chances("planned stop", len(situation.nodes))
        self._stopped: dict[Node, list[Stream]] = {}
        """Of each site whose cell has decided: the streams that are stopped."""
        self._resumed: set[tuple[Node, Stream]] = set()

    def consider(self, node: Node) -> None:
        """Systems are lost, or the crisis cell is open: once both are, it decides on planned care."""
        state = self.situation.states[node]
        is_struck = state.impact_h is not None or state.is_switched_off
        if is_struck and state.crisis_cell_h is not None and self._degraded_mode.prepared.streams_at[node]:
            self.decision.then(node, self._decide)

    def consider_hit(self, hit: Hit) -> None:
        """The payload has gone off: what was organised before is looked at again."""
        self.consider(hit.node)

    def _decide(self, node: Node) -> None:
        """Streams that have lost too much are stopped; the others are organised on paper."""
        lost = self._degraded_mode.left.lost(node)
        if lost is None:
            return
        here = self._degraded_mode.prepared.streams_at[node]
        stopped = self._stopped.setdefault(node, [])
        more = [
            stream
            for stream in self.organising
            if NUMBER[stream] in here
            and stream not in stopped
            and (node, stream) not in self._resumed
            and self._stops[node] < lost[NUMBER[stream]]
        ]
        stopped += more
        self._tell(node)
        if more:
            state = self.situation.states[node]
            if state.planned_stopped_h is None:
                state.planned_stopped_h = self.situation.now_h
            state.planned_resumed_h = None
            event = self.situation.note_beside(node, PlannedCareStops(tuple(more)))
            for stream in more:
                self.organising[stream].then(node, self._resume_in_the_morning, stream, event)

    def forget(self, node: Node) -> None:
        """All is over there, and may happen once more: streams that have resumed may be stopped once more."""
        self._resumed -= {(node, stream) for stream in self.organising}

    def look(self, node: Node, _what: str = "") -> None:
        """Something is back: streams whose needs are go on."""
        stopped = self._stopped.get(node)
        if not stopped:
            return
        lost = self._degraded_mode.left.lost(node)
        for stream in tuple(stopped):
            if lost is None or lost[NUMBER[stream]] <= self._back_at:
                self._resume_in_the_morning(node, stream, self.situation.last_event(node))

    def _resume_in_the_morning(self, node: Node, stream: Stream, cause: int) -> None:
        wait_h = until_working_morning_h(self._starts_at_h + self.situation.now_h)
        self.situation.after(wait_h, partial(self._resume, node, stream, cause))

    def _resume(self, node: Node, stream: Stream, cause: int) -> None:
        """A stream goes on, on paper or with its systems, unless it does already."""
        if stream in self._stopped[node]:
            self._stopped[node].remove(stream)
            self._resumed.add((node, stream))
            if not self._stopped[node]:
                self.situation.states[node].planned_resumed_h = self.situation.now_h
            self.situation.note_beside(node, PlannedCareResumes(stream), cause)
            self._tell(node)

    def _tell(self, node: Node) -> None:
        self._degraded_mode.plan_care(node, self._stopped[node])
