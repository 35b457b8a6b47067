"""Did the region hold, and if not, when and where did it break first?

A threshold breaks at the hour from which its indicator is beyond it whatever happens next, at the establishment that
did most to bring it there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulation.care.flow.arrays import Record
from simulation.engine.timeline import NodeState
from simulation.inputs.scenarios.scenario import Gauge, Threshold
from simulation.inputs.streams import EMERGENCY, NUMBER, Stream
from simulation.outcome.records import ReplicationOutcome
from simulation.prepared import PreparedCampaign


@dataclass(frozen=True, slots=True)
class BrokenThreshold:
    """A threshold broke: when, which indicator, and at which establishment."""

    at_h: float
    indicator: Gauge
    finess: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """Something counted hour by hour in some wards; `values` is of shape (hours, len(wards))."""

    wards: NDArray[np.intp]
    values: NDArray[np.generic]

    def total(self) -> float:
        """Over all hours and wards."""
        return float(self.values.sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What care cost hour by hour, as the thresholds count it."""

    critical_waiting: Count
    """Critically ill patients without a bed at the end of the hour, who came before it."""
    icu_unmet_patient_h: Count
    time_critical_min: Count
    """Minutes until the care of time-critical patients, all together."""
    postponed: Count
    ed_unmet: Count


def toll_of(prepared: PreparedCampaign, care: Record) -> Toll:
    """The toll of one replication's care."""
    wards = prepared.wards
    critical = np.flatnonzero(wards.of(Stream.CRITICAL_CARE))
    emergency = np.flatnonzero(wards.of(*EMERGENCY))
    scheduled = np.flatnonzero(wards.of(Stream.SURGERY_SCHEDULED))
    # Who waits counts after the hour in which he came; who is lost lacks a bed for the stay that he needed.
    came = care.demand[:, critical] + care.diverted_in[:, critical]
    waited = np.maximum(care.waiting[:, critical] - came, 0)
    lost = care.unmet[:, critical] * wards.stays[NUMBER[Stream.CRITICAL_CARE]].mean_h
    return Toll(
        critical_waiting=Count(critical, waited),
        icu_unmet_patient_h=Count(critical, waited + lost),
        time_critical_min=Count(emergency, care.time_critical_min[:, emergency]),
        postponed=Count(scheduled, _postponed(prepared, care, scheduled)),
        ed_unmet=Count(emergency, care.unmet[:, emergency]),
    )


def _postponed(prepared: PreparedCampaign, care: Record, scheduled: NDArray[np.intp]) -> NDArray[np.int32]:
    """Operations of the day still waiting at its end; older ones were done first, so they are the day's own."""
    demand, waiting = care.demand[:, scheduled], care.waiting[:, scheduled]
    postponed = np.zeros_like(demand)
    midnight = (24 - prepared.first_hour) % 24 or 24
    for end in range(midnight, len(demand) + 1, 24):
        of_the_day = demand[max(0, end - 24) : end].sum(axis=0)
        postponed[end - 1] = np.minimum(of_the_day, waiting[end - 1])
    return postponed


def broken_thresholds_of(
    prepared: PreparedCampaign, care: Record, toll: Toll, states: list[NodeState], outcome: ReplicationOutcome
) -> list[BrokenThreshold]:
    """The thresholds that broke, the first to break first; none when the region held."""
    examine = _Examination(prepared, care, toll, states, outcome)
    found = [broken for threshold in prepared.scenario.thresholds if (broken := examine.of(threshold))]
    return sorted(found, key=lambda broken: broken.at_h)


@dataclass(frozen=True, slots=True)
class _Examination:
    """One replication, examined threshold by threshold."""

    prepared: PreparedCampaign
    care: Record
    toll: Toll
    states: list[NodeState]
    outcome: ReplicationOutcome

    def of(self, threshold: Threshold) -> BrokenThreshold | None:
        """How the threshold broke, if it did."""
        checks: dict[Gauge, Callable[[float], tuple[float, str | None] | None]] = {
            Gauge.ICU_UNMET: lambda most: self._sum_beyond(self.toll.icu_unmet_patient_h, most),
            Gauge.ED_UNMET: lambda most: self._sum_beyond(self.toll.ed_unmet, most * self.outcome.ed_visits),
            Gauge.TIME_CRITICAL_DELAY: lambda most: self._sum_beyond(
                self.toll.time_critical_min, most * self.outcome.time_critical_patients
            ),
            Gauge.SURGERIES_POSTPONED: lambda most: self._sum_beyond(self.toll.postponed, most),
            Gauge.RESPONDER_WAIT: self._waited,
            Gauge.REGIONAL_CELL_DELAY: self._cell_late,
            Gauge.RESTORATION: self._not_restored,
        }
        found = checks[threshold.indicator](threshold.at_most)
        return BrokenThreshold(found[0], threshold.indicator, found[1]) if found else None

    def _sum_beyond(self, count: Count, most: float) -> tuple[float, str | None] | None:
        """The end of the hour in which the region's running sum passes the bound, and the site that bears most."""
        beyond = np.cumsum(count.values.sum(axis=1)) > most
        if not beyond.any():
            return None
        hour = int(beyond.argmax())
        worst = int(count.values[: hour + 1].sum(axis=0).argmax())
        return hour + 1.0, self.prepared.wards.finess[int(count.wards[worst])]

    def _waited(self, most: float) -> tuple[float, str | None] | None:
        """The first establishment to have waited this long for a team, whether one came later or not."""
        late = []
        for node, state in enumerate(self.states[: self.prepared.establishments]):
            asked_h, waited_h = state.responders_asked_h, state.waited_h(self.prepared.scenario.horizon_h)
            if asked_h is not None and waited_h is not None and waited_h > most:
                late.append((asked_h + most, self.prepared.nodes[node]))
        return min(late, default=None)

    def _cell_late(self, most: float) -> tuple[float, str | None] | None:
        delay_h, impact_h = self.outcome.regional_cell_delay_h, self.outcome.first_impact_h
        opened = delay_h is not None and delay_h <= most
        return None if opened else self._overdue(impact_h, most)

    def _not_restored(self, most: float) -> tuple[float, str | None] | None:
        hours, impact_h = self.outcome.restoration_h, self.outcome.first_impact_h
        restored = hours is not None and hours <= most
        return None if restored else self._overdue(impact_h, most)

    def _overdue(self, impact_h: float | None, most: float) -> tuple[float, str | None] | None:
        """What was due this long after the first impact was not done; told of the largest establishment still down."""
        if impact_h is None or impact_h + most > self.prepared.scenario.horizon_h:
            return None
        at_h = impact_h + most
        sites = self.prepared.region.establishments
        down = [
            (-sites[self.prepared.nodes[node]].beds, self.prepared.nodes[node])
            for node, state in enumerate(self.states[: self.prepared.establishments])
            if state.impact_h is not None and (state.restored_h is None or state.restored_h > at_h)
        ]
        return at_h, min(down)[1] if down else None
