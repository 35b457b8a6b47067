"""How does an establishment come back, and how much of it at each stage?

Stages in order: contain, investigate, rebuild the directory, the core servers, the vital applications, those of care,
the workstations, the other applications. Each is work in team-days that grows with beds and machines hit, with backups
lost or never tested, and that a key shortens. The own computer team (shared in a GHT that has pooled it) does all but
the investigation and the directory, which need a team that has done it before (`responders.py`). Teams tire.

What an establishment has lost is put together from its own machines, from what has struck it, and from the
shared services that are down; what a plan on paper keeps is kept of all of them.
"""

from collections.abc import Generator
from dataclasses import dataclass
from math import exp

from simpy import Event, PriorityResource

from simulation.care import Care
from simulation.parameters import Parameters
from simulation.posture import ServedFirst
from simulation.responders import Engagement, Level, Responders, elapsed_h
from simulation.scene import Scene
from simulation.stream import Stream
from topologies.quantity import Quantity
from topologies.region import ServiceKind

HOURS_A_DAY = 24.0
HOURS_A_WEEK = 168.0
REFERENCE_BEDS = 1000.0
FOREMOST = 10**8
"""Priority of the event's hospitals, above any number of patients at stake."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of recovery: its work, the part of the lost capacity that it returns, and what lost backups do to it."""

    name: str
    work: Quantity
    returns: float
    from_backups: bool = False


def stages_of(p: Parameters) -> tuple[Stage, ...]:
    """The stages in order; the last returns what the others have not."""
    returns = (
        p.directory_returns,
        p.core_servers_return,
        p.vital_applications_return,
        p.care_applications_return,
        p.workstations_return,
    )
    rest = 1.0 - sum(share.value for share in returns)
    directory, core, vital, care, workstations = (share.value for share in returns)
    return (
        Stage("contain", p.contain_days, returns=0.0),
        Stage("investigate", p.investigate_days, returns=0.0),
        Stage("directory", p.directory_days, returns=directory, from_backups=True),
        Stage("core_servers", p.core_servers_days, returns=core, from_backups=True),
        Stage("vital_applications", p.vital_applications_days, returns=vital, from_backups=True),
        Stage("care_applications", p.care_applications_days, returns=care, from_backups=True),
        Stage("workstations", p.workstations_days, returns=workstations),
        Stage("other_applications", p.other_applications_days, returns=rest, from_backups=True),
    )


def levels_of(scene: Scene) -> tuple[Level, ...]:
    """The teams that can come, nearest first."""
    p, responders = scene.theatre.parameters, scene.theatre.posture.responders
    return tuple(
        Level(name=name, teams=round(teams.value), activation_h=activation.value, travel_h=travel.value)
        for name, teams, activation, travel in (
            ("regional", responders.regional_teams, p.regional_activation_h, p.regional_travel_h),
            ("contracted", responders.contracted_teams, p.contracted_activation_h, p.contracted_travel_h),
            ("national", responders.national_teams, p.national_activation_h, p.national_travel_h),
        )
    )


class Recovery:
    """Teams and work of one replication."""

    def __init__(self, scene: Scene, care: Care) -> None:
        theatre, env, p = scene.theatre, scene.env, scene.theatre.parameters
        self.scene = scene
        self.care = care
        self.stages = stages_of(p)
        self.own_teams = [PriorityResource(env, group.teams) for group in theatre.it_groups]
        self.responders = Responders(env, levels_of(scene))
        nodes = len(theatre.nodes)
        self._paces = {
            stage.name: scene.luck.paces(f"work_{stage.name}", nodes, p.work_log_sd.value)
            for stage in self.stages
        }
        self._case = scene.luck.paces("work", 1, p.case_log_sd.value)[0]
        self._backups_fail = scene.luck.chances("backups_fail", nodes)
        self._begun: set[int] = set()
        self._contained: set[int] = set()
        self._machines_at_most: dict[int, float] = {}
        self._returned: dict[int, float] = {}
        self._struck: dict[int, float] = {}
        self._cut_off: set[int] = set()
        self.dependent_h: dict[int, float] = {}
        """When each establishment first missed a shared service."""
        self._services_of = _services_of(scene)
        self._wards_of = [tuple(care.wards.of_site.get(name, {}).items()) for name in theatre.nodes]
        self._left_when_cut_off = p.isolation_capacity.value
        self._shock = p.emergency_shock.value
        losses = (p.emergency_loss, p.critical_care_loss, p.surgery_loss, p.inpatient_loss)
        self._losses = tuple(loss.value for loss in losses)
        self.bed_capacity: dict[int, list[tuple[float, float]]] = {}
        """Of each establishment whose capacity changed: from which hour, which share of its beds."""

    def impair(self, node: int, machines: float) -> None:
        """The payload went off: some machines are lost at once, the others one after the other until someone cuts."""
        self._machines_at_most[node] = machines
        self.scene.fates[node].machines_hit = machines * self._encrypted(0.0)
        self._returned[node] = 0.0
        if self.scene.fates[node].isolated_h is not None:
            self.stop_loss(node)
        self._changed(node)

    def stop_loss(self, node: int) -> None:
        """The links are cut: what is not lost yet is spared."""
        fate = self.scene.fates[node]
        if node in self._machines_at_most and fate.impact_h is not None:
            since_h = self.scene.now_h - fate.impact_h
            fate.machines_hit = self._machines_at_most.pop(node) * self._encrypted(since_h)
            self._changed(node)

    def _encrypted(self, since_h: float) -> float:
        """The part of the machines lost so long after the payload: some at once, the rest at a constant hazard."""
        p = self.scene.theatre.parameters
        return 1.0 - (1.0 - p.encrypted_at_once.value) * exp(-since_h / p.encryption_h.value)

    def isolate(self, node: int) -> None:
        """Cut off but not hit: it works a little less well."""
        self._cut_off.add(node)
        self._changed(node)

    def reconnect(self, node: int) -> None:
        """Back on its links."""
        self._cut_off.discard(node)
        self._changed(node)

    def go_down(self, node: int, lost: float) -> None:
        """Struck: it loses this share of what it would with every machine hit."""
        self._struck[node] = lost
        self._changed(node)

    def come_up(self, node: int) -> None:
        """No longer struck."""
        del self._struck[node]
        self._changed(node)

    def _changed(self, node: int) -> None:
        """The node and those who depend on it have what is left to them."""
        if self.scene.is_establishment(node):
            self._apply(node)
            return
        for dependent in self.scene.theatre.dependents.get(node, ()):
            if self._down(node):
                self.dependent_h.setdefault(dependent, self.scene.now_h)
            self._apply(dependent)

    def _down(self, service: int) -> float:
        """How far a shared service is down, 0..1."""
        if service in self._struck:
            return 1.0
        return 1.0 - self._returned[service] if service in self._returned else 0.0

    def _lost(self, node: int) -> float:
        """What it has lost of what every machine hit would cost: losses of several causes do not add up to more."""
        fate = self.scene.fates[node]
        kept = 1.0 - fate.machines_hit * (1.0 - self._returned.get(node, 1.0))
        kept *= 1.0 - self._struck.get(node, 0.0)
        for service, dependence in self._services_of.get(node, ()):
            kept *= 1.0 - dependence * self._down(service)
        return 1.0 - kept

    def _apply(self, node: int) -> None:
        """What is left of each stream: what is lost, less what a plan on paper keeps."""
        lost = self._lost(node) * self.scene.theatre.defences[node].losses
        shaken = self.scene.fates[node].impact_h is not None and node not in self._contained
        left = self._left_when_cut_off if node in self._cut_off else 1.0
        emergency, critical_care, surgery, beds = self._losses
        capacity = self.care.capacity
        for stream, ward in self._wards_of[node]:
            if stream is Stream.EMERGENCY:
                capacity[ward] = left * max(0.0, 1.0 - emergency * lost * (self._shock if shaken else 1.0))
            elif stream is Stream.CRITICAL_CARE:
                capacity[ward] = left * (1.0 - critical_care * lost)
            else:
                capacity[ward] = left * (1.0 - surgery * lost)
        self.bed_capacity.setdefault(node, []).append((self.scene.now_h, left * (1.0 - beds * lost)))

    def begin(self, node: int) -> None:
        """The node starts to come back, once."""
        if node not in self._begun:
            self._begun.add(node)
            self.scene.env.process(self._rebuild(node))

    def _rebuild(self, node: int) -> Generator[Event, object, None]:
        """All stages in order; teams of experience are kept from the investigation to the directory."""
        contain, investigate, directory, *rest = self.stages
        yield from self._with_own_team(node, contain)
        self.stop_loss(node)
        self._contained.add(node)
        self._changed(node)
        fate = self.scene.fates[node]
        fate.responders_asked_h = self.scene.now_h
        self.scene.note(node, "responders_asked", actor="establishment")
        team: Engagement = yield from self.responders.engage(self._priority(node))
        fate.responders_came_h = self.scene.now_h
        actor = "nation" if team.level.name == "national" else "region"
        self.scene.note(node, "responders_come", actor=actor, detail=team.level.name)
        for stage in (investigate, directory):
            yield self.scene.env.timeout(self._by_day(self._work_h(node, stage)))
            self._done(node, stage)
        self.responders.release(team)
        for stage in rest:
            yield from self._with_own_team(node, stage)
        fate.restored_h = self.scene.now_h
        self.scene.note(node, "restored", actor="establishment")

    def _with_own_team(self, node: int, stage: Stage) -> Generator[Event, object, None]:
        teams = self.own_teams[self.scene.theatre.it_group_of[node]]
        with teams.request(priority=self._priority(node)) as request:
            yield request
            yield self.scene.env.timeout(self._work_h(node, stage))
            self._done(node, stage)

    def _priority(self, node: int) -> int:
        """Whom the posture serves first; a lower number is served earlier."""
        theatre = self.scene.theatre
        policy = theatre.posture.responders.served_first
        if policy is ServedFirst.FIRST_COME:
            return 0
        site = theatre.region.establishments.get(theatre.nodes[node])
        at_stake = (site.ed_visits_per_year or 0) + site.beds if site else 0
        foremost = policy is ServedFirst.EVENT_HOSPITALS and node in theatre.event_hospitals
        return -(at_stake + (FOREMOST if foremost else 0))

    def _done(self, node: int, stage: Stage) -> None:
        """What the stage returns has come back."""
        self.scene.note(node, "stage_done", actor="establishment", detail=stage.name)
        if stage.returns:
            self._returned[node] = min(1.0, self._returned[node] + stage.returns)
            self._changed(node)

    def _by_day(self, work_h: float) -> float:
        """Hours that the work takes a team from outside, which does not work at night."""
        theatre = self.scene.theatre
        return elapsed_h(
            (theatre.first_hour + self.scene.now_h) % HOURS_A_DAY,
            work_h,
            theatre.parameters.visiting_shift_h.value,
        )

    def _work_h(self, node: int, stage: Stage) -> float:
        """Hours that one team needs for a stage here, as tired as it is by now."""
        theatre, fate = self.scene.theatre, self.scene.fates[node]
        p = theatre.parameters
        site = theatre.region.establishments.get(theatre.nodes[node])
        beds = site.beds if site else p.service_beds.value
        weeks = (self.scene.now_h - (fate.impact_h or 0.0)) / HOURS_A_WEEK
        tired = min(p.fatigue_most.value, p.fatigue_a_week.value * weeks)
        return float(
            stage.work.value
            * HOURS_A_DAY
            * (beds / REFERENCE_BEDS) ** p.work_size_exponent.value
            * fate.machines_hit
            * (self._from_backups(node) if stage.from_backups else 1.0)
            * theatre.defences[node].work
            * self._paces[stage.name][node]
            * self._case
            / (1.0 - tired)
        )

    def _from_backups(self, node: int) -> float:
        """What backups lost, or that cannot be restored, add to the work, and what a key takes from it."""
        p, fate = self.scene.theatre.parameters, self.scene.fates[node]
        more = 1.0
        if fate.backups_destroyed:
            more = p.lost_backups_multiply.value
        elif self._backups_fail[node] < self.scene.theatre.defences[node].backups_fail_chance:
            more = p.untested_backups_multiply.value
        has_key = fate.key_h is not None and fate.key_h <= self.scene.now_h
        return more * (p.key_leaves.value if has_key else 1.0)


def _services_of(scene: Scene) -> dict[int, list[tuple[int, float]]]:
    """The shared services of each establishment, with what their loss costs it."""
    p, theatre = scene.theatre.parameters, scene.theatre
    dependence = {
        ServiceKind.HOST: p.host_dependence.value,
        ServiceKind.LABORATORY: p.laboratory_dependence.value,
        ServiceKind.SAMU: p.samu_dependence.value,
        ServiceKind.PLATFORM: p.platform_dependence.value,
    }
    found: dict[int, list[tuple[int, float]]] = {}
    for service, dependents in theatre.dependents.items():
        share = dependence.get(theatre.region.services[theatre.nodes[service]].kind, 0.0)
        for dependent in dependents if share else ():
            found.setdefault(dependent, []).append((service, share))
    return found
