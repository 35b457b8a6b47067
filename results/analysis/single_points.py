"""Single points of failure: what a region loses when one node alone is down, by its graph and by runs.

The graph says who stands between many. Only runs say what that costs patients: a node that everybody is linked to may
render nothing that care misses for two days, and a hospital at the end of every link may be the only one for an hour
around. Both rankings are given, because they differ.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

import numpy as np
from numpy.typing import NDArray

from results.analysis.statistics import Interval, mean_interval
from simulation.outcome.records import Outcome
from topologies.region import LinkKind, Region

PIVOTS = 200
"""Nodes from which paths are counted, at most: of larger regions, betweenness is estimated from as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """The care that was given in one replication, and what was late."""

    cared_for: float
    """Patients taken into care, of all streams."""
    ed_visits_unmet: float
    surgeries_postponed: float
    delay_min: float
    """Minutes lost by all time-critical patients together."""
    delay_deaths: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A node whose failure is tried: what depends on it, by the graph."""

    node: str
    customers: int
    """Establishments that it serves; of an establishment, none."""
    visits: int
    """Emergency visits per year at these, or its own."""
    betweenness: float
    """Share of the shortest ways over links of information systems that pass through it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """The mean over replications of what a failure costs, beside the same replications without it."""

    mean: float
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What is lost when this point alone is down."""

    point: Point
    by_runs: int
    """Its rank among those tried, from 1; those that cost the same share one."""
    by_graph: int
    patients: Loss
    """Patients who were not taken into care within the time simulated."""
    ed_visits_unmet: Loss
    surgeries_postponed: Loss
    delay_min: Loss
    delay_deaths: Loss


def care_of(outcome: Outcome) -> Care:
    """The care given in a replication."""
    row = outcome.replication
    return Care(
        cared_for=float(outcome.hours.served.sum()),
        ed_visits_unmet=float(row.ed_visits_unmet),
        surgeries_postponed=float(row.surgeries_postponed),
        delay_min=row.time_critical_delay_min * row.time_critical_patients,
        delay_deaths=row.delay_deaths,
    )


def points_of(region: Region, most: int) -> list[Point]:
    """Whose failure is worth trying: in turn the most central of the graph, and the largest services and sites."""
    customers, central = customers_of(region), _betweenness(region)
    visits = {finess: site.ed_visits_per_year or 0 for finess, site in region.establishments.items()}

    def point(node: str) -> Point:
        return Point(
            node=node,
            customers=len(customers.get(node, ())),
            visits=sum(visits[each] for each in customers.get(node, [node])),
            betweenness=central[node],
        )

    services, sites = [point(node) for node in region.services], [point(node) for node in visits]
    by_graph = sorted([*services, *sites], key=lambda one: (-one.betweenness, one.node))
    by_size = [sorted(some, key=lambda one: (-one.visits, one.node)) for some in (services, sites)]
    in_turn = chain.from_iterable(zip_longest(by_graph, *by_size))
    return list({one.node: one for one in in_turn if one is not None}.values())[:most]


def customers_of(region: Region) -> dict[str, list[str]]:
    """The establishments that each shared service serves; of a directory, those that trust it."""
    found: dict[str, list[str]] = {service: [] for service in region.services}
    for link in region.links:
        if link.source in found and link.target in region.establishments:
            found[link.source].append(link.target)
    return found


def _betweenness(region: Region) -> dict[str, float]:
    """Of each node, the share of shortest ways between others that pass through it; patients' transfers are no way."""
    import networkx  # costs its import, and nothing else here needs it

    graph: networkx.Graph[str] = networkx.Graph()
    graph.add_nodes_from([*region.services, *region.establishments])
    ways = (link for link in region.links if link.kind is not LinkKind.TRANSFER)
    graph.add_edges_from((link.source, link.target) for link in ways)
    pivots = PIVOTS if len(graph) > PIVOTS else None
    shares: dict[str, float] = networkx.betweenness_centrality(graph, k=pivots, seed=1)
    return {node: round(share, 9) for node, share in shares.items()}


def ranked(ordinary: Sequence[Care], failing: Iterable[tuple[Point, Sequence[Care]]]) -> list[Failure]:
    """What each failure costs beside the ordinary replications of the same numbers, the worst first."""
    losses = [(point, _losses(ordinary, cares)) for point, cares in failing]
    runs = _ranks({point.node: each["patients"].mean for point, each in losses})
    graph = _ranks({point.node: point.betweenness for point, _ in losses})
    failures = [
        Failure(point=point, by_runs=runs[point.node], by_graph=graph[point.node], **each)
        for point, each in losses
    ]
    return sorted(failures, key=lambda failure: (failure.by_runs, failure.by_graph, failure.point.node))


def _ranks(values: Mapping[str, float]) -> dict[str, int]:
    """The rank of each, the largest first; equal ones share the first of their ranks."""
    ordered = sorted(values.values(), reverse=True)
    return {name: ordered.index(value) + 1 for name, value in values.items()}


def _losses(ordinary: Sequence[Care], failing: Sequence[Care]) -> dict[str, Loss]:
    def loss(name: str, sign: float) -> Loss:
        values = sign * (_array(failing, name) - _array(ordinary, name))
        return Loss(mean=float(values.mean()), interval=mean_interval(values))

    return {
        "patients": loss("cared_for", -1.0),
        "ed_visits_unmet": loss("ed_visits_unmet", 1.0),
        "surgeries_postponed": loss("surgeries_postponed", 1.0),
        "delay_min": loss("delay_min", 1.0),
        "delay_deaths": loss("delay_deaths", 1.0),
    }


def _array(cares: Sequence[Care], name: str) -> NDArray[np.float64]:
    return np.array([getattr(care, name) for care in cares], dtype=np.float64)
