"""Inquiry: what the investigation of a first victim tells those who were spared, and who wait for it.

Who has switched everything off without having been hit does not know what to look for. Once the first victim of an
attack has been investigated, a list is written of what to look for, how to clean it and which accounts to change, and
is passed on some days later. Until then nobody who was spared switches anything on: while an attack is known, and
somebody has lost machines or a directory by it.
"""

from functools import partial

from simpy import Event

from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.nodes import Node
from simulation.engine.recovery_events import Stage
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.deciding.site_events import CleanUpList


class Inquiry:
    """The inquiries of one replication, one for each wave of attackers."""

    def __init__(self, situation: Situation, p: Parameters) -> None:
        self.writing = Delay(situation, "clean_up_list_pace", p.site.clean_up_list_days, unit_h=HOURS_A_DAY)
        self.situation = situation
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
        wave = self.situation.states[node].wave
        if stage is Stage.INVESTIGATE and wave is not None and wave not in self._written:
            self._written.add(wave)
            cause = self.situation.last_event(node)
            self.situation.after(self.writing.hours(node), partial(self._pass_on, wave, cause))

    def _pass_on(self, wave: str, cause: int) -> None:
        """Who was spared has the list; those who wait for no other begin."""
        self._open.discard(wave)
        event = self.situation.timeline.note(CleanUpList(wave), None, cause)
        self.situation.signals.more_is_known.send(wave, event)
        if not self._open:
            for each in self._waiting:
                each.succeed(event)
            self._waiting.clear()

    def is_awaited(self) -> bool:
        """Somewhere it is not known yet what to look for."""
        return bool(self._open)

    def passed_on(self) -> Event:
        """What happens once all that is awaited has been passed on, with the number of that event."""
        event = self.situation.env.event()
        self._waiting.append(event)
        return event
