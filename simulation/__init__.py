"""The model: what happens to a region; (Region, Scenario, Posture, seed) → Outcome, without input or output.

>>> import simulation, topologies
>>> region = topologies.load("ile-de-france")
>>> scenario = simulation.load_scenario("ransomware-opening-ceremony")
>>> outcome = simulation.simulate(
...     region, scenario, simulation.load_posture("prepared"), seed=1, replication=0
... )
>>> outcome.replication.ed_visits > 300_000
True
"""

from collections.abc import Callable
from importlib import import_module
from types import EllipsisType
from typing import TYPE_CHECKING

from simulation.inputs.campaign import MODEL_VERSION, Campaign, Uncertainty
from simulation.inputs.events.event import Event
from simulation.inputs.events.fit import check_event_fit
from simulation.inputs.library import (
    EVENTS,
    POSTURES,
    SCENARIOS,
    STUDIES,
    event_names,
    load_event,
    load_posture,
    load_scenario,
    posture_names,
    scenario_names,
)
from simulation.inputs.ordinary import ordinary_twin
from simulation.inputs.parameters.parameters import Parameters, load_parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.fit import check_aims, check_fit
from simulation.inputs.scenarios.scenario import Scenario
from simulation.outcome.records import Outcome
from topologies.reading.positions import Place
from topologies.region import Region

if TYPE_CHECKING:
    from simulation.replication import PreparedCampaign, prepare, replicate, spared

COMPILED = {
    "replicate": "simulation.replication",
    "PreparedCampaign": "simulation.replication",
    "prepare": "simulation.replication",
    "spared": "simulation.replication",
}
"""Names that are looked up in their modules when they are used."""


def simulate(  # noqa: PLR0913 - the four inputs of a replication, its name, and who gathers
    region: Region,
    scenario: Scenario,
    posture: Posture,
    seed: int,
    replication: int,
    *,
    event: Event | EllipsisType | None = ...,
    parameters: Parameters | None = None,
    uncertainty: Uncertainty = Uncertainty.DRAWN,
) -> Outcome:
    """One replication, by itself; a campaign is prepared once and then replicated.

    The event is the scenario's own, where the region has part in it, unless one is given, or `None` for nobody who
    gathers; the parameters are the built-in ones unless others are given. Those that are uncertain are drawn, as in a
    campaign, or all have their central values.
    """
    if isinstance(event, EllipsisType):
        scenario = scenario.in_region(region)
    else:
        scenario = scenario.model_copy(update={"event": event})
    campaign = Campaign(
        region=region,
        scenario=scenario,
        posture=posture,
        seed=seed,
        parameters=parameters or load_parameters(),
        uncertainty=uncertainty,
    )
    check(campaign)
    from simulation.replication import prepare, replicate

    return replicate(prepare(campaign), seed, replication)


def check(
    campaign: Campaign,
    *,
    scenario_at: Callable[[Place], str] | None = None,
    posture_at: Callable[[Place], str] | None = None,
    event_at: Callable[[Place], str] | None = None,
) -> None:
    """`BadInput` unless scenario, posture and event fit the region; whoever prepares a campaign has it checked before.

    A finding says where something stands by what is given here, else by the name of the document.
    """
    from simulation.care.demand.crowds import check_bearable

    check_fit(campaign, scenario_at=scenario_at, posture_at=posture_at)
    check_event_fit(campaign, event_at)
    check_aims(campaign, scenario_at)
    check_bearable(campaign)


def __getattr__(name: str) -> object:
    """What needs the compiler, when it is first asked for: who reads results need not wait for it."""
    if name not in COMPILED:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(COMPILED[name]), name)


__all__ = [
    "EVENTS",
    "MODEL_VERSION",
    "POSTURES",
    "SCENARIOS",
    "STUDIES",
    "Campaign",
    "Event",
    "Outcome",
    "Parameters",
    "Posture",
    "PreparedCampaign",
    "Scenario",
    "Uncertainty",
    "check",
    "event_names",
    "load_event",
    "load_parameters",
    "load_posture",
    "load_scenario",
    "ordinary_twin",
    "posture_names",
    "prepare",
    "replicate",
    "scenario_names",
    "simulate",
    "spared",
]
