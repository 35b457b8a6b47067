"""Replays: published incidents run again and again on all cores, and their figures read off each replication.

A replication in which the incident did not happen (the attacker was noticed, or resisted) is another story: numbers are
tried, in order, until enough have told this one. Which are kept depends on the seed alone, never on the workers.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import ceil

import simulation
from backtest.account import Account
from backtest.coverage import Found, found
from backtest.library import Incident
from backtest.measures import Replay
from flows.workers.pool import Pool, worker_count
from simulation.engine.situation import Situation
from simulation.replication import PreparedCampaign, crisis_of, trace_of
from topologies.errors import Message, RunFailed

CHUNK = 5
RAREST = 0.02
"""Share of the replications that must tell the story; below, the incident cannot be replayed."""

Values = dict[str, float | None]
"""What one replication says of each figure."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the back-test is."""

    incident: Incident
    done: int
    replications: int


def replay_all(
    incidents: Sequence[Incident],
    replications: int,
    workers: int | None,
    tell: Callable[[Progress], None],
) -> list[Found]:
    """Every figure of every incident; a figure that no replication gives is missing."""
    with Pool(worker_count(workers), partial(make_ready, incidents)) as pool:
        return [
            figure
            for number, incident in enumerate(incidents)
            for figure in _figures(incident, list(_stories(pool, number, incident, replications, tell)))
        ]


def _figures(incident: Incident, stories: list[Values]) -> Iterator[Found]:
    for figure in incident.account.figures:
        values = [value for story in stories if (value := story[figure.name]) is not None]
        if values:
            yield found(incident.account.name, figure, values)


def _stories(
    pool: Pool, number: int, incident: Incident, replications: int, tell: Callable[[Progress], None]
) -> Iterator[Values]:
    """The first replications, in order of their numbers, in which the incident happened."""
    tried = kept = 0
    while kept < replications:
        share = max(kept / tried, RAREST) if tried else 1.0
        wanted = ceil((replications - kept) / share / CHUNK) * CHUNK
        starts = range(tried, tried + min(wanted, 4 * replications), CHUNK)
        futures = [pool.submit(run_replays, number, start) for start in starts]
        for future in futures:
            for story in future.result():
                if story is not None and kept < replications:
                    kept += 1
                    tell(Progress(incident, kept, replications))
                    yield story
        tried += len(starts) * CHUNK
        if kept < RAREST * tried:
            gaps = {"incident": incident.account.name, "kept": kept, "tried": tried}
            raise RunFailed(
                Message(
                    "{incident} happens in {kept} of {tried} {tried:replication|replications}: "
                    "too rare to be replayed",
                    gaps,
                )
            )


# In a worker


@dataclass(slots=True)
class Workplace:
    """What a worker keeps from one job to the next: the incidents, and one of them prepared, which is large."""

    incidents: Sequence[Incident]
    prepared: dict[int, PreparedCampaign] = field(default_factory=dict)

    def prepare(self, number: int) -> PreparedCampaign:
        """The campaign of an incident; the one before is let go first."""
        if number not in self.prepared:
            self.prepared.clear()
            self.prepared[number] = simulation.prepare(self.incidents[number].campaign)
        return self.prepared[number]


_place: list[Workplace] = []
"""Where this process works, once it is ready."""


def make_ready(incidents: Sequence[Incident]) -> None:
    """This process can replay these incidents, which are checked."""
    _place[:] = [Workplace(incidents)]


def run_replays(number: int, start: int) -> list[Values | None]:
    """Some replications of an incident, each with its figures, or `None` where the incident did not happen."""
    (place,) = _place
    incident, prepared = place.incidents[number], place.prepare(number)
    return [_story(incident, prepared, replication) for replication in range(start, start + CHUNK)]


def _story(incident: Incident, prepared: PreparedCampaign, number: int) -> Values | None:
    account, seed = incident.account, incident.campaign.seed
    situation = crisis_of(prepared, seed, number)
    if not _happened(account, situation):
        return None
    replay = Replay(situation, incident.brought_back)
    until_h = None if replay.first_h is None else account.patients_until_h(replay.first_h)
    trace = None if until_h is None else trace_of(prepared, seed, number, until_h)
    return {figure.name: replay.of(figure, trace) for figure in account.figures}


def _happened(account: Account, situation: Situation) -> bool:
    """The payload has gone off where it is known to have, or anywhere when that is not known."""
    if account.averted:
        return True
    nodes = situation.nodes
    sites = [nodes.number_of[account.hit]] if account.hit else nodes.sites
    return any(situation.states[site].impact_h is not None for site in sites)
