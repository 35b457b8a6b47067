"""Leaving a trust: who was spared behind a directory that the attacker held need not wait until it is rebuilt.

A legal entity of its own, with a computer team of its own, can cut its trust for good, and go on with a directory of
its own. Its crisis cell decides on it after some days of waiting, once: who has nobody who can do it has not got them a
week later either; more often where a rehearsed plan holds accounts for it. To make the directory, with the accounts of
all staff and every machine joined anew, is work for a team, and more of it in a large hospital; then its own checks
begin (`checks.py`). One network, the sites of one legal entity, or those whose teams are pooled, cannot.
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
from simulation.response.teams import Teams
from simulation.response.work import by_beds


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
        self._p = p
        self._decides = situation.luck.chances("leave trust", len(situation.nodes))

    def consider(self, node: Node, cause: int) -> None:
        """It is off, spared, and waits for a directory that it shares: it may decide not to."""
        leaves = self._decides[node] >= 1.0 - self.prepared.defences[node].leaves_trust_chance
        if leaves and self.prepared.may_leave_trust[node]:
            self.decision.then(node, self._leave, cause)

    def _leave(self, node: Node, cause: int) -> None:
        """The trust is cut, unless the wait is over."""
        state = self.situation.states[node]
        waits = state.is_switched_off and not self.checks.have_begun(node)
        if state.impact_h is None and waits:
            state.left_trust_h = self.situation.now_h
            event = self.situation.note(node, EventKind.LEAVES_TRUST, cause)
            self.situation.env.process(self._make_accounts(node, event))

    def _make_accounts(self, node: Node, cause: int) -> Generator[Event, object, None]:
        lasts_h = self.accounts.hours(node) * by_beds(self.prepared.beds[node], self._p)
        yield from self.teams.checks(node, lasts_h)
        event = self.situation.note(node, EventKind.OWN_ACCOUNTS, cause)
        self.checks.begin(node, self.checks.next, event)
