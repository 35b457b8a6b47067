"""The cost of one replication of Île-de-France (30 days, all establishments), and what it is made of.

Side by side, on the same chance: a replication on what was prepared once per campaign (ours), one that prepares
everything itself, and one without an attack (care alone).

    python -m benchmarks.replication [--json]
"""

from collections.abc import Callable
from dataclasses import replace

import simulation
import topologies
from benchmarks.table import seconds_of, tell

ROUNDS = 2
REPLICATIONS = 30


def mean_seconds(replicate: Callable[[int], object]) -> float:
    """Seconds a replication, over the first thirty."""
    return seconds_of(lambda: [replicate(number) for number in range(REPLICATIONS)], ROUNDS) / REPLICATIONS


def main() -> None:
    """The comparison is on standard output."""
    region = topologies.load("ile-de-france")
    scenario = simulation.load_scenario("ransomware-opening-ceremony")
    posture = simulation.load_posture("baseline")
    campaign = simulation.Campaign(region=region, scenario=scenario, posture=posture, seed=1)
    prepared = simulation.prepare(campaign)
    peaceful = scenario.model_copy(update={"waves": ()})
    quiet = simulation.prepare(replace(campaign, scenario=peaceful))
    # From an attack that goes nowhere to some seventy establishments hit.
    attacked = mean_seconds(lambda number: simulation.replicate(prepared, 1, number))
    alone = mean_seconds(lambda number: simulation.simulate(region, scenario, posture, 1, number))
    care = mean_seconds(lambda number: simulation.replicate(quiet, 1, number))
    tell(
        "one replication of ile-de-france, 30 days, on one core",
        {
            "on what a campaign has prepared": attacked,
            "by itself, preparing it all": alone,
            "without an attack: care alone": care,
            "attack, response and recovery: the difference": attacked - care,
        },
        {
            "prepared once a campaign, over preparing each time": alone / attacked,
            "room under the 150 ms that we promise": 0.150 / attacked,
            "room of attack, response and recovery under their 30 ms": 0.030 / max(attacked - care, 1e-9),
        },
    )


if __name__ == "__main__":
    main()
