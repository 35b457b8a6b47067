"""Inquiry: what the investigation of a first victim tells those who were spared, and who wait for it.

Who has switched everything off without having been hit does not know what to look for. Once the first victim of an
attack has been investigated, a list is written of what to look for, how to clean it and which accounts to change, and
is passed on some days later, by day. Until then nobody who was spared switches anything on: while an attack is known,
and somebody has lost machines or a directory by it. The sister sites of one who has been investigated need no list:
their body has the findings.
"""

from functools import partial

from simpy import Event

from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.nodes import Node, NodeState
from simulation.engine.recovery_events import Stage
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_day_h
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.deciding.site_events import CleanUpList
from simulation.response.prepared import PreparedResponse


class Inquiry:
    """The inquiries of one replication, one for each wave of attackers."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        self.writing = Delay(situation, "clean_up_list_pace", p.site.clean_up_list_days, unit_h=HOURS_A_DAY)
        self.situation = situation
        self._starts_at_h = prepared.starts_at_h
        self._body_of = prepared.supervision.body_of
        self._investigated: dict[Node, NodeState] = {}
        """Who was investigated, as it was struck then."""
        self._open: set[str] = set()
        """Waves that have struck, and of which nothing has been passed on yet."""
        self._written: set[str] = set()
        """Waves of which somebody has been investigated."""
        self._waiting: list[Event] = []

    def hear_hit(self, hit: Hit) -> None:
        """Machines are lost."""
        self._begin(hit.node)

    def hear_cut(self, node: Node) -> None:
        """Links are cut; where the directory was held somebody will look how that came."""
        if self.situation.states[node].directory_held_h is not None:
            self._begin(node)

    def _begin(self, node: Node) -> None:
        wave = self.situation.states[node].wave
        if wave is not None and wave not in self._written:
            self._open.add(wave)

    def hear(self, node: Node, stage: Stage) -> None:
        """A victim has been investigated: the first of its wave is whom the list is about."""
        if stage is not Stage.INVESTIGATE:
            return
        state = self._investigated[node] = self.situation.states[node]
        if state.wave is not None and state.wave not in self._written:
            self._written.add(state.wave)
            cause, lasts_h = self.situation.last_event(node), self.writing.hours(node)
            by_day_h = until_day_h(self._starts_at_h + self.situation.now_h + lasts_h)
            self.situation.after(lasts_h + by_day_h, partial(self._pass_on, state.wave, cause))

    def _pass_on(self, wave: str, cause: int) -> None:
        """Who was spared has the list; those who wait for no other begin."""
        self._open.discard(wave)
        event = self.situation.timeline.note(CleanUpList(wave), None, cause)
        self.situation.signals.more_is_known.send(wave, event)
        if not self._open:
            for each in self._waiting:
                each.succeed(event)
            self._waiting.clear()

    def is_awaited(self, node: Node) -> bool:
        """It is not known yet what to look for, here: no site of the same body has been investigated."""
        sites = self._body_of(node)
        has_findings = any(self._investigated.get(site) is self.situation.states[site] for site in sites)
        return bool(self._open) and not has_findings

    def passed_on(self) -> Event:
        """What happens once all that is awaited has been passed on, with the number of that event."""
        event = self.situation.env.event()
        self._waiting.append(event)
        return event
