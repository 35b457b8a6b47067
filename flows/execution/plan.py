"""The plan of a run: a campaign, how many of its replications, and where they go; all is checked first."""

from dataclasses import dataclass, replace

import results
import simulation
import topologies
from flows.execution.chunk import Chunk, cut
from flows.execution.kept_hours import details_of
from flows.workers.cluster import workers_at
from flows.workers.pool import worker_count
from results import Detail, Store, Summary
from results.files.places import place_of
from simulation import EVENTS, POSTURES, SCENARIOS, Campaign, Event, Posture, Scenario, Uncertainty
from simulation.inputs.library import Read
from simulation.inputs.settings import with_settings
from topologies.errors import InputError, Message
from topologies.fields.quantity import Input
from topologies.region import Region

NO_EVENT = "none"
"""What replaces a scenario's event by none."""
MOST_REPLICATIONS = 1_000_000
"""Days of computing on a large machine, and more than any margin needs."""
LARGEST_SEED = 2**53 - 1
"""The largest whole number that JSON carries unchanged to every reader."""
MOST_WORKERS = 100_000


class BadNumber(InputError):
    """A number of the command or of the form is out of its range."""


class BadName(InputError):
    """A name or a path cannot be told to anybody."""


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
    settings: tuple[str, ...] = ()
    """Levers in place of the posture's, such as `backups=0.9`."""
    parameters: str = Uncertainty.DRAWN
    """Whether each replication draws the uncertain ones: `drawn` or `central`."""
    hours: str | None = None
    """How finely hours are kept: a `Detail`; where nothing is said, as the store has kept them so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A campaign that can be run, its ordinary twin, and a store that can be written."""

    campaign: Campaign
    ordinary: Campaign
    """The same days without the attack, which all attacks on them share; the campaign itself where nobody attacks."""
    store: Store
    replications: int
    workers: int
    """How many compute at once."""
    left_out: Event | None
    """The scenario's own event, of which the region has nothing."""
    dask: str | None = None
    """The address of the Dask cluster whose workers compute, in place of processes of this machine."""
    hours: Detail = Detail.SITE
    """How finely the store keeps its hours."""
    ordinary_hours: Detail = Detail.SITE
    """How finely it keeps those of the twin."""

    def is_finished(self) -> bool:
        """Every reader of the store sees these replications, and those of the twin: there is nothing to do."""
        return not self.lacks_twin() and self.store.sealed(self.campaign.id) >= self.replications

    def summary(self) -> Summary:
        """What the finished campaign says; what a run that was killed left half-done is done first."""
        self.clear_up()
        return self.conclude()

    def clear_up(self) -> None:
        """What a run that was killed left half-done is done."""
        for campaign in {self.ordinary.id: self.ordinary, self.campaign.id: self.campaign}.values():
            self.store.clear_up(campaign)

    @property
    def parts(self) -> "tuple[Plan, ...]":
        """What is run: this campaign alone."""
        return (self,)

    def conclude(self) -> Summary:
        """What the campaign says, once it is in the store."""
        return results.summarise(self.store, self.campaign.id)

    @property
    def has_twin(self) -> bool:
        """Its ordinary twin is another campaign."""
        return self.ordinary.id != self.campaign.id

    def lacks_twin(self) -> bool:
        """Not all readers of the store see the replications of the twin."""
        return self.has_twin and self.store.sealed(self.ordinary.id) < self.replications

    def missing(self) -> list[int]:
        """The replications that the store lacks."""
        return self.store.missing(self.campaign.id, self.replications)

    def missing_ordinary(self) -> list[int]:
        """Those of the twin that it lacks."""
        return self.store.missing(self.ordinary.id, self.replications) if self.has_twin else []

    def chunks(self, label: str = "") -> list[Chunk]:
        """What is to be run, as the pool takes it: the twin first, with which all is compared."""
        return [*self.ordinary_chunks(), *self.asked_chunks(label)]

    def ordinary_chunks(self) -> list[Chunk]:
        """What is to be run of the twin."""
        return [
            Chunk(self.ordinary.id, numbers, is_ordinary=True)
            for numbers in self._cut(self.missing_ordinary())
        ]

    def asked_chunks(self, label: str = "") -> list[Chunk]:
        """What is to be run of the campaign itself."""
        return [Chunk(self.campaign.id, numbers, label=label) for numbers in self._cut(self.missing())]

    def _cut(self, replications: list[int]) -> list[tuple[int, ...]]:
        return cut(replications, self.workers, self.campaign.shared_draw)


def plan_of(order: Order, dask: str | None = None) -> Plan:
    """All that a campaign needs, by name or by file; `InputError` when something is wrong, and nothing is written.

    A Dask cluster by its address computes what is missing, if one is given: it is there, and fit for it.
    """
    plan = planned(order, dask)
    if not plan.is_finished():
        results.prepare(order.store)
    return plan


def planned(order: Order, dask: str | None = None) -> Plan:
    """The same, where nothing will be run: no store is made."""
    check_order(order)
    plan = checked_plan(order, topologies.load(order.region), posture_of(order))
    if dask is not None and not plan.is_finished():
        plan = replace(plan, workers=workers_on(dask, order.workers))
    return replace(plan, dask=dask)


def workers_on(dask: str, asked: int | None) -> int:
    """How many workers a Dask cluster has; it is there, and fit for our campaigns."""
    if asked is not None:
        raise BadNumber(
            Message("the cluster at {address} has its own workers; leave out --workers", {"address": dask})
        )
    return workers_at(dask)


def check_order(order: Order) -> None:
    """Its names can be told, and its numbers are in their ranges."""
    _check_names(order)
    check_numbers(order)


def posture_of(order: Order) -> Read[Posture]:
    """The posture, with the levers that are set otherwise."""
    return POSTURES.judged(with_settings(POSTURES.document(order.posture), order.settings))


def checked_plan(order: Order, region: Region, posture: Read[Posture]) -> Plan:
    """The plan of an order whose region is loaded and whose posture is read; nothing is written."""
    scenario, event = _scenario_of(order)
    asked = scenario.value
    during = asked.in_region(region) if order.event is None else asked
    campaign = Campaign(
        region=region,
        scenario=during,
        posture=posture.value,
        seed=order.seed,
        uncertainty=_uncertainty(order),
    )
    simulation.check(
        campaign, scenario_at=scenario.at, posture_at=posture.at, event_at=event.at if event else None
    )
    ordinary, store = simulation.ordinary_twin(campaign), Store(place_of(order.store))
    hours, ordinary_hours = details_of(store, campaign, ordinary, order.hours)
    return Plan(
        campaign=campaign,
        ordinary=ordinary,
        store=store,
        replications=order.replications,
        workers=worker_count(order.workers),
        left_out=None if during.event else asked.event,
        hours=hours,
        ordinary_hours=ordinary_hours,
    )


def _uncertainty(order: Order) -> Uncertainty:
    if order.parameters not in set(Uncertainty):
        raise BadName(Message("parameters are {asked}; give drawn or central", {"asked": order.parameters}))
    return Uncertainty(order.parameters)


def _scenario_of(order: Order) -> tuple[Read[Scenario], Read[Input] | None]:
    """The scenario, with another event in it, or none, where that was asked for; and that event."""
    scenario = SCENARIOS.read(order.scenario)
    if order.event is None:
        return scenario, scenario.others.get("event")
    event = None if order.event == NO_EVENT else EVENTS.read(order.event)
    during = scenario.value.model_copy(update={"event": event.value if event else None})
    return replace(scenario, value=during), event


def _check_names(order: Order) -> None:
    """A path of another encoding reaches Python in pieces of characters, which neither JSON nor Prefect can hold."""
    for name in (
        order.region,
        order.scenario,
        order.posture,
        order.event or "",
        order.store,
        *order.settings,
    ):
        if any("\ud800" <= letter <= "\udfff" for letter in name):
            raise BadName(
                Message("{name} is not written in the encoding of this machine; rename it", {"name": name})
            )


def check_numbers(order: Order) -> None:
    """The command and the form check them too; a program that calls the flow's function may not have."""
    bounds: dict[str, tuple[object, int, int]] = {
        "replications": (order.replications, 1, MOST_REPLICATIONS),
        "seed": (order.seed, 0, LARGEST_SEED),
        "workers": (1 if order.workers is None else order.workers, 1, MOST_WORKERS),
    }
    for name, (value, least, most) in bounds.items():
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise BadNumber(
                Message(
                    "{name} is {value}; give a whole number from {least} to {most}",
                    {"name": name, "value": value, "least": least, "most": most},
                )
            )
