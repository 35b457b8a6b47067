"""Recovery: how an establishment comes back, stage by stage (`stages.py`), as fast as work (`work.py`) and teams allow.

The attacker is shut out, what happened is investigated, and the directory is rebuilt: the last two take a team that has
done it before (`responders.py`), and are whole wherever the attacker held the directory, even where nothing went off.
Then servers and their applications come back, one after the other, by the own computer team or, where that is busy, by
rebuilders from outside; machines are reinstalled at the same time. What care gets back: `degraded_mode.py`.
"""

from collections.abc import Callable, Generator
from math import exp

from simpy import AnyOf, Event, PriorityResource

from simulation.engine.delays import HOURS_A_DAY
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.recovery_events import RespondersCome, Stage, StageDone
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.prepared import PreparedResponse
from simulation.response.responders import Engagement, Responders, elapsed_h
from simulation.response.stages import StageWork, applications_by_stage, stages_of
from simulation.response.work import Work

NOTHING_LOST = 10**9
"""Added to the priority of who has lost nothing: those who have are served first."""


class Recovery:
    """Teams and work of one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        env = situation.env
        self.situation = situation
        self.prepared = prepared
        self.stages = stages_of(p)
        self.work = Work(situation, prepared, p, self.stages)
        self.computer_teams = [PriorityResource(env, group.teams) for group in prepared.computer_teams]
        self.leaders = Responders(env, prepared.leaders)
        self.rebuilders = Responders(env, prepared.rebuilders)
        self._p = p
        self._applications = applications_by_stage(p)
        self._begun: set[Node] = set()
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
        """An establishment has declared: teams from outside make ready."""
        self.leaders.call(declared)
        self.rebuilders.call(declared)

    def begin_if_detected(self, hit: Hit) -> None:
        """The payload went off where the attack was known already: the node starts to come back."""
        if self.situation.states[hit.node].detected_h is not None:
            self._begin(hit.node)

    def begin_if_hit(self, node: Node) -> None:
        """The crisis cell is open: where the payload has gone off, the node starts to come back."""
        if self.situation.states[node].impact_h is not None:
            self._begin(node)

    def begin_if_held(self, node: Node) -> None:
        """The links are cut: where the attacker held the directory, it is rebuilt before they come back."""
        state = self.situation.states[node]
        if state.impact_h is None and state.directory_held_h is not None:
            self._begin(node)

    def _begin(self, node: Node) -> None:
        if node not in self._begun:
            self._begun.add(node)
            self.situation.env.process(self._come_back(node))

    def _come_back(self, node: Node) -> Generator[Event, object, None]:
        """Out with the attacker, a clean start, then all that was hit."""
        situation, state = self.situation, self.situation.states[node]
        if state.impact_h is not None:
            yield from self._with_computer_team(node, self.stages.contain)
        yield from self._start_clean(node)
        self.stop_loss(node)
        if state.impact_h is None:
            self._begun.discard(node)
            situation.signals.cleaned.send(node)
            return
        first_wave = situation.env.event()
        machines = situation.env.process(self._reinstall(node, first_wave))
        core, *applications = self.stages.servers
        yield from self._with_a_team(node, core)
        yield first_wave
        for stage in applications:
            yield from self._with_a_team(node, stage)
        yield machines
        state.restored_h = situation.now_h
        situation.note(node, EventKind.RESTORED)
        situation.signals.restored.send(node)

    def _start_clean(self, node: Node) -> Generator[Event, object, None]:
        """Teams of experience are kept from the investigation to the directory."""
        situation, state = self.situation, self.situation.states[node]
        state.responders_asked_h = situation.now_h
        situation.note(node, EventKind.RESPONDERS_ASKED)
        later = 0 if state.impact_h is not None else NOTHING_LOST
        team: Engagement = yield from self.leaders.engage(self.prepared.priorities[node] + later)
        state.responders_came_h = situation.now_h
        situation.note(node, RespondersCome(team.level.actor, team.level.name))
        for stage in self.stages.clean_start:
            if stage.stage is not Stage.DIRECTORY or state.directory_held_h is not None:
                yield from self._by_day(node, stage)
        self.leaders.release(team)

    def _reinstall(self, node: Node, first_wave: Event) -> Generator[Event, object, None]:
        """Machines are reinstalled by many hands; `first_wave` happens once the first can be used."""
        for stage in self.stages.workstations:
            yield from self._in_relay(node, stage)
            if not first_wave.triggered:
                first_wave.succeed()

    def _with_computer_team(self, node: Node, stage: StageWork) -> Generator[Event, object, None]:
        """The own team does it, when it is free."""
        teams = self.computer_teams[self.prepared.computer_team_of[node]]
        with teams.request(priority=self.prepared.priorities[node]) as request:
            yield request
            yield from self._in_relay(node, stage)

    def _with_a_team(self, node: Node, stage: StageWork) -> Generator[Event, object, None]:
        """The own team does it, or rebuilders from outside where they are free before it is."""
        priority = self.prepared.priorities[node]
        with self.computer_teams[self.prepared.computer_team_of[node]].request(priority=priority) as own:
            asked = {} if own.triggered else self.rebuilders.ask(priority)
            yield AnyOf(self.situation.env, [own, *asked.values()])
            if own.triggered:
                self.rebuilders.dismiss(asked)
                yield from self._in_relay(node, stage)
                return
        team: Engagement = yield from self.rebuilders.choose(asked)
        yield from self._by_day(node, stage)
        self.rebuilders.release(team)

    def _in_relay(self, node: Node, stage: StageWork) -> Generator[Event, object, None]:
        """A stage is done day and night."""
        return self._do(node, stage, lambda work_h: work_h)

    def _by_day(self, node: Node, stage: StageWork) -> Generator[Event, object, None]:
        """A stage is done by a team from outside, which does not work at night."""
        return self._do(node, stage, self._elapsed_h)

    def _do(
        self, node: Node, stage: StageWork, lasts_h: Callable[[float], float]
    ) -> Generator[Event, object, None]:
        """A stage is done, and what comes back with it does so one application after the other."""
        applications = self._applications.get(stage.stage, ())
        part_h = self.work.hours(node, stage) / max(1, len(applications))
        for application in applications or (None,):
            yield self.situation.env.timeout(lasts_h(part_h))
            if application is not None:
                self.situation.signals.application_back.send(node, application)
        self.situation.note(node, StageDone(stage.stage))
        self.situation.signals.stage_done.send(node, stage.stage)

    def _elapsed_h(self, work_h: float) -> float:
        """Hours that the work takes from now on, without nights."""
        p = self._p.responders
        return elapsed_h(
            (self.prepared.first_hour + self.situation.now_h) % HOURS_A_DAY,
            work_h,
            p.visiting_shift_h.value,
            p.visiting_morning_h.value,
        )
