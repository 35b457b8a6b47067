"""Emptied wards: care that a hospital cannot give by decision, so that its patients are moved; and when it opens again.

Where the payload has gone off or everything is off, the crisis cell looks some time later at sessions of dialysis,
chemotherapy and radiotherapy that could be given elsewhere; where both are true, at critical care and births besides
(`MovedCare`). Most go on with sheets at the bedside; some decide that it is not safe. Critical care is then emptied:
patients are moved one by one to units with a free bed, and who needs one meanwhile goes there too
(`care/flow/compiled/moving/emptying.py`). A maternity sends women in labour to the nearest with a free bed; those who
have given birth stay until they go home. Sessions are held as far as they can be, and those who would wait are sent to
the nearest sites with room (`care/flow/compiled/sessions.py`). A rehearsed plan makes it rarer and shorter. It ends
once care is organised on paper, or when enough of the systems is back; those who were moved to a bed stay where they
are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import partial

from simulation.care.flow.changes import HELD_ELSEWHERE
from simulation.continuity.degraded_mode import DegradedMode
from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.event_kinds import EventKind, Happening
from simulation.engine.nodes import Node
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_day_h
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import NUMBER, Stream
from simulation.response.deciding.site_events import CareMoved, CareReturns
from simulation.response.prepared import PreparedResponse
from topologies.fields.quantity import Share


@dataclass(frozen=True, slots=True)
class MovedCare:
    """One row of what may be given elsewhere."""

    chance: Share
    """That a hospital without any plan decides so."""
    begins: Happening
    ends: Happening


def moved_care(p: Parameters) -> Mapping[Stream, MovedCare]:
    """The rows, by stream."""
    return {
        Stream.CRITICAL_CARE: MovedCare(
            p.site.empties_critical, EventKind.CRITICAL_CARE_EMPTIED, EventKind.CRITICAL_CARE_REOPENS
        ),
        Stream.MATERNITY: MovedCare(
            p.site.empties_maternity, CareMoved(Stream.MATERNITY), CareReturns(Stream.MATERNITY)
        ),
        **{
            stream: MovedCare(p.site.sessions_elsewhere, CareMoved(stream), CareReturns(stream))
            for stream in HELD_ELSEWHERE
        },
    }


class EmptiedWards:
    """What is given elsewhere by decision in one replication."""

    def __init__(
        self,
        situation: Situation,
        prepared: PreparedResponse,
        p: Parameters,
        units: Mapping[Stream, Collection[Node]],
        degraded_mode: DegradedMode,
    ) -> None:
        """`units` are the establishments that give each of these streams."""
        delay = partial(Delay, situation)
        self._left = [
            1.0 - p.protection.plan_keeps_open.value * defence.rehearsed for defence in prepared.defences
        ]
        """What a plan leaves of the chance and of the duration, by node."""
        self.decision = delay("emptying_pace", p.site.empties_h, shortened_by=prepared.decisions)
        self.organising = delay(
            "unit_reopens_pace", p.site.emptied_days, unit_h=HOURS_A_DAY, shortened_by=self._left
        )
        self.situation = situation
        self._starts_at_h = prepared.starts_at_h
        self._fit_at = p.site.unit_reopens_at.value
        self._units, self._rows = units, moved_care(p)
        self._degraded_mode = degraded_mode
        # On each stream other people decide.
        self._draws = {
            stream: situation.luck.chances(
                "empties" if stream is Stream.CRITICAL_CARE else f"empties {stream}", len(situation.nodes)
            )
            for stream in self._rows
        }
        self._emptied: dict[Node, dict[Stream, bool]] = {}
        """Of those on whose care somebody has decided: whether each stream is given elsewhere now."""

    def consider(self, node: Node) -> None:
        """Systems are lost or off, or the crisis cell is open: once both are, it will decide."""
        state = self.situation.states[node]
        has_lost = state.impact_h is not None or state.is_switched_off
        if (
            has_lost
            and state.crisis_cell_h is not None
            and any(node in some for some in self._units.values())
        ):
            self.decision.then(node, self._decide, self.situation.last_event(node))

    def consider_hit(self, hit: Hit) -> None:
        """The payload has gone off."""
        self.consider(hit.node)

    def _decide(self, node: Node, cause: int) -> None:
        """Once on each stream that is given there, and that what systems it misses costs something."""
        state = self.situation.states[node]
        is_worst = state.impact_h is not None and state.is_switched_off
        for stream, row in self._rows.items():
            is_asked = is_worst or stream in HELD_ELSEWHERE
            is_new = stream not in self._emptied.get(node, {})
            if is_asked and is_new and node in self._units[stream] and not self._is_fit(node, stream):
                chance = row.chance.value * self._left[node]
                self._emptied.setdefault(node, {})[stream] = self._draws[stream][node] < chance
                if self._emptied[node][stream]:
                    event = self.situation.note_beside(node, row.begins, cause)
                    self.organising.then(node, self._reopen_by_day, stream, event)
        self._tell(node)

    def _tell(self, node: Node) -> None:
        emptied = self._emptied.get(node, {})
        self._degraded_mode.give_elsewhere(
            node, [stream for stream, is_emptied in emptied.items() if is_emptied]
        )

    def _is_fit(self, node: Node, stream: Stream) -> bool:
        """What systems it misses costs the stream next to nothing."""
        lost = self._degraded_mode.left.lost(node)
        return lost is None or 1.0 - float(lost[NUMBER[stream]]) >= self._fit_at

    def forget(self, node: Node) -> None:
        """All is over there, and may happen once more: the cell may decide once more."""
        if not any(self._emptied.get(node, {}).values()):
            self._emptied.pop(node, None)

    def look(self, node: Node, _what: str = "") -> None:
        """Something is back: what enough is back for is given there again."""
        for stream, is_emptied in self._emptied.get(node, {}).items():
            if is_emptied and self._is_fit(node, stream):
                self._reopen(node, stream, self.situation.last_event(node))

    def _reopen_by_day(self, node: Node, stream: Stream, cause: int) -> None:
        """Care is organised on paper: those who decide on it sit by day."""
        wait_h = until_day_h(self._starts_at_h + self.situation.now_h)
        self.situation.after(wait_h, partial(self._reopen, node, stream, cause))

    def _reopen(self, node: Node, stream: Stream, cause: int) -> None:
        if self._emptied.get(node, {}).get(stream):
            self._emptied[node][stream] = False
            self.situation.note_beside(node, self._rows[stream].ends, cause)
            self._tell(node)
