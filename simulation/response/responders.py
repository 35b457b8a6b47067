"""Responders: who comes to help from outside, when, and where first.

Teams stand at several levels, nearest first. Each level sets out some hours after the first declaration, and more of
its teams each week while the crisis lasts. They travel to every establishment that they help, and work long days but
not nights. A team that is free goes where the posture serves first. The establishments' own teams
(`computer_teams.py`) work in relay, day and night.
"""

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from simpy import AnyOf, Environment, Event, PriorityResource
from simpy.resources.resource import PriorityRequest

from simulation.engine.delays import HOURS_A_DAY
from simulation.engine.event_kinds import Actor
from simulation.engine.nodes import Node
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.parameters.responder_levels import Task
from simulation.inputs.postures.posture import Posture

HOURS_A_WEEK = 168.0
BEFORE_ALL = -(10**9)
"""Priority of what holds teams back until they have set out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponderLevel:
    """Teams of one level: what they do, how many they are, and when they come."""

    name: str
    actor: Actor
    """Whose teams they are, on the timeline."""
    task: Task
    teams: int
    """Those who come first."""
    more_a_week: float
    most: int
    """All that it can send, however long the crisis lasts."""
    activation_h: float
    """From the call to the road."""
    travel_h: float
    """To each establishment."""

    def teams_after(self, weeks: int) -> int:
        """How many have set out so many weeks after the first."""
        return min(self.most, round(self.teams + self.more_a_week * weeks))


def levels_of(posture: Posture, p: Parameters) -> tuple[ResponderLevel, ...]:
    """The levels that have teams, nearest first."""
    teams = {name: round(number.value) for name, number in posture.responders.teams.items()}
    return tuple(
        ResponderLevel(
            name=name,
            actor=Actor(level.actor),
            task=level.task,
            teams=teams[name],
            more_a_week=teams[name] * level.more_a_week.value,
            most=max(teams[name], round(teams[name] * level.most.value)),
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
    """The teams of some levels in one replication; levels are given nearest first."""

    def __init__(self, env: Environment, levels: tuple[ResponderLevel, ...]) -> None:
        self.env = env
        self._called = False
        self.levels = levels
        self._held_back: dict[str, list[PriorityRequest]] = {}
        """Of each level, those who have not set out, once anybody has been called or asked."""

    @cached_property
    def _teams(self) -> dict[str, PriorityResource]:
        """Of each level, all that it can send; most replications do without."""
        teams = {level.name: PriorityResource(self.env, level.most) for level in self.levels}
        for level in self.levels:
            later = level.most - (0 if level.activation_h else level.teams)
            requests = (teams[level.name].request(priority=BEFORE_ALL) for _ in range(later))
            self._held_back[level.name] = list(requests)
        return teams

    def call(self, _declared: Node) -> None:
        """An establishment has declared: all levels are called, once; each sets out when it is ready."""
        if self._called:
            return
        self._called = True
        for level in self.levels:
            self._after(level.activation_h, partial(self._set_out, level, 0))

    def _set_out(self, level: ResponderLevel, weeks: int, _: Event) -> None:
        """So many weeks after the first, the teams of a level that have come to be ready can be engaged."""
        teams, held_back = self._teams[level.name], self._held_back[level.name]
        while len(held_back) > level.most - level.teams_after(weeks):
            teams.release(held_back.pop())
        if held_back and level.more_a_week:
            self._after(HOURS_A_WEEK, partial(self._set_out, level, weeks + 1))

    def _after(self, delay_h: float, act: "partial[None]") -> None:
        callbacks = self.env.timeout(delay_h).callbacks
        if callbacks is not None:
            callbacks.append(act)

    def ask(self, priority: int) -> Mapping[str, PriorityRequest]:
        """A team is asked for at every level."""
        return {level.name: self._teams[level.name].request(priority=priority) for level in self.levels}

    def engage(self, priority: int) -> Generator[Event, object, Engagement]:
        """A team of whichever level is free first, the nearest when several are, is there once it has travelled."""
        asked = self.ask(priority)
        yield AnyOf(self.env, list(asked.values()))
        return (yield from self.choose(asked))

    def choose(self, asked: Mapping[str, PriorityRequest]) -> Generator[Event, object, Engagement]:
        """Of those asked, some of whom are free, the nearest comes; the others are told that it has been seen to."""
        chosen = next(level for level in self.levels if asked[level.name].triggered)
        self.dismiss({name: request for name, request in asked.items() if name != chosen.name})
        if chosen.travel_h:
            yield self.env.timeout(chosen.travel_h)
        return Engagement(chosen, asked[chosen.name])

    def dismiss(self, asked: Mapping[str, PriorityRequest]) -> None:
        """Those asked are not needed."""
        for name, request in asked.items():
            if request.triggered:
                self._teams[name].release(request)
            else:
                request.cancel()

    def release(self, engagement: Engagement) -> None:
        """The team is free for others."""
        self._teams[engagement.level.name].release(engagement.request)


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
