"""Measures: what one replication of an incident says of its sites."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import fmean

from backtest.figure import Figure, Measure
from backtest.replay.stages import BroughtBack
from simulation.attack.attack_events import Outage
from simulation.engine.nodes import Node, NodeState
from simulation.engine.recovery_events import Stage, StageDone
from simulation.engine.situation import Situation
from simulation.response.stages import BEFORE
from topologies.fields.quantity import Share

HOURS_A_DAY = 24.0


@dataclass(frozen=True, slots=True)
class Site:
    """An establishment: what has happened to it, and when each stage of its recovery was done."""

    finess: str
    state: NodeState
    done: Mapping[Stage, float]


HOURS_UNTIL: Mapping[Measure, Callable[[Site], float | None]] = {
    Measure.CELL_H: lambda site: site.state.crisis_cell_h,
    Measure.CUT_H: lambda site: site.state.isolated_h,
    Measure.ED_SHUT_H: lambda site: site.state.ed_shut_h,
    Measure.CONTAINED_H: lambda site: site.done.get(Stage.CONTAIN),
}
"""The hour that each measure counts to."""
DAYS_UNTIL: Mapping[Measure, Callable[[Site], float | None]] = {
    Measure.RESTART_DAYS: lambda site: site.done.get(Stage.DIRECTORY),
    Measure.VITAL_DAYS: lambda site: site.done.get(Stage.VITAL_APPLICATIONS),
    Measure.LAST_DAYS: lambda site: site.state.restored_h,
}
"""The same in days."""


class Replay:
    """One replication of an incident, at its horizon."""

    def __init__(self, situation: Situation, brought_back: BroughtBack) -> None:
        self.brought_back = brought_back
        self.horizon_h = float(situation.horizon_h)
        done: dict[Node, dict[Stage, float]] = {}
        for event in situation.timeline.events:
            if isinstance(event.what, StageDone) and event.node is not None:
                done.setdefault(event.node, {})[event.what.stage] = event.at_h
        self._sites = [
            Site(situation.nodes.names[node], situation.states[node], done.get(node, {}))
            for node in situation.nodes.sites
        ]
        self._hit = [site for site in self._sites if site.state.impact_h is not None]
        begun = (self._begun_h(site.state) for site in self._hit or self._sites)
        struck = [event.at_h for event in situation.timeline.events if isinstance(event.what, Outage)]
        self.struck_h = min(struck, default=None)
        """When a strike first took something down, if one did."""
        self.first_h = min((at_h for at_h in begun if at_h is not None), default=self.struck_h)
        """When the payload first went off; where it never did, when the first site cut its links, or was struck."""

    def of(self, figure: Figure) -> float | None:
        """The figure's value in this replication; `None` when what it counts did not happen before the horizon."""
        if figure.measure is Measure.IMPACTED:
            return float(len(self._hit))
        if figure.measure is Measure.CUT_BY_PRECAUTION:
            states = [site.state for site in self._sites]
            return float(sum(each.isolated_h is not None and each.impact_h is None for each in states))
        if self.first_h is None:
            return None
        sites = [site for site in self._sites if site.finess in figure.at] if figure.at else self._hit
        values = [value for site in sites if (value := self._at(site, figure, self.first_h)) is not None]
        return fmean(values) if values else None

    @staticmethod
    def _begun_h(state: NodeState) -> float | None:
        return state.isolated_h if state.impact_h is None else state.impact_h

    def _at(self, site: Site, figure: Figure, first_h: float) -> float | None:
        measure = figure.measure
        if measure in HOURS_UNTIL:
            then_h = HOURS_UNTIL[measure](site)
            return None if then_h is None else then_h - first_h
        if measure in DAYS_UNTIL:
            return self._days(first_h, DAYS_UNTIL[measure](site))
        match measure:
            case Measure.ED_CLOSED_H:
                return self._lasted_h(site.state.ed_shut_h, site.state.ed_reopened_h)
            case Measure.ON_AGAIN_DAYS:
                off_h, on_h = site.state.switched_off_h, site.state.switched_on_h
                return None if off_h is None else self._days(first_h, on_h)
            case Measure.APPLICATIONS_DAYS:
                return self._days_until(site, first_h, figure.share or 1.0)
            case _:
                return self._share(site, measure, first_h + (figure.day or 0.0) * HOURS_A_DAY)

    def _share(self, site: Site, measure: Measure, at_h: float) -> float:
        """The share in use at an hour: of the servers that the payload reached, or of all that there is."""
        if measure is Measure.SERVERS_SHARE:
            return self._rebuilt(site, self.brought_back.servers, at_h)
        applications = measure is Measure.APPLICATIONS_SHARE
        shares = self.brought_back.applications if applications else self.brought_back.workstations
        return self._back(site, shares, at_h)

    def _lasted_h(self, begun_h: float | None, ended_h: float | None) -> float | None:
        if begun_h is None:
            return None
        return (self.horizon_h if ended_h is None else ended_h) - begun_h

    def _days(self, first_h: float, then_h: float | None) -> float | None:
        """What has not come by the horizon comes no earlier: the horizon is a bound from below."""
        return ((self.horizon_h if then_h is None else then_h) - first_h) / HOURS_A_DAY

    def _back(self, site: Site, shares: Mapping[Stage, Share], at_h: float) -> float:
        """The share of all in use at an hour: what was spared, once it may be used, and what is rebuilt."""
        if not self._usable(site, at_h):
            return 0.0
        spared = 1.0 - site.state.machines_hit
        return spared + (1.0 - spared) * self._rebuilt(site, shares, at_h)

    def _rebuilt(self, site: Site, shares: Mapping[Stage, Share], at_h: float) -> float:
        """The share of what the payload reached that is in use again at an hour."""
        if not self._usable(site, at_h):
            return 0.0
        return sum(share.value * self._progress(site.done, stage, at_h) for stage, share in shares.items())

    def _usable(self, site: Site, at_h: float) -> bool:
        """Machines may be used at all."""
        return site.done.get(self.brought_back.usable_after, self.horizon_h) <= at_h

    def _progress(self, done: Mapping[Stage, float], stage: Stage, at_h: float) -> float:
        """How far a stage is, linear from the end of the one before; nothing of one that the horizon cuts short."""
        begun = done.get(BEFORE[stage])
        ended = done.get(stage)
        if begun is None or ended is None or at_h <= begun:
            return 0.0
        return min(1.0, (at_h - begun) / (ended - begun)) if ended > begun else 1.0

    def _days_until(self, site: Site, first_h: float, share: float) -> float | None:
        """The first day on which this share of the applications is in use, to a tenth of a day."""
        for tenth in range(round((self.horizon_h - first_h) / HOURS_A_DAY * 10)):
            at_h = first_h + tenth * HOURS_A_DAY / 10
            if self._back(site, self.brought_back.applications, at_h) >= share:
                return tenth / 10
        return (self.horizon_h - first_h) / HOURS_A_DAY
