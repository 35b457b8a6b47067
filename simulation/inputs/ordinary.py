"""The ordinary twin of a campaign: the same region, event, days and chance, and no attack.

Whatever is attacked, and however prepared the region is, its ordinary days are the same: all campaigns of a region, an
event, the same days, parameters and seed share one twin, which is a campaign of its own. Replications pair by number.
"""

from typing import Final

from simulation.inputs.campaign import Campaign
from simulation.inputs.library import load_posture, load_scenario

ORDINARY: Final = "ordinary-month"
"""The built-in scenario without an attack."""
POSTURE: Final = "baseline"
"""The posture under which twins stand in a store: without an attack, none makes a difference."""


def ordinary_twin(campaign: Campaign) -> Campaign:
    """The campaign of the same days without the attack; one without an attack is its own."""
    asked = campaign.scenario
    if not asked.waves:
        return campaign
    days = {"start": asked.start, "horizon_h": asked.horizon_h, "event": asked.event, "surge": asked.surge}
    scenario = load_scenario(ORDINARY).model_copy(update=days)
    return campaign.with_other(scenario=scenario, posture=load_posture(POSTURE))
