"""Replays: published incidents run again and again on all cores, and their figures read off each replication.

A replication in which the incident did not happen (the attacker was noticed, or resisted) is another story: numbers are
tried, in order, until enough have told this one. Which are kept depends on the seed alone, never on the workers.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from math import ceil

from backtest.figure import Figure
from backtest.library import Incident, accounts
from backtest.replay.story import Values, story
from backtest.scoring.forecast import Forecast, forecast
from backtest.scoring.naive import guess
from flows.workers.pool import Pool, worker_count
from simulation import Campaign
from topologies.errors import Message, RunFailed

CHUNK = 5
RAREST = 0.02
"""Share of the replications that must tell the story; below, the incident cannot be replayed."""


Tell = Callable[[Incident], None]
"""Somebody is told that one more replication of an incident is done."""
Stories = Mapping[int, Values]
"""What was told, by the number of the replication."""


@dataclass(frozen=True, slots=True)
class Version:
    """An incident as it is told on the eve or on the day, and the figures that are forecast so."""

    campaign: Campaign
    figures: tuple[Figure, ...]


def versions_of(incident: Incident) -> list[Version]:
    """How an incident is told, as far as there is something to forecast."""
    account = incident.account
    told = [(incident.eve, account.of_the_eve), (incident.day, account.of_the_day)]
    return [Version(campaign, figures) for campaign, figures in told if campaign and figures]


def count_of(incidents: Sequence[Incident], replications: int) -> int:
    """How many replications it takes to tell them."""
    return replications * sum(len(versions_of(incident)) for incident in incidents)


def forecast_all(
    incidents: Sequence[Incident], replications: int, workers: int | None, tell: Tell
) -> list[Forecast]:
    """Every figure of every incident; a figure that no replication gives is missing."""
    found: list[Forecast] = []
    for incident, figures, stories in replay_all(incidents, replications, workers, tell):
        for figure in figures:
            values = [value for each in stories.values() if (value := each[figure.name]) is not None]
            if values:
                others = guess(incident.account.name, figure, accounts())
                found.append(forecast(incident.account.name, figure, values, others))
    return found


def replay_all(
    incidents: Sequence[Incident], replications: int, workers: int | None, tell: Tell
) -> Iterator[tuple[Incident, tuple[Figure, ...], Stories]]:
    """The first replications of every incident in which it happened, told on the eve and on the day."""
    with Pool(worker_count(workers), partial(make_ready, incidents)) as pool:
        for number, incident in enumerate(incidents):
            for place, version in enumerate(versions_of(incident)):
                asked = partial(pool.submit, run_replays, number, place)
                stories = _stories(incident, asked, replications, tell)
                yield incident, version.figures, stories


def _stories(
    incident: Incident, submit: Callable[[int], Future[list[Values | None]]], replications: int, tell: Tell
) -> Stories:
    """The first replications, in order of their numbers, in which the incident happened."""
    kept: dict[int, Values] = {}
    tried = 0
    while len(kept) < replications:
        told = max(len(kept) / tried, RAREST) if tried else 1.0
        wanted = ceil((replications - len(kept)) / told / CHUNK) * CHUNK
        starts = range(tried, tried + min(wanted, 4 * replications), CHUNK)
        futures = [submit(start) for start in starts]
        for start, future in zip(starts, futures, strict=True):
            for replication, values in enumerate(future.result(), start):
                if values is not None and len(kept) < replications:
                    kept[replication] = values
                    tell(incident)
        tried += len(starts) * CHUNK
        if len(kept) < RAREST * tried:
            gaps = {"incident": incident.account.name, "kept": len(kept), "tried": tried}
            raise RunFailed(
                Message(
                    "{incident} happens in {kept} of {tried} {tried:replication|replications}: "
                    "too rare to be replayed",
                    gaps,
                )
            )
    return kept


# In a worker

_place: list[Sequence[Incident]] = []
"""The incidents that this process replays, once it is ready."""


def make_ready(incidents: Sequence[Incident]) -> None:
    """This process can replay these incidents, which are checked."""
    _place[:] = [incidents]


def run_replays(number: int, place: int, start: int) -> list[Values | None]:
    """Some replications of a version of an incident, each with its figures, or `None` where it did not happen."""
    (incidents,) = _place
    incident = incidents[number]
    version = versions_of(incident)[place]
    return [
        story(incident, version.campaign, version.figures, replication)
        for replication in range(start, start + CHUNK)
    ]
