"""Does the model find what really happened? Published incidents are replayed on all cores.

A replication in which the incident did not happen (the attacker was noticed, or resisted) is another story: numbers are
tried, in order, until enough have told this one. Which are kept depends on the seed alone, never on the workers.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil

import simulation
import topologies
from backtest.coverage import Found, found
from backtest.incident import Incident
from backtest.measures import Replay
from flows.execution.pool import Pool, worker_count
from simulation import Campaign
from simulation.outcome.counting import counted
from simulation.replication import PreparedCampaign, trace_of
from topologies.errors import Message, RunFailed

CHUNK = 5
RAREST = 0.02
"""Share of the replications that must tell the story; below, the incident cannot be replayed."""

Values = dict[str, float | None]
_kept: dict[str, PreparedCampaign] = {}
"""In a worker: the prepared campaign of the incident that it replays, which is large."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the back-test is."""

    incident: Incident
    done: int
    replications: int


def replay_all(
    incidents: list[Incident],
    replications: int,
    seed: int,
    workers: int | None,
    tell: Callable[[Progress], None],
) -> list[Found]:
    """Every figure of every incident; a figure that no replication gives is missing."""
    with Pool(worker_count(workers)) as pool:
        return [
            figure
            for incident in incidents
            for figure in _figures(incident, list(_stories(pool, incident, replications, seed, tell)))
        ]


def _figures(incident: Incident, stories: list[Values]) -> Iterator[Found]:
    for figure in incident.figures:
        values = [value for story in stories if (value := story[figure.name]) is not None]
        if values:
            yield found(incident, figure, values)


def _stories(
    pool: Pool, incident: Incident, replications: int, seed: int, tell: Callable[[Progress], None]
) -> Iterator[Values]:
    """The first replications, in order of their numbers, in which the incident happened."""
    tried = kept = 0
    while kept < replications:
        share = max(kept / tried, RAREST) if tried else 1.0
        wanted = ceil((replications - kept) / share / CHUNK) * CHUNK
        starts = range(tried, tried + min(wanted, 4 * replications), CHUNK)
        futures = [pool.submit(_replay, incident, seed, start) for start in starts]
        for future in futures:
            for story in future.result():
                if story is not None and kept < replications:
                    kept += 1
                    tell(Progress(incident, kept, replications))
                    yield story
        tried += len(starts) * CHUNK
        if kept < RAREST * tried:
            gaps = {"incident": incident.name, "kept": kept, "tried": tried}
            raise RunFailed(
                Message(
                    "{incident} happens in {kept} of {tried} {tried:replication|replications}: "
                    "too rare to be replayed",
                    gaps,
                )
            )


def _replay(incident: Incident, seed: int, start: int) -> list[Values | None]:
    """In a worker: some replications, each with its figures, or `None` where the incident did not happen."""
    return [_story(incident, seed, number) for number in range(start, start + CHUNK)]


def _story(incident: Incident, seed: int, number: int) -> Values | None:
    prepared = _prepared(incident.model_dump_json(), seed)
    trace = trace_of(prepared, seed, number)
    outcome = counted(trace)
    hit = {row.finess for row in outcome.establishments if row.impact_h is not None}
    if incident.averted is False and (incident.hit not in hit if incident.hit else not hit):
        return None
    replay = Replay(trace, outcome)
    return {figure.name: replay.of(figure) for figure in incident.figures}


def _prepared(written: str, seed: int) -> PreparedCampaign:
    """An incident prepared once for all that a worker replays of it; the one before is let go first."""
    if written not in _kept:
        _kept.clear()
        incident = Incident.model_validate_json(written)
        campaign = Campaign(
            region=topologies.load_incident(incident.topology),
            scenario=incident.scenario,
            posture=incident.posture(simulation.load_posture("baseline")),
            seed=seed,
            parameters=incident.parameters(simulation.load_parameters()),
        )
        simulation.check(campaign)
        _kept[written] = simulation.prepare(campaign)
    return _kept[written]
