"""Hunts: what a first confirmed case lets others find of the same attackers.

Once an establishment has declared and the regional cell is open, the traces of the attackers (indicators of
compromise) are read in the first victim and shared, with what the inquiry tells at the latest. Every other
establishment looks for them in its own systems, some days later, sooner and better where somebody watches; those whom
the regional cell warns begin at once. Everyone looks once more when the inquiry has told more
(`deciding/inquiry.py`). A wave that follows another is the same attackers', and leaves the same traces. The sites of
one body are searched by one team, with one end, by day. Who finds them knows at once what it is. Where nothing is
found, orders and precautions end.
"""

from collections.abc import Sequence
from functools import partial

from simulation.engine.delays import CommonDelay, Delay
from simulation.engine.event_kinds import Alert, Channel, EventKind, IndicatorsShared
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Chances
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_day_h
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.detecting.news import is_news
from simulation.response.prepared import PreparedResponse


class Hunts:
    """The hunts of one replication, one per wave of attackers."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        self.reading = CommonDelay(situation, "indicators_pace", p.detection.indicators_h)
        self.hunt = Delay(
            situation,
            "hunt_pace",
            p.detection.hunt_h,
            shortened_by=[defence.hunt_pace for defence in prepared.defences],
        )
        self.situation = situation
        self._defences = prepared.defences
        self._body_of = prepared.supervision.body_of
        self._starts_at_h = prepared.starts_at_h
        self._attackers = prepared.attackers
        self._finds = situation.luck.chances("hunt", len(situation.nodes))
        self._finds_again = situation.luck.chances("hunt again", len(situation.nodes))
        self._known: dict[str, int] = {}
        """The declaration that made each wave known."""
        self._read: set[str] = set()
        """Waves whose traces are being read, or have been."""
        self._shared: set[str] = set()
        self._clear: set[tuple[Node, str]] = set()
        """Who has looked for the attackers of which wave, and found nothing."""
        self._cell_is_open = False

    def hear(self, node: Node) -> None:
        """An establishment has declared: the traces of its attackers are read."""
        wave = self.situation.states[node].wave
        if wave is not None and wave not in self._known:
            self._known[wave] = self.situation.last_event(node)
            self._share_soon()

    def hear_regional_cell(self, _opened: int) -> None:
        """There is someone who shares."""
        self._cell_is_open = True
        self._share_soon()

    def hear_regional_cell_closes(self, _closes: int) -> None:
        """There is nobody any more who does."""
        self._cell_is_open = False

    def look_for(self, node: Node, wave: str, order: int) -> None:
        """The regional cell warns an establishment: it looks for the attackers."""
        self._look(self._body_of(node)[0], [node], wave, order, self._finds)

    def look_again(self, wave: str, clean_up_list: int) -> None:
        """More is known of attackers whose traces are shared: everyone looks once more."""
        if wave in self._shared:
            self._look_everywhere(wave, clean_up_list, self._finds_again)
        elif wave in self._read:
            self._share(wave, clean_up_list)

    def _share_soon(self) -> None:
        for wave in sorted(self._known.keys() - self._read) if self._cell_is_open else ():
            self._read.add(wave)
            self.reading.then(self._share, wave, self._known[wave])

    def _share(self, wave: str, cause: int) -> None:
        """Once: those who have been told what to look for need no traces any more."""
        if wave not in self._shared:
            self._shared.add(wave)
            event = self.situation.timeline.note(IndicatorsShared(wave), None, cause)
            self._look_everywhere(wave, event, self._finds)

    def _look_everywhere(self, wave: str, cause: int, finds: Chances) -> None:
        bodies: dict[Node, list[Node]] = {}
        for node in self.situation.nodes.sites:
            state = self.situation.states[node]
            if state.detected_h is None or state.is_over:
                bodies.setdefault(self._body_of(node)[0], []).append(node)
        for first, sites in bodies.items():
            self._look(first, sites, wave, cause, finds)

    def _look(self, first: Node, sites: Sequence[Node], wave: str, cause: int, finds: Chances) -> None:
        """The first site of a body stands for all."""
        lasts_h = self.hunt.hours(first)
        by_day_h = until_day_h(self._starts_at_h + self.situation.now_h + lasts_h)
        self.situation.after(lasts_h + by_day_h, partial(self._search, sites, wave, cause, finds[first]))

    def _search(self, sites: Sequence[Node], wave: str, cause: int, finds: float) -> None:
        for site in sites:
            self._search_at(site, wave, cause, finds)

    def _search_at(self, node: Node, wave: str, cause: int, finds: float) -> None:
        """Who is inside may be found, but not where they were thrown out before; that nothing is, who waits is told."""
        state = self.situation.states[node]
        are_inside = self._is_of(state.wave, wave) and not state.is_over
        waits = state.ordered is not None or (state.is_cut_off and (node, wave) not in self._clear)
        # Of most there is nothing to say: what others know is not asked about them.
        if not (are_inside or waits) or state.impact_h is not None:
            return
        if not is_news(self.situation, node, self._body_of(node)):
            return
        if are_inside and finds < self._defences[node].hunt_finds_chance:
            self.situation.note(node, Alert(Channel.HUNT), cause)
            self.situation.signals.recognised.send(node, Channel.HUNT)
        elif waits:
            self._clear.add((node, wave))
            state.ordered = None
            self.situation.note(node, EventKind.NOTHING_FOUND, cause)
            self.situation.signals.nothing_found.send(node)

    def _is_of(self, inside: str | None, wave: str) -> bool:
        """Who is inside is of the attackers of a wave."""
        return inside is not None and self._attackers.get(inside, inside) == self._attackers.get(wave, wave)
