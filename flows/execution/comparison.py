"""A comparison that is asked for: campaigns that differ in one thing, in one store, on the same random numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import results
import topologies
from flows.execution.chunk import Chunk
from flows.execution.plan import Order, Plan, check_order, checked_plan, posture_of, workers_on
from results import Comparison, ComparisonDescription, Store, Varies
from results.store.comparisons import described_comparison
from simulation import POSTURES, STUDIES, Campaign, Posture, Uncertainty
from simulation.inputs.library import Read
from simulation.inputs.studies.study import Study, stepped
from topologies.errors import BadStore, Finding, InputError, Message, UnknownName

MOST_COMPARED = 50
"""More than any page shows; each costs a campaign."""
POSTURE = "baseline"


class BadComparison(InputError):
    """What is asked for cannot be compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonOrder:
    """What a person asks to compare, in the words of the command and of the form."""

    region: str
    scenario: str | None = None
    """The one under which postures or events are compared; of scenarios that are compared, the reference."""
    study: str | None = None
    """Postures to compare, by the name of a study; else one of the next three is given, the reference first."""
    postures: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    posture: str | None = None
    """The one posture under which scenarios or events are compared."""
    event: str | None = None
    """The one event during which postures or scenarios are compared, in place of the scenario's own, or `none`."""
    settings: tuple[str, ...] = ()
    replications: int = 200
    seed: int = 1
    store: str = "store"
    workers: int | None = None
    parameters: str = Uncertainty.DRAWN
    hours: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPlan:
    """Campaigns that can be run and compared, the reference first; the store is one that can be written."""

    varies: Varies
    parts: tuple[Plan, ...]
    labels: tuple[str, ...]
    """What differs, by its name."""

    @property
    def store(self) -> Store:
        """Where all of them go."""
        return self.parts[0].store

    @property
    def replications(self) -> int:
        """How many each has."""
        return self.parts[0].replications

    @property
    def workers(self) -> int:
        """How many processes compute."""
        return self.parts[0].workers

    @property
    def description(self) -> ComparisonDescription:
        """What is kept of it in the store."""
        return described_comparison(self.varies, [part.campaign.id for part in self.parts])

    def is_finished(self) -> bool:
        """Every reader of the store sees all of it: there is nothing to do."""
        try:
            kept = self.store.comparison(self.description.comparison)
        except (BadStore, UnknownName):
            return False
        return kept == self.description and all(part.is_finished() for part in self.parts)

    def summary(self) -> Comparison:
        """What the finished comparison says; what a run that was killed left half-done is done first."""
        for part in self.parts:
            part.clear_up()
        return self.conclude()

    def conclude(self) -> Comparison:
        """What it says, once its campaigns are in the store."""
        self.store.keep(self.description)
        return results.compare(self.store, self.description.comparison)

    def chunks(self) -> list[Chunk]:
        """What is to be run: the days without the attack first, with which all is compared."""
        twins = {part.ordinary.id: part for part in reversed(self.parts)}
        return [
            *(chunk for part in twins.values() for chunk in part.ordinary_chunks()),
            *(
                chunk
                for part, label in zip(self.parts, self.labels, strict=True)
                for chunk in part.asked_chunks(label)
            ),
        ]


def comparison_of(order: ComparisonOrder, dask: str | None = None) -> ComparisonPlan:
    """All that a comparison needs; `InputError` when something is wrong with any of it, and nothing is written.

    A Dask cluster by its address computes what is missing, if one is given: it is there, and fit for it.
    """
    plan = comparison_planned(order, dask)
    if not plan.is_finished():
        results.prepare(order.store)
    return plan


def comparison_planned(order: ComparisonOrder, dask: str | None = None) -> ComparisonPlan:
    """The same, where nothing will be run: no store is made."""
    varies, orders = _orders_of(order)
    for each in orders:
        check_order(each)
    region = topologies.load(order.region)
    asked = [(each, posture) for each in orders for posture in _postures_of(each, order.study)]
    parts = tuple(_sharing_twins(checked_plan(each, region, posture) for each, posture in asked))
    plan = ComparisonPlan(varies=varies, parts=parts, labels=tuple(_label(varies, part) for part in parts))
    _check(plan)
    if dask is not None and not plan.is_finished():
        workers = workers_on(dask, order.workers)
        plan = replace(plan, parts=tuple(replace(part, workers=workers, dask=dask) for part in parts))
    return plan


def _sharing_twins(parts: Iterable[Plan]) -> Iterator[Plan]:
    """The same, of which those with equal twins hold one: what a twin has worked out is as large as its region."""
    twins: dict[str, Campaign] = {}
    for part in parts:
        yield replace(part, ordinary=twins.setdefault(part.ordinary.id, part.ordinary))


def _orders_of(order: ComparisonOrder) -> tuple[Varies, list[Order]]:
    """What differs, and the orders of the campaigns; of a study, that of its postures together."""
    scenarios = ([order.scenario] if order.scenario and order.scenarios else []) + list(order.scenarios)
    asked = {
        Varies.POSTURE: [order.study] if order.study else list(order.postures),
        Varies.SCENARIO: scenarios,
        Varies.EVENT: list(order.events),
    }
    given = [varies for varies, names in asked.items() if names]
    if len(given) != 1 or (order.study and order.postures):
        raise BadComparison(
            Message("one thing is compared at a time; give --postures, --scenarios, --events or --study")
        )
    (varies,) = given
    _check_the_rest(order, varies)
    names = asked[varies]
    if len(names) > MOST_COMPARED:
        raise BadComparison(
            Message(
                "{count} are to be compared; give {most} at most",
                {"count": len(names), "most": MOST_COMPARED},
            )
        )
    return varies, [_order_of(order, varies, name) for name in names]


def _check_the_rest(order: ComparisonOrder, varies: Varies) -> None:
    """What does not differ is one for all."""
    if varies is not Varies.SCENARIO and order.scenario is None:
        raise BadComparison(Message("no scenario is named; name the one under which they are compared"))
    if varies is Varies.POSTURE and order.posture is not None:
        raise BadComparison(
            Message("postures are compared; leave out --posture {name}", {"name": order.posture})
        )
    if varies is Varies.EVENT and order.event is not None:
        raise BadComparison(Message("events are compared; leave out --event {name}", {"name": order.event}))


def _order_of(order: ComparisonOrder, varies: Varies, name: str) -> Order:
    """The campaign in which what differs is this."""
    plain = Order(
        region=order.region,
        scenario=order.scenario or "",
        posture=order.posture or POSTURE,
        replications=order.replications,
        seed=order.seed,
        store=order.store,
        workers=order.workers,
        event=order.event,
        settings=order.settings,
        parameters=order.parameters,
        hours=order.hours,
    )
    if order.study:
        return plain
    if varies is Varies.POSTURE:
        return replace(plain, posture=name)
    return replace(plain, scenario=name) if varies is Varies.SCENARIO else replace(plain, event=name)


def _postures_of(order: Order, study: str | None) -> Iterator[Read[Posture]]:
    """The posture of an order, or all those of a study."""
    if study is None:
        yield posture_of(order)
        return
    asked: Study = STUDIES.load(study)
    reference = posture_of(replace(order, posture=asked.reference))
    yield reference
    if asked.toward is not None:
        toward = POSTURES.load(asked.toward)
        for step in asked.steps:
            yield replace(reference, value=stepped(reference.value, toward, step))
    for name in asked.postures:
        yield posture_of(replace(order, posture=name))


def _label(varies: Varies, part: Plan) -> str:
    """What differs, by its name."""
    scenario, event = part.campaign.scenario, part.campaign.scenario.event
    names = {
        Varies.POSTURE: part.campaign.posture.name,
        Varies.SCENARIO: scenario.name,
        Varies.EVENT: event.name if event else "none",
    }
    return names[varies]


def _check(plan: ComparisonPlan) -> None:
    """Two at least, each of which is another campaign, on the same days, and is attacked."""
    findings = [*_alone(plan), *_twice(plan), *_other_days(plan), *_ordinary(plan)]
    if findings:
        raise BadComparison(Message("these cannot be compared"), findings)


def _alone(plan: ComparisonPlan) -> Iterator[Finding]:
    if len(plan.parts) == 1:
        yield _finding(plan.labels[0], Message("stands alone"), Message("name another one, after a comma"))


def _twice(plan: ComparisonPlan) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for part, label in zip(plan.parts, plan.labels, strict=True):
        if part.campaign.id in seen:
            first = seen[part.campaign.id]
            yield _finding(
                label,
                Message("is the same as {first}, to the last number", {"first": first}),
                Message("leave one of them out"),
            )
        seen.setdefault(part.campaign.id, label)


def _other_days(plan: ComparisonPlan) -> Iterator[Finding]:
    days = [(part.campaign.scenario.start, part.campaign.scenario.horizon_h) for part in plan.parts]
    for (start, horizon_h), label in zip(days, plan.labels, strict=True):
        if (start, horizon_h) != days[0]:
            gaps = {"start": start, "hours": f"{horizon_h:g}"}
            first = {"start": days[0][0], "hours": f"{days[0][1]:g}"}
            yield _finding(
                label,
                Message("begins at {start} and lasts {hours} h", gaps),
                Message(
                    "compare scenarios that begin at {start} and last {hours} h, as the first does", first
                ),
            )


def _ordinary(plan: ComparisonPlan) -> Iterator[Finding]:
    for part, label in zip(plan.parts, plan.labels, strict=True):
        if not part.has_twin:
            yield _finding(
                label,
                Message("is ordinary life, with which each is compared anyway"),
                Message("leave it out"),
            )


def _finding(where: str, problem: Message, remedy: Message) -> Finding:
    return Finding(where=where, problem=problem, remedy=remedy)
