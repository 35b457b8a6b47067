"""Who comes to help, when, and to whom first?

Teams with experience stand at three levels: regional, contracted, national. Each sets out some hours after the
first declaration, travels to every establishment that it helps, and works long days but not nights. A team that is
free goes to whom the posture serves first. The establishments' own teams (a fourth level) work in relay, day and night.
"""

from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

from simpy import AnyOf, Environment, Event, PriorityResource
from simpy.resources.resource import PriorityRequest

BEFORE_ALL = -(10**9)
"""Priority of what holds teams back until they have set out."""
MORNING_H = 8.0
DAY_H = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """Teams of one level: how many, and when they come."""

    name: str
    teams: int
    activation_h: float
    """From the call to the road."""
    travel_h: float
    """To each establishment."""


@dataclass(frozen=True, slots=True)
class Engagement:
    """A team is bound to an establishment."""

    level: Level
    request: PriorityRequest


class Responders:
    """The teams of all levels in one replication; levels are given nearest first."""

    def __init__(self, env: Environment, levels: tuple[Level, ...]) -> None:
        self.env = env
        self.levels = tuple(level for level in levels if level.teams)
        self._teams = {level.name: PriorityResource(env, level.teams) for level in self.levels}
        self._not_yet = {
            level.name: [self._teams[level.name].request(priority=BEFORE_ALL) for _ in range(level.teams)]
            for level in self.levels
            if level.activation_h
        }

    def set_out(self, level: Level) -> None:
        """The teams of a level can be engaged from now on."""
        for request in self._not_yet.pop(level.name, ()):
            self._teams[level.name].release(request)

    def call(self) -> None:
        """All levels are called; each sets out when it is ready."""
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


def _set_out(responders: Responders, level: Level, _: Event) -> None:
    responders.set_out(level)


def elapsed_h(hour_of_day: float, work_h: float, shift_h: float) -> float:
    """Hours until so much work is done by a team that works so many hours a day, from eight in the morning.

    >>> elapsed_h(8.0, 12.0, 12.0), elapsed_h(8.0, 13.0, 12.0), elapsed_h(22.0, 1.0, 12.0)
    (12.0, 25.0, 11.0)
    """
    since_morning = (hour_of_day - MORNING_H) % DAY_H
    wait_h = 0.0
    if since_morning >= shift_h:
        wait_h, since_morning = DAY_H - since_morning, 0.0
    days, rest_h = divmod(since_morning + work_h, shift_h)
    if rest_h == 0.0 and days:
        days, rest_h = days - 1.0, shift_h
    return wait_h + days * DAY_H + rest_h - since_morning
