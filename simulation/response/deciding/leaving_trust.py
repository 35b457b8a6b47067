"""Leaving a trust: who was spared behind a directory that the attacker held need not wait until it is rebuilt.

A legal entity of its own can cut its trust for good, and go on with a directory of its own, or with local and
break-glass accounts. Its crisis cell decides on it after some days of waiting, and again each week; more often where a
rehearsed plan holds such accounts. To make them is work for a team; then its own checks begin (`checks.py`). One
network, or the sites of one legal entity, cannot.
"""

from collections.abc import Generator
from functools import partial

from simpy import Event

from simulation.engine.delays import HOURS_A_DAY, Delay
from simulation.engine.event_kinds import EventKind
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.deciding.checks import Checks
from simulation.response.prepared import PreparedResponse
from simulation.response.responders import HOURS_A_WEEK
from simulation.response.teams import Teams


class LeavingTrust:
    """Who leaves in one replication."""

    def __init__(
        self, situation: Situation, prepared: PreparedResponse, p: Parameters, teams: Teams, checks: Checks
    ) -> None:
        delay = partial(Delay, situation, unit_h=HOURS_A_DAY)
        self.decision = delay("leaving_pace", p.site.leaves_trust_days, shortened_by=prepared.decisions)
        self.accounts = delay(
            "accounts_pace",
            p.site.own_accounts_days,
            shortened_by=[defence.work for defence in prepared.defences],
        )
        self.situation = situation
        self.prepared = prepared
        self.teams = teams
        self.checks = checks
        self._decides = situation.luck.chances("leave trust", len(situation.nodes))

    def consider(self, node: Node, cause: int) -> None:
        """It is off, spared, and waits for a directory that it shares: it may decide not to, now or in a later week."""
        if self.prepared.may_leave_trust[node]:
            self.decision.then(node, self._decide, 1.0, cause)

    def _decide(self, node: Node, stays: float, cause: int) -> None:
        """It leaves now with its chance, if it has not before; `stays` is the chance that it has not."""
        stays *= 1.0 - self.prepared.defences[node].leaves_trust_chance
        if self._decides[node] >= stays:
            self._leave(node, cause)
        elif self._waits(node):
            self.situation.after(HOURS_A_WEEK, partial(self._decide, node, stays, cause))

    def _waits(self, node: Node) -> bool:
        return self.situation.states[node].is_switched_off and not self.checks.have_begun(node)

    def _leave(self, node: Node, cause: int) -> None:
        """The trust is cut, unless the wait is over."""
        state = self.situation.states[node]
        if state.impact_h is None and self._waits(node):
            state.left_trust_h = self.situation.now_h
            event = self.situation.note(node, EventKind.LEAVES_TRUST, cause)
            self.situation.env.process(self._make_accounts(node, event))

    def _make_accounts(self, node: Node, cause: int) -> Generator[Event, object, None]:
        yield from self.teams.checks(node, self.accounts.hours(node))
        event = self.situation.note(node, EventKind.OWN_ACCOUNTS, cause)
        self.checks.begin(node, self.checks.next, event)
