"""Recovery: how an establishment comes back, stage by stage.

Stages in order: contain, investigate, rebuild the directory, the core servers, the vital applications, those of care,
the workstations, the other applications. Each is work in team-days that grows with beds and machines hit, with backups
lost or never tested, and that a key shortens. The own computer team does all but the investigation and the directory,
which need a team that has done it before (`responders.py`). Teams tire. Which applications are used again after which
stage: `outages.yaml`; what care gets back: `degraded_mode.py`.
"""

from collections.abc import Generator
from dataclasses import dataclass
from math import exp

from simpy import Event, PriorityResource

from simulation.engine.delays import HOURS_A_DAY
from simulation.engine.event_kinds import EventKind, RespondersCome, Stage, StageDone
from simulation.engine.nodes import Node
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.prepared import PreparedResponse
from simulation.response.responders import Engagement, Responders, elapsed_h
from topologies.fields.quantity import Quantity

HOURS_A_WEEK = 168.0


@dataclass(frozen=True, slots=True)
class StageWork:
    """The work of a stage of recovery, and whether lost backups lengthen it."""

    stage: Stage
    work: Quantity
    from_backups: bool = False


def stages_of(p: Parameters) -> tuple[StageWork, ...]:
    """The stages in order."""
    return (
        StageWork(Stage.CONTAIN, p.recovery.contain_days),
        StageWork(Stage.INVESTIGATE, p.recovery.investigate_days),
        StageWork(Stage.DIRECTORY, p.recovery.directory_days, from_backups=True),
        StageWork(Stage.CORE_SERVERS, p.recovery.core_servers_days, from_backups=True),
        StageWork(Stage.VITAL_APPLICATIONS, p.recovery.vital_applications_days, from_backups=True),
        StageWork(Stage.CARE_APPLICATIONS, p.recovery.care_applications_days, from_backups=True),
        StageWork(Stage.WORKSTATIONS, p.recovery.workstations_days),
        StageWork(Stage.OTHER_APPLICATIONS, p.recovery.other_applications_days, from_backups=True),
    )


class Recovery:
    """Teams and work of one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        env, luck, nodes = situation.env, situation.luck, len(situation.nodes)
        self.situation = situation
        self.prepared = prepared
        self.stages = stages_of(p)
        self.computer_teams = [PriorityResource(env, group.teams) for group in prepared.computer_teams]
        self.responders = Responders(env, prepared.levels)
        self._p = p
        self._paces = {
            one.stage: luck.paces(f"work_{one.stage}", nodes, p.recovery.work_log_sd.value)
            for one in self.stages
        }
        self._case = luck.paces("work", 1, p.recovery.case_log_sd.value)[0]
        self._backups_fail = luck.chances("backups_fail", nodes)
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

    def begin_if_detected(self, hit: Hit) -> None:
        """The payload went off where the attack was known already: the node starts to come back."""
        if self.situation.states[hit.node].detected_h is not None:
            self._begin(hit.node)

    def begin_if_hit(self, node: Node) -> None:
        """The crisis cell is open: where the payload has gone off, the node starts to come back."""
        if self.situation.states[node].impact_h is not None:
            self._begin(node)

    def _begin(self, node: Node) -> None:
        if node not in self._begun:
            self._begun.add(node)
            self.situation.env.process(self._rebuild(node))

    def _rebuild(self, node: Node) -> Generator[Event, object, None]:
        """All stages in order; teams of experience are kept from the investigation to the directory."""
        contain, investigate, directory, *rest = self.stages
        situation, state = self.situation, self.situation.states[node]
        yield from self._with_computer_team(node, contain)
        self.stop_loss(node)
        state.responders_asked_h = situation.now_h
        situation.note(node, EventKind.RESPONDERS_ASKED)
        team: Engagement = yield from self.responders.engage(self.prepared.priorities[node])
        state.responders_came_h = situation.now_h
        situation.note(node, RespondersCome(team.level.actor, team.level.name))
        for stage in (investigate, directory):
            yield situation.env.timeout(self._by_day(self._work_h(node, stage)))
            self._done(node, stage)
        self.responders.release(team)
        for stage in rest:
            yield from self._with_computer_team(node, stage)
        state.restored_h = situation.now_h
        situation.note(node, EventKind.RESTORED)
        situation.signals.restored.send(node)

    def _with_computer_team(self, node: Node, stage: StageWork) -> Generator[Event, object, None]:
        teams = self.computer_teams[self.prepared.computer_team_of[node]]
        with teams.request(priority=self.prepared.priorities[node]) as request:
            yield request
            yield self.situation.env.timeout(self._work_h(node, stage))
            self._done(node, stage)

    def _done(self, node: Node, stage: StageWork) -> None:
        """What the stage returns has come back."""
        self.situation.note(node, StageDone(stage.stage))
        self.situation.signals.stage_done.send(node, stage.stage)

    def _by_day(self, work_h: float) -> float:
        """Hours that the work takes a team from outside, which does not work at night."""
        p = self._p.responders
        return elapsed_h(
            (self.prepared.first_hour + self.situation.now_h) % HOURS_A_DAY,
            work_h,
            p.visiting_shift_h.value,
            p.visiting_morning_h.value,
        )

    def _work_h(self, node: Node, stage: StageWork) -> float:
        """Hours that one team needs for a stage here, as tired as it is by now."""
        p, state = self._p, self.situation.states[node]
        weeks = (self.situation.now_h - (state.impact_h or 0.0)) / HOURS_A_WEEK
        tired = min(p.responders.fatigue_most.value, p.responders.fatigue_a_week.value * weeks)
        return float(
            stage.work.value
            * HOURS_A_DAY
            * (self.prepared.beds[node] / p.recovery.reference_beds.value)
            ** p.recovery.work_size_exponent.value
            * state.machines_hit
            * (self._from_backups(node) if stage.from_backups else 1.0)
            * self.prepared.defences[node].work
            * self._paces[stage.stage][node]
            * self._case
            / (1.0 - tired)
        )

    def _from_backups(self, node: Node) -> float:
        """What backups lost, or that cannot be restored, add to the work, and what a key takes from it."""
        p, state = self._p.recovery, self.situation.states[node]
        more = 1.0
        if state.backups_destroyed:
            more = p.lost_backups_multiply.value
        elif self._backups_fail[node] < self.prepared.defences[node].backups_fail_chance:
            more = p.untested_backups_multiply.value
        has_key = state.key_h is not None and state.key_h <= self.situation.now_h
        return more * (p.key_leaves.value if has_key else 1.0)
