"""What does one replication say of an incident's figure?"""

from collections.abc import Iterator
from statistics import fmean

import numpy as np

from backtest.activity import activity_of
from backtest.incident import Figure, Measure
from simulation.engine.event_kinds import EventKind, Stage, StageDone
from simulation.engine.timeline import TimelineEvent
from simulation.outcome.records import EstablishmentOutcome, Outcome
from simulation.outcome.trace import Trace

HOURS_A_DAY = 24.0
STAGES = tuple(Stage)
PARTS = {
    Measure.SERVERS_SHARE: {
        Stage.CORE_SERVERS: 0.35,
        Stage.VITAL_APPLICATIONS: 0.15,
        Stage.CARE_APPLICATIONS: 0.3,
        Stage.OTHER_APPLICATIONS: 0.2,
    },
    Measure.APPLICATIONS_SHARE: {
        Stage.VITAL_APPLICATIONS: 0.3,
        Stage.CARE_APPLICATIONS: 0.45,
        Stage.OTHER_APPLICATIONS: 0.25,
    },
    Measure.WORKSTATIONS_SHARE: {Stage.WORKSTATIONS: 1.0},
}
"""How much of what is counted each stage brings back: our split, the same for every incident."""
USABLE_FROM = Stage.INVESTIGATE
"""The stage after which what the payload spared is used again."""


class Replay:
    """One replication of an incident, read before the next overwrites its care."""

    def __init__(self, trace: Trace, outcome: Outcome) -> None:
        self.trace = trace
        self.outcome = outcome
        self.horizon_h = float(trace.campaign.scenario.horizon_h)
        self.first_h = outcome.replication.first_impact_h
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
        """Where the figure says, hit or not: whoever is cut off may have stopped too."""
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
                at_h = first_h + (figure.day or 0.0) * HOURS_A_DAY
                return self._back(row, PARTS[figure.measure], at_h)

    def _events(self, finess: str) -> Iterator[TimelineEvent]:
        node = self.trace.nodes.number_of[finess]
        return (event for event in self.trace.timeline if event.node == node)

    def _first(self, finess: str, kind: EventKind) -> float | None:
        return next((event.at_h for event in self._events(finess) if event.what.kind is kind), None)

    def _stages(self, finess: str) -> dict[Stage, float]:
        """When each stage was done."""
        return {
            event.what.stage: event.at_h
            for event in self._events(finess)
            if isinstance(event.what, StageDone)
        }

    def _since(self, first_h: float, then_h: float | None) -> float | None:
        return None if then_h is None else then_h - first_h

    def _days(self, first_h: float, then_h: float | None) -> float | None:
        """What has not come by the horizon comes no earlier: the horizon is a bound from below."""
        return ((self.horizon_h if then_h is None else then_h) - first_h) / HOURS_A_DAY

    def _back(self, row: EstablishmentOutcome, parts: dict[Stage, float], at_h: float) -> float:
        """The share in use at an hour: nothing before the investigation, then what was spared and what is rebuilt."""
        done = self._stages(row.finess)
        if done.get(USABLE_FROM, self.horizon_h) > at_h:
            return 0.0
        rebuilt = sum(part * self._progress(done, stage, at_h) for stage, part in parts.items())
        spared = 0.0 if parts is PARTS[Measure.SERVERS_SHARE] else 1.0 - row.machines_hit_share
        return spared + (1.0 - spared) * rebuilt

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
            if self._back(row, PARTS[Measure.APPLICATIONS_SHARE], at_h) >= share:
                return tenth / 10
        return (self.horizon_h - first_h) / HOURS_A_DAY
