"""How does an establishment come back, stage by stage?

Stages in order: contain, investigate, rebuild the directory, the core servers, the vital applications, those of care,
the workstations, the other applications. Each is work in team-days that grows with beds and machines hit, with backups
lost or never tested, and that a key shortens. The own computer team (shared in a GHT that has pooled it) does all but
the investigation and the directory, which need a team that has done it before (`responders.py`). Teams tire.
Which applications are used again after which stage, and what care gets back: `outages.yaml`, `degraded_mode.py`.
"""

from collections.abc import Generator
from dataclasses import dataclass
from math import exp

from simpy import Event, PriorityResource

from simulation.continuity.degraded_mode import DegradedMode
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import ServedFirst
from simulation.response.responders import Engagement, Level, Responders, elapsed_h
from topologies.fields.quantity import Quantity

HOURS_A_DAY = 24.0
HOURS_A_WEEK = 168.0
REFERENCE_BEDS = 1000.0
FOREMOST = 10**8
"""Priority of the event's hospitals, above any number of patients at stake."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of recovery: its work, and whether lost backups lengthen it."""

    name: str
    work: Quantity
    from_backups: bool = False


def stages_of(p: Parameters) -> tuple[Stage, ...]:
    """The stages in order."""
    return (
        Stage("contain", p.recovery.contain_days),
        Stage("investigate", p.recovery.investigate_days),
        Stage("directory", p.recovery.directory_days, from_backups=True),
        Stage("core_servers", p.recovery.core_servers_days, from_backups=True),
        Stage("vital_applications", p.recovery.vital_applications_days, from_backups=True),
        Stage("care_applications", p.recovery.care_applications_days, from_backups=True),
        Stage("workstations", p.recovery.workstations_days),
        Stage("other_applications", p.recovery.other_applications_days, from_backups=True),
    )


def levels_of(situation: Situation) -> tuple[Level, ...]:
    """The teams that can come, nearest first."""
    p, responders = situation.prepared.parameters, situation.prepared.posture.responders
    return tuple(
        Level(name=name, teams=round(teams.value), activation_h=activation.value, travel_h=travel.value)
        for name, teams, activation, travel in (
            (
                "regional",
                responders.regional_teams,
                p.responders.regional_activation_h,
                p.responders.regional_travel_h,
            ),
            (
                "contracted",
                responders.contracted_teams,
                p.responders.contracted_activation_h,
                p.responders.contracted_travel_h,
            ),
            (
                "national",
                responders.national_teams,
                p.responders.national_activation_h,
                p.responders.national_travel_h,
            ),
        )
    )


class Recovery:
    """Teams and work of one replication."""

    def __init__(self, situation: Situation, degraded_mode: DegradedMode) -> None:
        prepared, env, p = situation.prepared, situation.env, situation.prepared.parameters
        self.situation = situation
        self.degraded_mode = degraded_mode
        self.stages = stages_of(p)
        self.own_teams = [PriorityResource(env, group.teams) for group in prepared.it_groups]
        self.responders = Responders(env, levels_of(situation))
        nodes = len(prepared.nodes)
        self._paces = {
            stage.name: situation.luck.paces(f"work_{stage.name}", nodes, p.recovery.work_log_sd.value)
            for stage in self.stages
        }
        self._case = situation.luck.paces("work", 1, p.recovery.case_log_sd.value)[0]
        self._backups_fail = situation.luck.chances("backups_fail", nodes)
        self._begun: set[int] = set()
        self._machines_at_most: dict[int, float] = {}

    def impair(self, node: int, machines: float) -> None:
        """The payload went off: some machines are lost at once, the others one after the other until someone cuts."""
        self._machines_at_most[node] = machines
        self.situation.states[node].machines_hit = machines * self._encrypted(0.0)
        if self.situation.states[node].isolated_h is not None:
            self.stop_loss(node)
        self.degraded_mode.hit(node)

    def stop_loss(self, node: int) -> None:
        """The links are cut: what is not lost yet is spared."""
        state = self.situation.states[node]
        if node in self._machines_at_most and state.impact_h is not None:
            since_h = self.situation.now_h - state.impact_h
            state.machines_hit = self._machines_at_most.pop(node) * self._encrypted(since_h)
            if since_h > 0.0:
                self.degraded_mode.changed(node)

    def _encrypted(self, since_h: float) -> float:
        """The part of the machines lost so long after the payload: some at once, the rest at a constant hazard."""
        p = self.situation.prepared.parameters
        return 1.0 - (1.0 - p.attack.encrypted_at_once.value) * exp(-since_h / p.attack.encryption_h.value)

    def begin(self, node: int) -> None:
        """The node starts to come back, once."""
        if node not in self._begun:
            self._begun.add(node)
            self.situation.env.process(self._rebuild(node))

    def _rebuild(self, node: int) -> Generator[Event, object, None]:
        """All stages in order; teams of experience are kept from the investigation to the directory."""
        contain, investigate, directory, *rest = self.stages
        yield from self._with_own_team(node, contain)
        self.stop_loss(node)
        state = self.situation.states[node]
        state.responders_asked_h = self.situation.now_h
        self.situation.note(node, "responders_asked", actor="establishment")
        team: Engagement = yield from self.responders.engage(self._priority(node))
        state.responders_came_h = self.situation.now_h
        actor = "nation" if team.level.name == "national" else "region"
        self.situation.note(node, "responders_come", actor=actor, detail=team.level.name)
        for stage in (investigate, directory):
            yield self.situation.env.timeout(self._by_day(self._work_h(node, stage)))
            self._done(node, stage)
        self.responders.release(team)
        for stage in rest:
            yield from self._with_own_team(node, stage)
        state.restored_h = self.situation.now_h
        self.situation.note(node, "restored", actor="establishment")
        self.degraded_mode.restored(node)

    def _with_own_team(self, node: int, stage: Stage) -> Generator[Event, object, None]:
        teams = self.own_teams[self.situation.prepared.it_group_of[node]]
        with teams.request(priority=self._priority(node)) as request:
            yield request
            yield self.situation.env.timeout(self._work_h(node, stage))
            self._done(node, stage)

    def _priority(self, node: int) -> int:
        """Whom the posture serves first; a lower number is served earlier."""
        prepared = self.situation.prepared
        policy = prepared.posture.responders.served_first
        if policy is ServedFirst.FIRST_COME:
            return 0
        site = prepared.region.establishments.get(prepared.nodes[node])
        at_stake = (site.ed_visits_per_year or 0) + site.beds if site else 0
        foremost = policy is ServedFirst.EVENT_HOSPITALS and node in prepared.event_hospitals
        return -(at_stake + (FOREMOST if foremost else 0))

    def _done(self, node: int, stage: Stage) -> None:
        """What the stage returns has come back."""
        self.situation.note(node, "stage_done", actor="establishment", detail=stage.name)
        self.degraded_mode.back(node, stage.name)

    def _by_day(self, work_h: float) -> float:
        """Hours that the work takes a team from outside, which does not work at night."""
        prepared = self.situation.prepared
        return elapsed_h(
            (prepared.first_hour + self.situation.now_h) % HOURS_A_DAY,
            work_h,
            prepared.parameters.responders.visiting_shift_h.value,
        )

    def _work_h(self, node: int, stage: Stage) -> float:
        """Hours that one team needs for a stage here, as tired as it is by now."""
        prepared, state = self.situation.prepared, self.situation.states[node]
        p = prepared.parameters
        site = prepared.region.establishments.get(prepared.nodes[node])
        beds = site.beds if site else p.recovery.service_beds.value
        weeks = (self.situation.now_h - (state.impact_h or 0.0)) / HOURS_A_WEEK
        tired = min(p.responders.fatigue_most.value, p.responders.fatigue_a_week.value * weeks)
        return float(
            stage.work.value
            * HOURS_A_DAY
            * (beds / REFERENCE_BEDS) ** p.recovery.work_size_exponent.value
            * state.machines_hit
            * (self._from_backups(node) if stage.from_backups else 1.0)
            * prepared.defences[node].work
            * self._paces[stage.name][node]
            * self._case
            / (1.0 - tired)
        )

    def _from_backups(self, node: int) -> float:
        """What backups lost, or that cannot be restored, add to the work, and what a key takes from it."""
        p, state = self.situation.prepared.parameters, self.situation.states[node]
        more = 1.0
        if state.backups_destroyed:
            more = p.recovery.lost_backups_multiply.value
        elif self._backups_fail[node] < self.situation.prepared.defences[node].backups_fail_chance:
            more = p.recovery.untested_backups_multiply.value
        has_key = state.key_h is not None and state.key_h <= self.situation.now_h
        return more * (p.recovery.key_leaves.value if has_key else 1.0)
