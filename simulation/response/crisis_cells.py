"""Crisis cells: what an establishment decides, from the first alert until its links are cut and it has declared.

An alert is triaged, and understood or closed. An establishment that then knows that it is attacked (or sees it, soon
after the payload has gone off) opens its crisis cell and cuts its links; the cell declares. Exercises shorten each of
these delays. A legal entity declares once for all its sites; to cut all of them, because a payload has gone off at
one, or the directory is held, is an act of the whole body, which takes it longer than a site takes to cut itself; once
it is decided the others follow within the hour. Who runs the network of others too and was struck cannot cut itself
alone: that is such an act as well, which cuts all of them. Cutting has its price
(`continuity/degraded_mode.py`), and an end: after some days where nothing was hit (sooner where it was a precaution,
and nothing is found), or once a directory that the attacker held is rebuilt (`recovery.py`), its own or that of its
body; elsewhere once core servers and workstations are clean. A directory that separate bodies share is cut once the
investigation of one of them leads to it. Where all is over and an attacker comes once more, all of it is decided anew.
"""

from collections.abc import Callable
from functools import partial

from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.event_kinds import Alert, Channel, Detected, EventKind, Happening
from simulation.engine.nodes import Node, NodeState
from simulation.engine.recovery_events import Stage
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.clock import until_working_hours_h
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.detecting.news import is_news
from simulation.response.prepared import PreparedResponse

REBUILT = frozenset({Stage.CORE_SERVERS, Stage.WORKSTATIONS})
"""Without these nobody who was hit goes back on the links."""


class CrisisCells:
    """The decisions of all establishments in one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        delay = partial(Delay, situation)
        decisions = prepared.decisions
        self.notice = delay("notice_pace", p.detection.impact_notice_h)
        self.triage = delay("triage_pace", p.response.triage_h, shortened_by=decisions)
        self.gathering = delay("cell_pace", p.response.crisis_cell_h, shortened_by=decisions)
        self.isolation = delay("isolation_pace", p.response.isolation_h, shortened_by=decisions)
        self.deciding = delay("body_pace", p.response.body_decides_h, shortened_by=decisions)
        self.following = delay("following_pace", p.response.body_follows_h, shortened_by=decisions)
        self.declaration = delay("declaration_pace", p.response.declaration_h, shortened_by=decisions)
        self.cleaning = delay("cleaning_pace", p.response.isolation_days, unit_h=HOURS_A_DAY)
        self.situation = situation
        self._calm_h = p.response.cell_calm_days.value * HOURS_A_DAY
        self._starts_at_h = prepared.starts_at_h
        self._rebuilt: dict[Node, set[Stage]] = {}
        self._decides: set[Node] = set()
        """The first site of each body that has to decide whether it cuts all of its sites."""
        self._called: set[Node] = set()
        """Sites that have been told to cut, and follow."""
        self._waiting: dict[Node, list[tuple[Node, float]]] = {}
        """By directory of a body: the sites, cut at these hours, that would be back but for it."""
        self._supervision = prepared.supervision
        self._body_of = prepared.supervision.body_of
        self._cut_with = prepared.supervision.cut_with
        self._runs_others = prepared.supervision.run_by

    def triage_report(self, node: Node, channel: Channel) -> None:
        """Something is reported; it takes a triage to know what it is."""
        if is_news(self.situation, node, self._body_of(node)):
            self.situation.note(node, Alert(channel))
            self.triage.then(node, self.detect, channel)

    def overlook(self, node: Node, channel: Channel) -> None:
        """Something is reported; a triage takes it for nothing."""
        if is_news(self.situation, node, self._body_of(node)):
            self.triage.then(node, self._close, self.situation.note_beside(node, Alert(channel)))

    def _close(self, node: Node, alert: int) -> None:
        """Nobody takes it for nothing once it is known there, or at another site of the body."""
        known = (self.situation.states[site].detected_h for site in (node, *self._body_of(node)))
        if all(at_h is None for at_h in known):
            self.situation.note_beside(node, EventKind.ALERT_CLOSED, alert)

    def notice_hit(self, hit: Hit) -> None:
        """The payload has gone off: soon it is seen, unless the establishment knew before."""
        state = self.situation.states[hit.node]
        if state.detected_h is None:
            self.notice.then(hit.node, self._see, hit.first_sign)
        else:
            self._put_to_body(hit.node, self.situation.last_event(hit.node))

    def _see(self, node: Node, first_sign: Happening) -> None:
        """Printers put out a note, or screens go dark: the attack shows itself."""
        if self.situation.states[node].detected_h is None:
            self.situation.note(node, first_sign)
            self.detect(node, Channel.ATTACKER)

    def detect(self, node: Node, channel: Channel) -> None:
        """The establishment knows: it gathers its crisis cell and prepares to cut its links."""
        state = self.situation.states[node]
        if state.detected_h is not None:
            return
        state.detected_h = self.situation.now_h
        state.detected_by = str(channel)
        event = self.situation.note(node, Detected(channel))
        if state.crisis_cell_h is None:
            self.gathering.then(node, self._open, event)
        else:
            self._learn(node, event)
        if not (node in self._runs_others and state.is_struck):
            self.isolation.then(node, self.isolate, event)
        self._put_to_body(node, event)
        self.situation.signals.detected.send(node)

    def gather(self, node: Node) -> None:
        """Everything is off: one that was hit knows it by then; one that was not gathers its crisis cell too."""
        state = self.situation.states[node]
        if state.impact_h is not None:
            self.detect(node, Channel.OWN)
        elif state.detected_h is None:
            self.gathering.then(node, self._open, self.situation.last_event(node))

    def _open(self, node: Node, cause: int) -> None:
        """The crisis cell is open; where there is an attack it will declare."""
        state = self.situation.states[node]
        if state.crisis_cell_h is not None:
            return
        state.crisis_cell_h = self.situation.now_h
        event = self.situation.note(node, EventKind.CRISIS_CELL, cause)
        if state.detected_h is not None:
            self._learn(node, event)
        self.situation.signals.cell_opened.send(node)

    def _learn(self, node: Node, cause: int) -> None:
        """The crisis cell sits and knows of an attack: it will declare."""
        self.declaration.then(node, self._declare, cause)
        self.situation.signals.cell_knows.send(node)

    def isolate(self, node: Node, cause: int) -> None:
        """Links are cut: the attack neither comes nor goes, and the establishment works without its partners."""
        state = self.situation.begin_anew(node)
        if state.isolated_h is not None:
            return
        state.isolated_h = self.situation.now_h
        self.situation.note(node, EventKind.ISOLATION, cause)
        self.situation.signals.isolated.send(node)
        self.cleaning.then(node, self._look_if_spared, state.isolated_h)

    def _put_to_body(self, node: Node, cause: int) -> None:
        """A site knows that it was struck: whoever decides for all whose links are cut with its own is asked, once."""
        sites = self._cut_with(node)
        if len(sites) > 1 and self.situation.states[node].is_struck and sites[0] not in self._decides:
            self._decides.add(sites[0])
            self.deciding.then(node, self._cut_all, cause)

    def _cut_all(self, node: Node, cause: int) -> None:
        """It is decided: where the network is run it is cut at once, elsewhere soon."""
        sites = self._cut_with(node)
        self._decides.remove(sites[0])
        on_links = [site for site in sites if self._is_on_links(site) and site not in self._called]
        if on_links:
            # Where only the directory is left that they share, there is nothing to be told to sites.
            are_sites = any(map(self.situation.nodes.is_establishment, on_links))
            common = self._supervision.common_to(node)
            event = self._tell_all(node if common is None else common, cause) if are_sites else cause
            for site in on_links:
                if site in self._runs_others:
                    self.isolate(site, event)
                else:
                    self._called.add(site)
                    self.following.then(site, self._follow, event)

    def _tell_all(self, decides: Node, cause: int) -> int:
        """Who runs the directory of a body decides for it, whichever of its sites knew first; the event is returned."""
        return self.situation.note_beside(decides, EventKind.BODY_CUTS, cause)

    def _follow(self, node: Node, cause: int) -> None:
        self._called.discard(node)
        if self._is_on_links(node):
            self.isolate(node, cause)

    def _is_on_links(self, node: Node) -> bool:
        state = self.situation.states[node]
        return state.isolated_h is None or state.is_over

    def _look_if_spared(self, node: Node, cut_h: float) -> None:
        self._by_day(partial(self._reconnect_if_spared, node, cut_h))

    def _by_day(self, reconnect: Callable[[], None]) -> None:
        """Nobody opens links at night or on a Sunday, when those on the other side cannot be asked."""
        wait_h = until_working_hours_h(self._starts_at_h + self.situation.now_h)
        if wait_h:
            self.situation.after(wait_h, reconnect)
        else:
            reconnect()

    def _reconnect_if_spared(self, node: Node, cut_h: float) -> None:
        """Checked, an establishment that was not hit, and whose directory nobody else held, is back on its links."""
        state = self.situation.states[node]
        spared = state.impact_h is None and state.directory_held_h is None
        if spared and state.isolated_h == cut_h and state.is_cut_off and not state.is_switched_off:
            common = self._supervision.common_to(node)
            if common is not None and self.situation.states[common].is_struck:
                self._waiting.setdefault(common, []).append((node, cut_h))
            else:
                self.reconnect(node)

    def reconnect_those_who_waited(self, directory: Node) -> None:
        """The directory of a body is clean: its sites that have been checked are back on their links."""
        for node, cut_h in self._waiting.pop(directory, ()):
            self._look_if_spared(node, cut_h)

    def cut_what_was_shared(self, node: Node, stage: Stage) -> None:
        """A victim has been investigated: the directory by which others could be reached is cut, if it was held."""
        shared = self._supervision.shared_of[node]
        if stage is Stage.INVESTIGATE and shared is not None and self.situation.states[shared].is_struck:
            self.isolate(shared, self.situation.last_event(node))

    def end_precaution(self, node: Node) -> None:
        """Nothing was found: the cut ends, unless the network of somebody who was struck is the same."""
        state = self.situation.states[node]
        others = map(self.situation.states.__getitem__, self._body_of(node))
        if state.isolated_h is not None and not any(each.is_struck for each in others):
            self._look_if_spared(node, state.isolated_h)

    def reconnect_when_clean(self, node: Node, stage: Stage) -> None:
        """One that was hit is back on its links once its core servers and workstations are rebuilt."""
        if stage not in REBUILT:
            return
        rebuilt = self._rebuilt.setdefault(node, set())
        rebuilt.add(stage)
        if rebuilt == REBUILT:
            del self._rebuilt[node]
            self.reconnect_by_day(node)

    def reconnect_by_day(self, node: Node) -> None:
        """All that it waited for is done."""
        self._by_day(partial(self._reconnect_if_cut_off, node))

    def _reconnect_if_cut_off(self, node: Node) -> None:
        if self.situation.states[node].is_cut_off:
            self.reconnect(node)

    def reconnect(self, node: Node) -> None:
        """The attacker has lost it."""
        self.situation.states[node].reconnected_h = self.situation.now_h
        self.situation.note(node, EventKind.RECONNECTION)
        self.situation.signals.reconnected.send(node)

    def stand_down(self, node: Node, _what: Stage | None = None) -> None:
        """It is on its links, with nothing off or lost: after some days the crisis cell closes, in working hours."""
        state = self.situation.states[node]
        if state.crisis_cell_h is not None and state.is_over:
            closes = partial(
                self._by_day, partial(self._close_cell, node, state, self.situation.last_event(node))
            )
            self.situation.after(self._calm_h, closes)

    def _close_cell(self, node: Node, state: NodeState, cause: int) -> None:
        """Unless it all happens once more meanwhile."""
        if self.situation.states[node] is state:
            self.situation.note_beside(node, EventKind.CRISIS_CELL_CLOSES, cause)

    def _declare(self, node: Node, cause: int) -> None:
        """CERT Santé and the ARS know, unless another site of the same body has told them of the same attackers."""
        states = self.situation.states
        told = (states[site] for site in self._body_of(node) if states[site].declared_h is not None)
        if any(state.wave == states[node].wave for state in told):
            return
        self.situation.states[node].declared_h = self.situation.now_h
        self.situation.note(node, EventKind.DECLARATION, cause)
        self.situation.signals.declared.send(node)
