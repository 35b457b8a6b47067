"""What a horizon of a year costs beside one of thirty days, in Île-de-France, and beside a year followed whole.

Beyond half a year some weeks are followed and stand for the others (`simulation/care/demand/followed.py`). CPU seconds
of one process, the horizons in turn on the same chance.

    python -m benchmarks.horizon [--json]
"""

from time import process_time
from unittest.mock import patch

import simulation
import topologies
from benchmarks.table import tell
from simulation.care.demand import followed

THIRTY_DAYS_H, A_YEAR_H = 30 * 24, 365 * 24
REPLICATIONS = 8


def main() -> None:
    """The comparison is on standard output."""
    region = topologies.load("ile-de-france")
    scenario = simulation.load_scenario("ransomware-large-hospital")
    posture = simulation.load_posture("baseline")

    def prepared(horizon_h: int) -> simulation.PreparedCampaign:
        lasting = scenario.model_copy(update={"horizon_h": horizon_h})
        return simulation.prepare(
            simulation.Campaign(region=region, scenario=lasting, posture=posture, seed=1)
        )

    campaigns = {"thirty days": prepared(THIRTY_DAYS_H), "a year": prepared(A_YEAR_H)}
    with patch.object(followed, "HALF_A_YEAR_H", A_YEAR_H):
        campaigns["a year followed whole"] = prepared(A_YEAR_H)
    spent = dict.fromkeys(campaigns, 0.0)
    for number in range(-1, REPLICATIONS):
        for name, campaign in campaigns.items():
            begun = process_time()
            simulation.replicate(campaign, 1, max(number, 0))
            # The first round warms up.
            spent[name] += process_time() - begun if number >= 0 else 0.0
    mean = {name: seconds / REPLICATIONS for name, seconds in spent.items()}
    tell(
        "one replication of ile-de-france by its horizon, CPU on one core",
        mean,
        {
            "room of a year under three times thirty days": 3.0 * mean["thirty days"] / mean["a year"],
            "a year followed whole, over a year of followed weeks": mean["a year followed whole"]
            / mean["a year"],
        },
    )


if __name__ == "__main__":
    main()
