"""What a horizon of a year costs beside one of thirty days, in Île-de-France, and a crisis beside an ordinary month.

Beyond half a year some weeks are followed and stand for the others (`simulation/care/demand/followed.py`); one year is
followed whole too. CPU seconds of one process, all in turn on the same chance: with no attack, with one large hospital
struck, with many sites on the night of the opening ceremony of the Games, and with a worm.

    python -m benchmarks.horizon [--json]
"""

from time import process_time
from unittest.mock import patch

import simulation
import topologies
from benchmarks.table import tell
from simulation.care.demand import followed
from topologies.region import Region

THIRTY_DAYS_H, A_YEAR_H = 30 * 24, 365 * 24
SCENARIOS = (
    "ordinary-month",
    "ransomware-large-hospital",
    "ransomware-opening-ceremony",
    "worm-unpatched",
)
FOLLOWED_WHOLE = "ransomware-large-hospital"
REPLICATIONS = 8


def main() -> None:
    """The comparison is on standard output."""
    region = topologies.load("ile-de-france")
    campaigns = {
        f"{scenario}, {lasting}": prepared(region, scenario, horizon_h)
        for scenario in SCENARIOS
        for lasting, horizon_h in (("thirty days", THIRTY_DAYS_H), ("a year", A_YEAR_H))
    }
    with patch.object(followed, "HALF_A_YEAR_H", A_YEAR_H):
        campaigns[f"{FOLLOWED_WHOLE}, a year followed whole"] = prepared(region, FOLLOWED_WHOLE, A_YEAR_H)
    mean = mean_seconds(campaigns)
    rooms = {
        f"{scenario}: room of a year under three times thirty days": 3.0
        * mean[f"{scenario}, thirty days"]
        / mean[f"{scenario}, a year"]
        for scenario in SCENARIOS
    }
    ordinary = {
        f"an ordinary month, over thirty days of {scenario}": mean[f"{SCENARIOS[0]}, thirty days"]
        / mean[f"{scenario}, thirty days"]
        for scenario in SCENARIOS[1:]
    }
    whole = mean[f"{FOLLOWED_WHOLE}, a year followed whole"] / mean[f"{FOLLOWED_WHOLE}, a year"]
    tell(
        "one replication of ile-de-france by its horizon, CPU on one core",
        mean,
        rooms | ordinary | {f"{FOLLOWED_WHOLE}: followed whole, over followed weeks": whole},
    )


def prepared(region: Region, scenario: str, horizon_h: int) -> simulation.PreparedCampaign:
    """A campaign over a horizon."""
    lasting = simulation.load_scenario(scenario).model_copy(update={"horizon_h": horizon_h})
    posture = simulation.load_posture("baseline")
    return simulation.prepare(simulation.Campaign(region=region, scenario=lasting, posture=posture, seed=1))


def mean_seconds(campaigns: dict[str, simulation.PreparedCampaign]) -> dict[str, float]:
    """CPU seconds of a replication of each, one campaign after the other; the first round warms up."""
    spent = dict.fromkeys(campaigns, 0.0)
    for number in range(-1, REPLICATIONS):
        for name, campaign in campaigns.items():
            begun = process_time()
            simulation.replicate(campaign, 1, max(number, 0))
            spent[name] += process_time() - begun if number >= 0 else 0.0
    return {name: seconds / REPLICATIONS for name, seconds in spent.items()}


if __name__ == "__main__":
    main()
