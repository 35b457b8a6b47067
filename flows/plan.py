"""What is to be run? A campaign, how many of its replications, and where they go; all is checked first."""

import os
from dataclasses import dataclass
from pathlib import Path

import results
import simulation
import topologies
from flows.chunk import Chunk, chunks_of
from results import Campaign, Store
from simulation import Event, Scenario
from topologies.errors import InputError, Message

NO_EVENT = "none"
"""What replaces a scenario's event by none."""


class BadNumber(InputError):
    """A number of the command or of the form is out of its range."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asks for, in the words of the command and of the form."""

    region: str
    scenario: str
    posture: str
    replications: int
    seed: int
    store: str
    workers: int | None
    event: str | None = None
    """Replaces the scenario's event: another one, by name or by file, or `none`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A campaign that can be run, and a store that can be written."""

    campaign: Campaign
    store: Store
    replications: int
    workers: int

    def missing(self) -> list[int]:
        """The replications that the store lacks."""
        return self.store.missing(self.campaign.id, self.replications)

    def chunks(self) -> list[Chunk]:
        """The same, as the pool takes them."""
        return chunks_of(self.missing(), self.workers)


def plan_of(order: Order) -> Plan:
    """All that a campaign needs, by name or by file; `InputError` when something is wrong, and nothing is written."""
    _check_numbers(order)
    scenario = simulation.load_scenario(order.scenario)
    campaign = Campaign(
        region=topologies.load(order.region),
        scenario=scenario,
        event=_event_of(order, scenario),
        posture=simulation.load_posture(order.posture),
        parameters=simulation.load_parameters(),
        seed=order.seed,
    )
    simulation.check_fit(
        campaign.region,
        campaign.scenario,
        campaign.posture,
        scenario_file=simulation.scenario_file(order.scenario),
        posture_file=simulation.posture_file(order.posture),
    )
    _check_event(order, campaign)
    simulation.prepare(
        campaign.region, campaign.scenario, campaign.posture, campaign.parameters, event=campaign.event
    )
    return Plan(
        campaign=campaign,
        store=results.prepare(Path(order.store)),
        replications=order.replications,
        workers=order.workers or os.cpu_count() or 1,
    )


def _event_of(order: Order, scenario: Scenario) -> Event | None:
    """The event that was asked for, else the scenario's own."""
    named = _event_named(order, scenario)
    return simulation.load_event(named) if named else None


def _event_named(order: Order, scenario: Scenario) -> str | None:
    asked = scenario.event if order.event is None else order.event
    return None if asked == NO_EVENT else asked


def _check_event(order: Order, campaign: Campaign) -> None:
    """The event fits the region and the scenario; what does not is told with its line."""
    named = _event_named(order, campaign.scenario)
    if campaign.event and named:
        simulation.check_event_fit(
            campaign.region, campaign.event, campaign.scenario, event_file=simulation.event_file(named)
        )


def _check_numbers(order: Order) -> None:
    """The command and the form check them too; a program that calls the flow's function may not have."""
    if order.replications < 1:
        template = "replications is {value}; ask for at least 1"
        raise BadNumber(Message(template, {"value": order.replications}))
    if order.seed < 0:
        raise BadNumber(Message("seed is {value}; choose 0 or more", {"value": order.seed}))
    if order.workers is not None and order.workers < 1:
        raise BadNumber(Message("workers is {value}; use at least 1", {"value": order.workers}))
