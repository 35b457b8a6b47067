"""How does an establishment come back, and how much of it at each stage?

Stages in order: contain, investigate, rebuild the directory, the core servers, the applications, the workstations.
Each is work in team-days that grows with beds, with the machines hit, and with the loss of the backups; teams work in
relay day and night. The establishment's own computer team (shared in its GHT or group) does all but the investigation
and the directory, which need a team that has done it before: regional, national or contracted, whichever is free
first. Those with most patients at stake are served first.
"""

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

from simpy import AnyOf, Event, PriorityResource
from simpy.resources.resource import PriorityRequest

from simulation.care import Care
from simulation.parameters import Parameters
from simulation.scene import Scene
from simulation.stream import Stream
from topologies.quantity import Quantity

HOURS_A_DAY = 24.0
REFERENCE_BEDS = 1000.0
BEFORE_ALL = -(10**9)
"""Priority of what holds contracted teams back until they have arrived."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of recovery: its work, the part of the lost capacity that it returns, and what lost backups do to it."""

    name: str
    work: Quantity
    returns: float
    from_backups: bool = False


def stages_of(p: Parameters) -> tuple[Stage, ...]:
    """The stages in order; the last returns what the others have not."""
    returns = (p.investigate_returns, p.directory_returns, p.core_servers_return, p.applications_return)
    rest = 1.0 - sum(share.value for share in returns)
    return (
        Stage("contain", p.contain_days, returns=0.0),
        Stage("investigate", p.investigate_days, returns=p.investigate_returns.value),
        Stage("directory", p.directory_days, returns=p.directory_returns.value, from_backups=True),
        Stage("core_servers", p.core_servers_days, returns=p.core_servers_return.value, from_backups=True),
        Stage("applications", p.applications_days, returns=p.applications_return.value, from_backups=True),
        Stage("workstations", p.workstations_days, returns=rest),
    )


class Recovery:
    """Teams and work of one replication."""

    def __init__(self, scene: Scene, care: Care) -> None:
        theatre, env = scene.theatre, scene.env
        self.scene = scene
        self.care = care
        self.stages = stages_of(theatre.parameters)
        responders = theatre.posture.responders
        self.own_teams = [PriorityResource(env, group.teams) for group in theatre.it_groups]
        teams = {
            "regional": round(responders.regional_teams.value),
            "national": round(responders.national_teams.value),
            "contracted": round(responders.contracted_teams.value),
        }
        self.experienced = {level: PriorityResource(env, count) for level, count in teams.items() if count}
        # Contracted teams are taken, before anyone can ask, until they have arrived.
        self._not_yet_there = [
            self.experienced["contracted"].request(priority=BEFORE_ALL) for _ in range(teams["contracted"])
        ]
        self._paces = {
            stage.name: scene.luck.paces(
                f"work_{stage.name}", theatre.establishments, theatre.parameters.work_log_sd.value
            )
            for stage in self.stages
        }
        self._begun: set[int] = set()
        self._contained: set[int] = set()
        self._returned: dict[int, float] = {}
        self.bed_capacity: dict[int, list[tuple[float, float]]] = {}
        """Of each establishment whose capacity changed: from which hour, which share of its beds."""

    def impair(self, node: int) -> None:
        """The payload went off: capacity is lost at once."""
        self._returned[node] = 0.0
        self._apply(node)

    def isolate(self, node: int) -> None:
        """Cut off but not hit: it works a little less well."""
        self._set_capacity(node, dict.fromkeys(Stream, self._capacity_cut_off), self._capacity_cut_off)

    def reconnect(self, node: int) -> None:
        """Back on its links, unless it was hit meanwhile."""
        if node not in self._returned:
            self._set_capacity(node, dict.fromkeys(Stream, 1.0), 1.0)

    @property
    def _capacity_cut_off(self) -> float:
        return self.scene.theatre.parameters.isolation_capacity.value

    def _apply(self, node: int) -> None:
        """What is left of each stream: machines hit, less what a plan on paper keeps and what has come back."""
        p, fate = self.scene.theatre.parameters, self.scene.fates[node]
        lost = fate.machines_hit * self.scene.theatre.defences[node].losses * (1.0 - self._returned[node])
        shock = 1.0 if node in self._contained else p.emergency_shock.value
        streams = {
            Stream.EMERGENCY: max(0.0, 1.0 - p.emergency_loss.value * lost * shock),
            Stream.CRITICAL_CARE: 1.0 - p.critical_care_loss.value * lost,
            Stream.SURGERY: 1.0 - p.surgery_loss.value * lost,
        }
        self._set_capacity(node, streams, 1.0 - p.inpatient_loss.value * lost)

    def _set_capacity(self, node: int, streams: dict[Stream, float], beds: float) -> None:
        if not self.scene.is_establishment(node):
            return
        wards = self.care.wards.of_site.get(self.scene.theatre.nodes[node], {})
        for stream, ward in wards.items():
            self.care.capacity[ward] = streams[stream]
        self.bed_capacity.setdefault(node, []).append((self.scene.now_h, beds))

    def call_contractors(self, cause: int | None) -> None:
        """Contracted firms set out."""
        delay_h = self.scene.theatre.parameters.contracted_activation_h.value
        self.scene.after(delay_h, partial(self._contractors_arrive, cause))

    def _contractors_arrive(self, cause: int | None) -> None:
        self.scene.journal.note("contractors_arrive", actor="region", cause=cause)
        for request in self._not_yet_there:
            self.experienced["contracted"].release(request)

    def begin(self, node: int) -> None:
        """The establishment starts to come back, once."""
        if node not in self._begun and self.scene.is_establishment(node):
            self._begun.add(node)
            self.scene.env.process(self._rebuild(node))

    def _rebuild(self, node: int) -> Generator[Event, object, None]:
        """All stages in order; teams of experience are kept from the investigation to the directory."""
        contain, investigate, directory, *rest = self.stages
        yield from self._with_own_team(node, contain)
        self._contained.add(node)
        self._apply(node)
        fate = self.scene.fates[node]
        fate.responders_asked_h = self.scene.now_h
        self.scene.note(node, "responders_asked", actor="establishment")
        level, request = yield from self._first_free_team(node)
        fate.responders_came_h = self.scene.now_h
        actor = "nation" if level == "national" else "region"
        self.scene.note(node, "responders_come", actor=actor, detail=level)
        yield from self._work(node, investigate)
        yield from self._work(node, directory)
        self.experienced[level].release(request)
        for stage in rest:
            yield from self._with_own_team(node, stage)
        fate.restored_h = self.scene.now_h
        self.scene.note(node, "restored", actor="establishment")

    def _with_own_team(self, node: int, stage: Stage) -> Generator[Event, object, None]:
        teams = self.own_teams[self.scene.theatre.it_group_of[node]]
        with teams.request(priority=self._priority(node)) as request:
            yield request
            yield from self._work(node, stage)

    def _first_free_team(self, node: int) -> Generator[Event, object, tuple[str, PriorityRequest]]:
        """A team of whichever level is free first, the nearest level when several are."""
        priority = self._priority(node)
        requests = {level: pool.request(priority=priority) for level, pool in self.experienced.items()}
        yield AnyOf(self.scene.env, list(requests.values()))
        chosen = next(level for level, request in requests.items() if request.triggered)
        for level, request in requests.items():
            if level == chosen:
                continue
            if request.triggered:
                self.experienced[level].release(request)
            else:
                request.cancel()
        return chosen, requests[chosen]

    def _priority(self, node: int) -> int:
        """Most patients at stake first: those who come to its emergencies, then its beds."""
        site = self.scene.theatre.region.establishments[self.scene.theatre.nodes[node]]
        return -((site.ed_visits_per_year or 0) + site.beds)

    def _work(self, node: int, stage: Stage) -> Generator[Event, object, None]:
        """The stage is done, and what it returns has come back."""
        yield self.scene.env.timeout(self._work_h(node, stage))
        self.scene.note(node, "stage_done", actor="establishment", detail=stage.name)
        if stage.returns:
            self._returned[node] = min(1.0, self._returned[node] + stage.returns)
            self._apply(node)

    def _work_h(self, node: int, stage: Stage) -> float:
        """Hours that one team needs for a stage here."""
        theatre, fate = self.scene.theatre, self.scene.fates[node]
        p = theatre.parameters
        size = (
            theatre.region.establishments[theatre.nodes[node]].beds / REFERENCE_BEDS
        ) ** p.work_size_exponent.value
        lost = stage.from_backups and fate.backups_destroyed
        return float(
            stage.work.value
            * HOURS_A_DAY
            * size
            * fate.machines_hit
            * (p.lost_backups_multiply.value if lost else 1.0)
            * theatre.defences[node].work
            * self._paces[stage.name][node]
        )
