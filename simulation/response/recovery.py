"""Recovery: how an establishment comes back, stage by stage (`stages.py`), as fast as work (`work.py`) and teams allow.

The attacker is shut out, what happened is investigated, and the directory is rebuilt: the last two take a team that has
done it before (`responders.py`), and are whole wherever the attacker held the directory, even where nothing went off.
A directory that several share is a node of its own, rebuilt once, by one team: sites of one body wait for it, those of
separate bodies have directories of their own to rebuild besides.
Then servers and their applications come back, one after the other, by the own computer team or, where that is busy, by
rebuilders from outside; machines are reinstalled at the same time. What care gets back: `degraded_mode.py`.
"""

from collections.abc import Generator
from dataclasses import dataclass
from math import exp

from simpy import Event

from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node, NodeState
from simulation.engine.recovery_events import RespondersCome, Stage, StageDone
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.prepared import PreparedResponse
from simulation.response.responders import Engagement, Responders
from simulation.response.stages import StageWork, applications_by_stage, stages_of
from simulation.response.teams import NOTHING_LOST, Teams
from simulation.response.work import Work


@dataclass(frozen=True, slots=True)
class CommonStart:
    """A directory that several share is being rebuilt, and what its sites wait for."""

    team_comes: Event
    is_clean: Event
    """It happens with the event of the timeline that says so."""


class Recovery:
    """The work of one replication, and the teams that lead it."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters, teams: Teams) -> None:
        self.situation = situation
        self.prepared = prepared
        self.stages = stages_of(p)
        self.work = Work(situation, prepared, p)
        self.teams = teams
        self.leaders = Responders(situation.env, prepared.leaders)
        self._p = p
        self._applications = applications_by_stage(p)
        self._begun: set[Node] = set()
        self._common: dict[Node, CommonStart] = {}
        """Of each directory that several share, since it is being rebuilt."""
        self._clean: dict[Node, NodeState] = {}
        """Whose directory has been rebuilt where nothing else was lost, as it was held then."""
        self._investigated: dict[Node, NodeState] = {}
        """Who was investigated, as it was struck then."""
        self._machines_at_most: dict[Node, float] = {}
        """Of each node that still loses machines: the share that it loses in the end."""

    def lose_machines(self, hit: Hit) -> None:
        """The payload went off: some machines are lost at once, the others one after the other until someone cuts."""
        self._machines_at_most[hit.node] = hit.machines
        self.situation.states[hit.node].machines_hit = hit.machines * self._encrypted(0.0)

    def stop_loss(self, node: Node) -> None:
        """The links are cut: what is not lost yet is spared."""
        state = self.situation.states[node]
        if node in self._machines_at_most and state.impact_h is not None:
            since_h = self.situation.now_h - state.impact_h
            state.machines_hit = self._machines_at_most.pop(node) * self._encrypted(since_h)
            if since_h > 0.0:
                self.situation.signals.machines_spared.send(node)

    def _encrypted(self, since_h: float) -> float:
        """The part of the machines lost so long after the payload: some at once, the rest at a constant hazard."""
        p = self._p.attack
        return 1.0 - (1.0 - p.encrypted_at_once.value) * exp(-since_h / p.encryption_h.value)

    def call(self, declared: Node) -> None:
        """An establishment has declared: teams from outside that can lead make ready."""
        self.leaders.call(declared)

    def begin_if_detected(self, hit: Hit) -> None:
        """The payload went off where the attack was known already: the node starts to come back."""
        if self.situation.states[hit.node].detected_h is not None:
            self._begin(hit.node)

    def begin_if_hit(self, node: Node) -> None:
        """The crisis cell is open: where the payload has gone off, the node starts to come back."""
        if self.situation.states[node].impact_h is not None:
            self._begin(node)

    def begin_if_held(self, node: Node) -> None:
        """The links are cut, and the cell sits: a directory that the attacker held is rebuilt before they come back."""
        state, supervision = self.situation.states[node], self.prepared.supervision
        is_clean = self._clean.get(node) is state
        if state.impact_h is not None or state.directory_held_h is None or is_clean or not state.is_cut_off:
            return
        if state.detected_h is not None and state.crisis_cell_h is None:
            return
        # Of a directory that separate bodies share nobody knows before a victim is investigated.
        of_others = supervision.is_shared(node) and supervision.common_to(node) is None
        if not (of_others and self._is_any_struck(node)) or self._has_been_led_to(node):
            self._begin(node)

    def _is_any_struck(self, shared: Node) -> bool:
        sites = (site for site in self.prepared.supervision.peers_of(shared) if site != shared)
        return any(self.situation.states[site].is_struck for site in sites)

    def _has_been_led_to(self, shared: Node) -> bool:
        """An investigation at one of those who share it has led to this directory."""
        sites = self.prepared.supervision.peers_of(shared)
        return any(self._investigated.get(site) is self.situation.states[site] for site in sites)

    def _begin(self, node: Node) -> None:
        if node not in self._begun:
            self._begun.add(node)
            if self.prepared.supervision.is_shared(node):
                env = self.situation.env
                self._common[node] = CommonStart(env.event(), env.event())
            self.situation.env.process(self._come_back(node))

    def _come_back(self, node: Node) -> Generator[Event, object, None]:
        """Out with the attacker, a clean start, then all that was hit; of a body whose directory was held, at once."""
        situation, state = self.situation, self.situation.states[node]
        common = self._held_by_the_body(node)
        if state.impact_h is not None and common is None:
            yield from self.teams.own(node, self.work.hours(node, self.stages.contain))
            self._end(node, self.stages.contain)
        yield from self._start_clean(node) if common is None else self._wait_for(common, node)
        self.stop_loss(node)
        if state.impact_h is None:
            self._begun.discard(node)
            self._clean[node] = state
            situation.signals.cleaned.send(node)
            return
        first_wave = situation.env.event()
        machines = situation.env.process(self._reinstall(node, first_wave))
        core, *applications = self.stages.servers
        yield from self._rebuild(node, core)
        yield first_wave
        for stage in applications:
            yield from self._rebuild(node, stage)
        yield machines
        self._begun.discard(node)
        state.restored_h = situation.now_h
        situation.note(node, EventKind.RESTORED)
        situation.signals.restored.send(node)

    def _held_by_the_body(self, node: Node) -> Node | None:
        """The directory of the body that the node is a site of, where the attacker held it; `None` else."""
        common = self.prepared.supervision.common_to(node)
        if common is None or common == node or not self.situation.states[common].is_struck:
            return None
        return common

    def _wait_for(self, common: Node, node: Node) -> Generator[Event, int, None]:
        """One team investigates and rebuilds for the whole body."""
        situation, state = self.situation, self.situation.states[node]
        state.responders_asked_h = situation.now_h
        self._begin(common)
        start = self._common[common]
        yield start.team_comes
        state.responders_came_h = situation.now_h
        state.last_event = yield start.is_clean
        situation.signals.stage_done.send(node, Stage.DIRECTORY)

    def _start_clean(self, node: Node) -> Generator[Event, object, None]:
        """Teams of experience are kept from the investigation to the directory."""
        situation, state = self.situation, self.situation.states[node]
        state.responders_asked_h = situation.now_h
        situation.note(node, EventKind.RESPONDERS_ASKED)
        later = 0 if self._has_lost(node) else NOTHING_LOST
        team: Engagement = yield from self.leaders.engage(self.prepared.priorities[node] + later)
        state.responders_came_h = situation.now_h
        situation.note(node, RespondersCome(team.level.actor, team.level.name))
        if node in self._common:
            self._common[node].team_comes.succeed()
        for stage in self.stages.clean_start:
            if self._is_needed(node, stage.stage):
                yield situation.env.timeout(self.teams.by_day(self.work.hours(node, stage)))
                self._end(node, stage)
        self.leaders.release(team)
        if node in self._common:
            self._common[node].is_clean.succeed(situation.last_event(node))

    def _has_lost(self, node: Node) -> bool:
        """Machines are lost there, or, of the directory of a body, at one of its sites."""
        supervision = self.prepared.supervision
        sites = supervision.body_of(node) if supervision.is_shared(node) else (node,)
        return any(self.situation.states[site].impact_h is not None for site in sites)

    def _is_needed(self, node: Node, stage: Stage) -> bool:
        """A directory that nobody held is not rebuilt; nor one investigated to which an investigation has led."""
        if stage is Stage.DIRECTORY:
            return self.situation.states[node].directory_held_h is not None
        return not (self.prepared.supervision.is_shared(node) and self._has_been_led_to(node))

    def _reinstall(self, node: Node, first_wave: Event) -> Generator[Event, object, None]:
        """Machines are reinstalled by many hands; `first_wave` happens once the first can be used."""
        for stage in self.stages.workstations:
            yield self.situation.env.timeout(self.work.hours(node, stage))
            self._end(node, stage)
            if not first_wave.triggered:
                first_wave.succeed()

    def _rebuild(self, node: Node, stage: StageWork) -> Generator[Event, object, None]:
        """Servers of a stage are rebuilt, and what runs on them comes back one application after the other.

        The first is the one on which most patients hang here.
        """
        stakes = self.prepared.stakes
        applications = stakes.in_order(node, self._applications.get(stage.stage, ()))
        # Nothing comes back before the core servers.
        for_care = stage is self.stages.servers[0] or any(stakes.at(node, one) > 0.0 for one in applications)
        for application in applications or (None,):
            part_h = self.work.hours(node, stage) / max(1, len(applications))
            yield from self.teams.whoever_is_free(node, part_h, for_care=for_care)
            if application is not None:
                self.situation.signals.application_back.send(node, application)
        self._end(node, stage)

    def _end(self, node: Node, stage: StageWork) -> None:
        self.situation.note(node, StageDone(stage.stage))
        if stage.stage is Stage.INVESTIGATE:
            self._investigated[node] = self.situation.states[node]
        self.situation.signals.stage_done.send(node, stage.stage)
        shared = self.prepared.supervision.shared_of[node]
        if shared is not None and self.situation.states[shared].is_cut_off:
            self.begin_if_held(shared)
