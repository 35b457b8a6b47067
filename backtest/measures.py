"""Measures: what one replication of an incident says of its figures."""

from collections.abc import Mapping
from statistics import fmean

import numpy as np

from backtest.activity import activity_of
from backtest.figure import Figure, Measure
from backtest.stages import BroughtBack
from simulation.engine.event_kinds import EventKind, Stage, StageDone
from simulation.engine.nodes import Node
from simulation.outcome.records import EstablishmentOutcome, Outcome
from simulation.outcome.trace import Trace
from topologies.fields.quantity import Share

HOURS_A_DAY = 24.0
STAGES = tuple(Stage)


class Replay:
    """One replication of an incident, read before the next overwrites its care."""

    def __init__(self, trace: Trace, outcome: Outcome, brought_back: BroughtBack) -> None:
        self.trace = trace
        self.brought_back = brought_back
        self.outcome = outcome
        self.horizon_h = float(trace.campaign.scenario.horizon_h)
        self.first_h = outcome.replication.first_impact_h
        self._done: dict[Node, dict[Stage, float]] = {}
        """By node, when each stage was done."""
        for event in trace.timeline:
            if isinstance(event.what, StageDone) and event.node is not None:
                self._done.setdefault(event.node, {})[event.what.stage] = event.at_h
        self._hit = [row for row in outcome.establishments if row.impact_h is not None]

    def of(self, figure: Figure) -> float | None:
        """The figure's value in this replication; `None` when what it counts did not happen before the horizon."""
        if figure.measure is Measure.IMPACTED:
            return float(len(self._hit))
        if figure.measure is Measure.CUT_BY_PRECAUTION:
            return float(
                sum(
                    row.isolated_h is not None and row.impact_h is None for row in self.outcome.establishments
                )
            )
        if figure.measure is Measure.ACTIVITY:
            return None if self.first_h is None else self._activity(figure, self.first_h)
        rows = [row for row in self._hit if figure.at is None or row.finess == figure.at]
        if not rows or self.first_h is None:
            return None
        values = [value for row in rows if (value := self._at(row, figure, self.first_h)) is not None]
        return fmean(values) if values else None

    def _activity(self, figure: Figure, first_h: float) -> float | None:
        """Where the figure says, hit or not: a site that is cut off may have stopped too."""
        wards, sites = self.trace.wards, self.trace.campaign.region.establishments
        there = [
            finess == figure.at if figure.at else finess in sites and sites[finess].public
            for finess in wards.finess
        ]
        begins_h = round(first_h + (figure.day or 0.0) * HOURS_A_DAY)
        ends_h = begins_h + round(figure.days * HOURS_A_DAY)
        if ends_h > self.horizon_h:
            return None
        return activity_of(
            wards, self.trace.care, wards.of(*figure.streams) & np.array(there), slice(begins_h, ends_h)
        )

    def _at(self, row: EstablishmentOutcome, figure: Figure, first_h: float) -> float | None:
        match figure.measure:
            case Measure.CELL_H:
                return self._since(first_h, self._first(row.finess, EventKind.CRISIS_CELL))
            case Measure.CUT_H:
                return self._since(first_h, row.isolated_h)
            case Measure.CONTAINED_H:
                return self._since(first_h, self._stages(row.finess).get(Stage.CONTAIN))
            case Measure.RESTART_DAYS:
                return self._days(first_h, self._stages(row.finess).get(Stage.DIRECTORY))
            case Measure.VITAL_DAYS:
                return self._days(first_h, self._stages(row.finess).get(Stage.VITAL_APPLICATIONS))
            case Measure.LAST_DAYS:
                return self._days(first_h, row.restored_h)
            case Measure.APPLICATIONS_DAYS:
                return self._days_until(row, first_h, figure.share or 1.0)
            case _:
                return self._share(row, figure.measure, first_h + (figure.day or 0.0) * HOURS_A_DAY)

    def _share(self, row: EstablishmentOutcome, measure: Measure, at_h: float) -> float:
        """The share in use at an hour: of the servers that the payload reached, or of all that there is."""
        if measure is Measure.SERVERS_SHARE:
            return self._rebuilt(row, self.brought_back.servers, at_h)
        applications = measure is Measure.APPLICATIONS_SHARE
        shares = self.brought_back.applications if applications else self.brought_back.workstations
        return self._back(row, shares, at_h)

    def _first(self, finess: str, kind: EventKind) -> float | None:
        node = self.trace.nodes.number_of[finess]
        events = (event for event in self.trace.timeline if event.node == node and event.what.kind is kind)
        return next((event.at_h for event in events), None)

    def _stages(self, finess: str) -> dict[Stage, float]:
        """When each stage was done."""
        return self._done.get(self.trace.nodes.number_of[finess], {})

    def _since(self, first_h: float, then_h: float | None) -> float | None:
        return None if then_h is None else then_h - first_h

    def _days(self, first_h: float, then_h: float | None) -> float | None:
        """What has not come by the horizon comes no earlier: the horizon is a bound from below."""
        return ((self.horizon_h if then_h is None else then_h) - first_h) / HOURS_A_DAY

    def _back(self, row: EstablishmentOutcome, shares: Mapping[Stage, Share], at_h: float) -> float:
        """The share of all in use at an hour: what was spared, once it may be used, and what is rebuilt."""
        if not self._usable(row, at_h):
            return 0.0
        spared = 1.0 - row.machines_hit_share
        return spared + (1.0 - spared) * self._rebuilt(row, shares, at_h)

    def _rebuilt(self, row: EstablishmentOutcome, shares: Mapping[Stage, Share], at_h: float) -> float:
        """The share of what the payload reached that is in use again at an hour."""
        if not self._usable(row, at_h):
            return 0.0
        done = self._stages(row.finess)
        return sum(share.value * self._progress(done, stage, at_h) for stage, share in shares.items())

    def _usable(self, row: EstablishmentOutcome, at_h: float) -> bool:
        """Machines may be used at all."""
        return self._stages(row.finess).get(self.brought_back.usable_after, self.horizon_h) <= at_h

    def _progress(self, done: dict[Stage, float], stage: Stage, at_h: float) -> float:
        """How far a stage is, linear from the end of the one before; nothing of one that the horizon cuts short."""
        begun = done.get(STAGES[STAGES.index(stage) - 1])
        ended = done.get(stage)
        if begun is None or ended is None or at_h <= begun:
            return 0.0
        return min(1.0, (at_h - begun) / (ended - begun)) if ended > begun else 1.0

    def _days_until(self, row: EstablishmentOutcome, first_h: float, share: float) -> float | None:
        """The first day on which this share of the applications is in use, to a tenth of a day."""
        for tenth in range(round((self.horizon_h - first_h) / HOURS_A_DAY * 10)):
            at_h = first_h + tenth * HOURS_A_DAY / 10
            if self._back(row, self.brought_back.applications, at_h) >= share:
                return tenth / 10
        return (self.horizon_h - first_h) / HOURS_A_DAY
