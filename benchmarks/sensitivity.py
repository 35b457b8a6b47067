"""Which assumptions a crisis turns on, by two methods: given data, as `tocsin sensitivity` takes it, and Morris.

One hospital of Corsica is attacked; what is explained is for how many days sites are out of work, in the mean of some
replications that are the same throughout, so that chance is left out: of which no patient is needed. Given data: all
assumptions of the crisis are drawn from their ranges at once. Morris (1991, Technometrics 33(2); SALib): from some
points on each assumption is moved alone by two thirds of its range, and ranked by the mean of what that changes.

Each method errs: what one ranks fifth the other may rank sixth by luck. So each says whom it is sure to be among the
first five, and who may be, each by two standard errors of a difference; the methods agree where whoever one is sure of
may be among the first five of the other. It takes a quarter of an hour; `--json` for a program.

    python -m benchmarks.sensitivity [--json]
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from SALib.analyze import morris as elementary_effects
from SALib.sample import morris

import simulation
import topologies
from results.analysis.assumptions.given_data import HALF, first_order_of
from simulation.inputs.parameters.parameters import load_parameters
from simulation.inputs.parameters.uncertainty import at_chances, unknown_of
from simulation.replication import crisis_of
from simulation.replication.draws import ORDINARY_LIFE
from simulation.replication.prepared_campaign import with_care

REGION, SCENARIO = "corse", "ransomware-large-hospital"
HORIZON_H = 180 * 24
DRAWS, TRAJECTORIES, LEVELS, SEED = 2_048, 20, 4, 2
REPLICATIONS = range(16)
HALVES = 100
"""Halves of the draws by which the error of an index is told."""
TOP, ERRORS, ONE_ERROR = 5, 2.0, 0.6827
HOURS_A_DAY = 24.0


class Asked:
    """The crisis, as it goes with all assumptions at given chances."""

    def __init__(self) -> None:
        region, scenario = topologies.load(REGION), simulation.load_scenario(SCENARIO)
        self.campaign = simulation.Campaign(
            region=region,
            scenario=scenario.in_region(region).model_copy(update={"horizon_h": HORIZON_H}),
            posture=simulation.load_posture("baseline"),
            seed=1,
        )
        self._uncertain = {
            name: one
            for name, one in load_parameters().quantities.items()
            if one.low < one.high and name not in ORDINARY_LIFE
        }
        self._prepared = simulation.prepare(self.campaign)
        self.unknowns = tuple(dict.fromkeys(map(unknown_of, self._uncertain)))

    def days_lost(self, chances: Iterable[float]) -> float:
        """Days for which sites are out of work where what is not known is at these chances, in their order."""
        at = dict(zip(self.unknowns, chances, strict=True))
        parameters = self.campaign.parameters.replaced(at_chances(self._uncertain, at))
        campaign, known = replace(self.campaign, parameters=parameters), self._prepared
        prepared = with_care(campaign, known.nodes, known.care, known=known.attack)
        lost = 0.0
        for number in REPLICATIONS:
            crisis = crisis_of(prepared, self.campaign.seed, number)
            for state in (crisis.states[node] for node in crisis.nodes.sites):
                if state.impact_h is not None:
                    until_h = crisis.horizon_h if state.restored_h is None else state.restored_h
                    lost += (until_h - state.impact_h) / HOURS_A_DAY
        return lost / len(REPLICATIONS)


@dataclass(frozen=True)
class Ranking:
    """How much each assumption does, by one method, and how far that may be wrong."""

    names: tuple[str, ...]
    effects: NDArray[np.float64]
    errors: NDArray[np.float64]
    """Standard errors."""

    def first(self, count: int = TOP) -> list[str]:
        """The assumptions that do most."""
        return [self.names[place] for place in self._order()[:count]]

    def may_be_first(self) -> set[str]:
        """Those that are not clearly below the fifth."""
        fifth = self._order()[TOP - 1]
        return {name for name, clear in zip(self.names, self._beyond(fifth), strict=True) if clear > -ERRORS}

    def sure_to_be_first(self) -> set[str]:
        """Those that are clearly above the sixth."""
        sixth = self._order()[TOP]
        return {name for name, clear in zip(self.names, self._beyond(sixth), strict=True) if clear > ERRORS}

    def agrees(self, other: "Ranking") -> bool:
        """Whom either is sure of may be among the first of the other."""
        return (
            self.sure_to_be_first() <= other.may_be_first()
            and other.sure_to_be_first() <= self.may_be_first()
        )

    def _order(self) -> list[int]:
        return [int(place) for place in np.argsort(-self.effects, kind="stable")]

    def _beyond(self, place: int) -> NDArray[np.float64]:
        """By how many standard errors of the difference each does more than this one."""
        error = np.hypot(self.errors, self.errors[place])
        apart: NDArray[np.float64] = np.zeros_like(self.effects)
        np.divide(self.effects - self.effects[place], error, out=apart, where=error > 0.0)
        return apart


def by_given_data(asked: Asked) -> Ranking:
    """The share of the spread that each assumption explains."""
    rng = np.random.default_rng(SEED)
    columns = [(rng.permutation(DRAWS) + rng.random(DRAWS)) / DRAWS for _ in asked.unknowns]
    chances = np.column_stack(columns)
    lost = np.array([asked.days_lost(row) for row in chances.tolist()])
    halves = [rng.permutation(DRAWS)[: DRAWS // 2] for _ in range(HALVES)]
    spread = np.std([_shares(chances[half], lost[half]) for half in halves], axis=0)
    return Ranking(asked.unknowns, _shares(chances, lost), spread * HALF**0.5)


def _shares(chances: NDArray[np.float64], lost: NDArray[np.float64]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = first_order_of(chances, lost[np.newaxis])[0]
    return shares


def by_morris(asked: Asked) -> Ranking:
    """The mean change in days, whatever its sign, as each assumption is moved alone."""
    problem = {
        "num_vars": len(asked.unknowns),
        "names": list(asked.unknowns),
        "bounds": [[0.05, 0.95]] * len(asked.unknowns),
    }
    points = morris.sample(problem, TRAJECTORIES, num_levels=LEVELS, seed=SEED)
    lost = np.array([asked.days_lost(row) for row in points.tolist()])
    found = elementary_effects.analyze(
        problem, points, lost, num_levels=LEVELS, seed=SEED, conf_level=ONE_ERROR
    )
    return Ranking(asked.unknowns, np.asarray(found["mu_star"]), np.asarray(found["mu_star_conf"]))


def main() -> None:
    """Both rankings are printed, and whether they agree."""
    asked = Asked()
    given, moved = by_given_data(asked), by_morris(asked)
    places = moved.first(len(moved.names))
    facts = {
        "assumptions": len(asked.unknowns),
        "given_data": _told(given),
        "morris_days": _told(moved),
        "place_by_morris": {name: places.index(name) + 1 for name in given.first(TOP + 3)},
        "in_both": sorted({*given.first()} & {*moved.first()}),
        "agree": given.agrees(moved),
    }
    if "--json" in sys.argv[1:]:
        print(json.dumps(facts))
        return
    for name, value in facts.items():
        print(f"{name}: {value}")


def _told(ranking: Ranking) -> dict[str, str]:
    """The first eight, each with its standard error, and what is said of it."""
    sure, may = ranking.sure_to_be_first(), ranking.may_be_first()
    told = {
        name: f"{effect:.3g} ± {error:.2g}"
        for name, effect, error in zip(ranking.names, ranking.effects, ranking.errors, strict=True)
    }
    return {
        name: f"{told[name]}{', sure' if name in sure else ', may be' if name in may else ''}"
        for name in ranking.first(TOP + 3)
    }


if __name__ == "__main__":
    main()
