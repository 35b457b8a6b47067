"""Which assumptions a crisis turns on, by two methods: given data, as `tocsin sensitivity` takes it, and Morris.

One hospital of Corsica is attacked; what is explained is for how many days sites are out of work, in the mean of some
replications that are the same throughout, so that chance is left out: of which no patient is needed. Given data: all
assumptions of the crisis are drawn from their ranges at once. Morris (1991, Technometrics 33(2); SALib): from some
points on each assumption is moved alone by two thirds of its range, and ranked by the mean of what that changes. It
takes some ten minutes.

    python -m benchmarks.sensitivity [--json]
"""

import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
from SALib.analyze import morris as elementary_effects
from SALib.sample import morris

import simulation
import topologies
from results.analysis.assumptions.given_data import indices_of
from simulation.inputs.parameters.parameters import load_parameters
from simulation.inputs.parameters.uncertainty import at_chances, unknown_of
from simulation.replication import crisis_of
from simulation.replication.draws import ORDINARY_LIFE

REGION, SCENARIO = "corse", "ransomware-large-hospital"
HORIZON_H = 180 * 24
DRAWS, TRAJECTORIES, LEVELS = 800, 8, 4
REPLICATIONS = range(16)
TOP = 5
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
        self.unknowns = tuple(dict.fromkeys(map(unknown_of, self._uncertain)))

    def days_lost(self, chances: Iterable[float]) -> float:
        """Days for which sites are out of work where what is not known is at these chances, in their order."""
        at = dict(zip(self.unknowns, chances, strict=True))
        parameters = self.campaign.parameters.replaced(at_chances(self._uncertain, at))
        prepared = simulation.prepare(replace(self.campaign, parameters=parameters))
        lost = 0.0
        for number in REPLICATIONS:
            crisis = crisis_of(prepared, self.campaign.seed, number)
            for state in (crisis.states[node] for node in crisis.nodes.sites):
                if state.impact_h is not None:
                    until_h = crisis.horizon_h if state.restored_h is None else state.restored_h
                    lost += (until_h - state.impact_h) / HOURS_A_DAY
        return lost / len(REPLICATIONS)


def by_given_data(asked: Asked) -> dict[str, float]:
    """The share of the spread that each assumption explains."""
    rng = np.random.default_rng(1)
    columns = [(rng.permutation(DRAWS) + rng.random(DRAWS)) / DRAWS for _ in asked.unknowns]
    chances = np.column_stack(columns)
    lost = np.array([asked.days_lost(row) for row in chances.tolist()])
    return dict(zip(asked.unknowns, indices_of(chances, lost, 1).shares.tolist(), strict=True))


def by_morris(asked: Asked) -> dict[str, float]:
    """The mean change in days, whatever its sign, as each assumption is moved alone."""
    problem = {
        "num_vars": len(asked.unknowns),
        "names": list(asked.unknowns),
        "bounds": [[0.05, 0.95]] * len(asked.unknowns),
    }
    points = morris.sample(problem, TRAJECTORIES, num_levels=LEVELS, seed=1)
    lost = np.array([asked.days_lost(row) for row in points.tolist()])
    found = elementary_effects.analyze(problem, points, lost, num_levels=LEVELS, seed=1)
    return dict(zip(found["names"], np.asarray(found["mu_star"]).tolist(), strict=True))


def first(effects: Mapping[str, float]) -> list[str]:
    """The assumptions that do most."""
    return sorted(effects, key=lambda name: -effects[name])[:TOP]


def main() -> None:
    """Both rankings are printed, and which assumptions stand among the first five of both."""
    asked = Asked()
    given, moved = by_given_data(asked), by_morris(asked)
    by_days = sorted(moved, key=lambda name: -moved[name])
    facts = {
        "assumptions": len(asked.unknowns),
        "given_data": {name: round(given[name], 3) for name in first(given)},
        "morris_days": {name: round(moved[name], 2) for name in first(moved)},
        "place_by_morris": {name: by_days.index(name) + 1 for name in first(given)},
        "in_both": sorted({*first(given)} & {*first(moved)}),
    }
    if "--json" in sys.argv[1:]:
        print(json.dumps(facts))
        return
    for name, value in facts.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
