"""Responders: who comes to help from outside, when, and where first.

Teams with experience stand at several levels, nearest first. Each sets out some hours after the first declaration,
travels to every establishment that it helps, and works long days but not nights. A team that is free goes where the
posture serves first. The establishments' own teams (`computer_teams.py`) work in relay, day and night.
"""

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

from simpy import AnyOf, Environment, Event, PriorityResource
from simpy.resources.resource import PriorityRequest

from simulation.engine.delays import HOURS_A_DAY
from simulation.engine.event_kinds import Actor
from simulation.engine.nodes import Node
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture

BEFORE_ALL = -(10**9)
"""Priority of what holds teams back until they have set out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponderLevel:
    """Teams of one level: how many, and when they come."""

    name: str
    actor: Actor
    """Whose teams they are, on the timeline."""
    teams: int
    activation_h: float
    """From the call to the road."""
    travel_h: float
    """To each establishment."""


def levels_of(posture: Posture, p: Parameters) -> tuple[ResponderLevel, ...]:
    """The levels that have teams, nearest first."""
    teams = {name: round(number.value) for name, number in posture.responders.teams.items()}
    return tuple(
        ResponderLevel(
            name=name,
            actor=Actor(level.actor),
            teams=teams[name],
            activation_h=level.activation_h.value,
            travel_h=level.travel_h.value,
        )
        for name, level in p.responder_levels.levels.items()
        if teams.get(name)
    )


@dataclass(frozen=True, slots=True)
class Engagement:
    """A team is bound to an establishment."""

    level: ResponderLevel
    request: PriorityRequest


class Responders:
    """The teams of all levels in one replication; levels are given nearest first."""

    def __init__(self, env: Environment, levels: tuple[ResponderLevel, ...]) -> None:
        self.env = env
        self._called = False
        self.levels = levels
        self._teams = {level.name: PriorityResource(env, level.teams) for level in self.levels}
        self._not_yet = {
            level.name: [self._teams[level.name].request(priority=BEFORE_ALL) for _ in range(level.teams)]
            for level in self.levels
            if level.activation_h
        }

    def set_out(self, level: ResponderLevel) -> None:
        """The teams of a level can be engaged from now on."""
        for request in self._not_yet.pop(level.name, ()):
            self._teams[level.name].release(request)

    def call(self, _declared: Node) -> None:
        """An establishment has declared: all levels are called, once; each sets out when it is ready."""
        if self._called:
            return
        self._called = True
        for level in self.levels:
            if level.activation_h:
                timeout = self.env.timeout(level.activation_h)
                if timeout.callbacks is not None:
                    timeout.callbacks.append(partial(_set_out, self, level))

    def engage(self, priority: int) -> Generator[Event, object, Engagement]:
        """A team of whichever level is free first, the nearest when several are, is there once it has travelled."""
        requests = {level.name: self._teams[level.name].request(priority=priority) for level in self.levels}
        yield AnyOf(self.env, list(requests.values()))
        chosen = next(level for level in self.levels if requests[level.name].triggered)
        for name, request in requests.items():
            if name == chosen.name:
                continue
            if request.triggered:
                self._teams[name].release(request)
            else:
                request.cancel()
        if chosen.travel_h:
            yield self.env.timeout(chosen.travel_h)
        return Engagement(chosen, requests[chosen.name])

    def release(self, engagement: Engagement) -> None:
        """The team is free for others."""
        self._teams[engagement.level.name].release(engagement.request)


def _set_out(responders: Responders, level: ResponderLevel, _: Event) -> None:
    responders.set_out(level)


def elapsed_h(hour_of_day: float, work_h: float, shift_h: float, morning_h: float) -> float:
    """Hours until so much work is done by a team that works so many hours a day, from an hour of the morning on.

    >>> [elapsed_h(hour, work_h, 12.0, 8.0) for hour, work_h in ((8.0, 12.0), (8.0, 13.0), (22.0, 1.0))]
    [12.0, 25.0, 11.0]
    """
    since_morning = (hour_of_day - morning_h) % HOURS_A_DAY
    wait_h = 0.0
    if since_morning >= shift_h:
        wait_h, since_morning = HOURS_A_DAY - since_morning, 0.0
    days, rest_h = divmod(since_morning + work_h, shift_h)
    if rest_h == 0.0 and days:
        days, rest_h = days - 1.0, shift_h
    return wait_h + days * HOURS_A_DAY + rest_h - since_morning
