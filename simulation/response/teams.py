"""Teams at work: who does a piece of work at an establishment, and how long that takes.

The own computer team works in relay, day and night, and does one thing at a time; where it is busy, rebuilders from
outside do it, who do not work at night. Whoever is free first begins.
"""

from collections.abc import Callable, Generator

from simpy import AnyOf, Event, PriorityResource

from simulation.engine.delays import HOURS_A_DAY
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.prepared import PreparedResponse
from simulation.response.responders import Engagement, Responders, elapsed_h

NOTHING_LOST = 10**9
"""Added to the priority of who has lost nothing: those who have are served first."""

Lasts = Callable[[float], float]
"""How many hours pass while a team does so many hours of work from now on."""
Job = Callable[[Lasts], Generator[Event, object, None]]
"""A piece of work, done at the pace of whoever does it."""


def in_relay(work_h: float) -> float:
    """A team that works day and night."""
    return work_h


class Teams:
    """The own computer teams and the rebuilders of one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        env = situation.env
        self.situation = situation
        self.prepared = prepared
        self.computer_teams = [PriorityResource(env, group.teams) for group in prepared.computer_teams]
        self.rebuilders = Responders(env, prepared.rebuilders)
        self._p = p.responders

    def call(self, declared: Node) -> None:
        """An establishment has declared: rebuilders make ready."""
        self.rebuilders.call(declared)

    def own(self, node: Node, job: Job) -> Generator[Event, object, None]:
        """The own team does it, when it is free."""
        with self._own_of(node).request(priority=self.prepared.priorities[node]) as request:
            yield request
            yield from job(in_relay)

    def whoever_is_free(self, node: Node, job: Job) -> Generator[Event, object, None]:
        """The own team does it, or rebuilders from outside where they are free before it is.

        From outside, those who have lost something are helped first.
        """
        state, priority = self.situation.states[node], self.prepared.priorities[node]
        with self._own_of(node).request(priority=priority) as own:
            later = 0 if state.impact_h is not None else NOTHING_LOST
            asked = {} if own.triggered else self.rebuilders.ask(priority + later)
            yield AnyOf(self.situation.env, [own, *asked.values()])
            if own.triggered:
                self.rebuilders.dismiss(asked)
                yield from job(in_relay)
                return
        team: Engagement = yield from self.rebuilders.choose(asked)
        yield from job(self.by_day)
        self.rebuilders.release(team)

    def by_day(self, work_h: float) -> float:
        """Hours that the work takes a team from outside from now on, without nights."""
        return elapsed_h(
            (self.prepared.first_hour + self.situation.now_h) % HOURS_A_DAY,
            work_h,
            self._p.visiting_shift_h.value,
            self._p.visiting_morning_h.value,
        )

    def _own_of(self, node: Node) -> PriorityResource:
        return self.computer_teams[self.prepared.computer_team_of[node]]
