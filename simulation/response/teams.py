"""Teams at work: who does a piece of work at an establishment, and how long that takes.

The own computer team works in relay, day and night, and does one thing at a time; where it is busy, rebuilders from
outside do it, who do not work at night. Whoever is free first begins.
"""

from collections.abc import Generator
from math import ceil

from simpy import AnyOf, Event, PriorityResource

from simulation.engine.delays import HOURS_A_DAY
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.prepared import PreparedResponse
from simulation.response.responders import Engagement, Responders, elapsed_h

NOTHING_LOST = 10**9
"""Added to the priority of who has lost nothing: those who have are served first."""
TURN_H = 72.0
"""After so much work a team looks where it is needed most; a numerical matter, no number of the model."""


class Teams:
    """The own computer teams and the rebuilders of one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        self.situation = situation
        self.prepared = prepared
        self.rebuilders = Responders(situation.env, prepared.rebuilders)
        self._own: dict[int, PriorityResource] = {}
        """Of the establishments that have had something to do, by the number of their computer team."""
        self._p = p.responders

    def call(self, declared: Node) -> None:
        """An establishment has declared: rebuilders make ready."""
        self.rebuilders.call(declared)

    def own(self, node: Node, work_h: float) -> Generator[Event, object, None]:
        """The own team works for so long, when it is free."""
        with self.own_of(node).request(priority=self.prepared.priorities[node]) as request:
            yield request
            yield self.situation.env.timeout(work_h)

    def whoever_is_free(
        self, node: Node, work_h: float, *, for_care: bool = True
    ) -> Generator[Event, object, None]:
        """The own team does the work, or rebuilders from outside where they are free before it is.

        What no care waits for comes last; from outside, those who have lost something are helped first. Teams are asked
        anew at each turn, so that nobody waits for all that one still has to do elsewhere.
        """
        turns = ceil(work_h / TURN_H)
        for _ in range(turns):
            yield from self._take_turn(node, work_h / turns, 0 if for_care else NOTHING_LOST)

    def _take_turn(self, node: Node, work_h: float, later: int) -> Generator[Event, object, None]:
        priority, env = self.prepared.priorities[node] + later, self.situation.env
        lost = 0 if self.situation.states[node].impact_h is not None else NOTHING_LOST
        with self.own_of(node).request(priority=priority) as own:
            asked = {} if own.triggered else self.rebuilders.ask(priority + lost)
            yield AnyOf(env, [own, *asked.values()])
            if own.triggered:
                self.rebuilders.dismiss(asked)
                yield env.timeout(work_h)
                return
        team: Engagement = yield from self.rebuilders.choose(asked)
        yield env.timeout(self.by_day(work_h))
        self.rebuilders.release(team)

    def checks(self, node: Node, lasts_h: float) -> Generator[Event, object, None]:
        """A small piece of work for the own team or another, which then lasts by itself until so long has passed.

        The own team of one site is busy all the while; of one that serves many, a site takes its part.
        """
        part = self.prepared.part_of_team[node]
        yield from self.whoever_is_free(node, lasts_h * part)
        yield self.situation.env.timeout(lasts_h * (1.0 - part))

    def by_day(self, work_h: float) -> float:
        """Hours that the work takes a team from outside from now on, without nights."""
        return elapsed_h(
            (self.prepared.first_hour + self.situation.now_h) % HOURS_A_DAY,
            work_h,
            self._p.visiting_shift_h.value,
            self._p.visiting_morning_h.value,
        )

    def own_of(self, node: Node) -> PriorityResource:
        """The computer team of its own, or of those who have pooled theirs."""
        number = self.prepared.computer_team_of[node]
        if number not in self._own:
            teams = self.prepared.computer_teams[number].teams
            self._own[number] = PriorityResource(self.situation.env, teams)
        return self._own[number]
