"""Records: what one replication returns. The Parquet schemas are derived from their fields.

An indicator's meaning and unit are in the registry; any other field carries them in its `Column`. Missing is `None`:
what did not happen has no hour. Hours are counted from the scenario's start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from simulation.inputs.streams import Stream
from simulation.outcome.columns import Column, NumberColumn, Rows
from simulation.outcome.communes import CommuneTotals
from simulation.outcome.establishment_hours import EstablishmentHours
from simulation.outcome.indicators.attack import AttackColumns
from simulation.outcome.indicators.critical_care import CriticalCareColumns
from simulation.outcome.indicators.emergency import EmergencyColumns
from simulation.outcome.indicators.harm import HarmColumns
from simulation.outcome.indicators.recovery import RecoveryColumns
from simulation.outcome.indicators.response import ResponseColumns
from simulation.outcome.indicators.surgery import SurgeryColumns
from simulation.outcome.indicators.time_critical import TimeCriticalColumns


@dataclass(frozen=True, kw_only=True)
class ReplicationOutcome(
    SurgeryColumns,
    HarmColumns,
    TimeCriticalColumns,
    CriticalCareColumns,
    EmergencyColumns,
    RecoveryColumns,
    ResponseColumns,
    AttackColumns,
    NumberColumn,
):
    """What one replication cost the region; one row of the replications table."""

    # The columns come in the order of the bases, the last one first.


@dataclass(frozen=True, slots=True, kw_only=True)
class EstablishmentOutcome:
    """What one replication did to one establishment; one row of the establishments table."""

    replication: Annotated[int, Column("number of the replication in its campaign, from 0")]
    finess: Annotated[str, Column("FINESS number of the site")]
    ght: Annotated[str, Column("GHT or group, or the establishments of the department outside any")]
    compromised: Annotated[bool, Column("the attacker gained a foothold")]
    compromised_h: Annotated[float | None, Column("when the attacker gained a foothold", "h")]
    via_link: Annotated[
        str | None, Column("kind of the link by which the attacker came; null at an entry point")
    ]
    via_finess: Annotated[str | None, Column("establishment from which the attacker came")]
    via_service: Annotated[str | None, Column("shared service from which the attacker came")]
    wave: Annotated[str | None, Column("wave of the scenario that compromised it first")]
    detected_h: Annotated[float | None, Column("when the establishment noticed the attack", "h")]
    detected_by: Annotated[
        str | None,
        Column(
            "who noticed: own, soc (shared supervision), cert (warning from outside), hunt (for shared traces), "
            "attacker (the ransom note)"
        ),
    ]
    isolated_h: Annotated[float | None, Column("when the establishment cut its links", "h")]
    reconnected_h: Annotated[float | None, Column("when it was back on its links", "h")]
    switched_off_h: Annotated[float | None, Column("when it switched everything off by decision", "h")]
    switched_on_h: Annotated[
        float | None, Column("when all that was switched off was on again, or rebuilt", "h")
    ]
    ed_shut_h: Annotated[
        float | None,
        Column("when its emergency departments first took no ambulances, or closed to all, by decision", "h"),
    ]
    ed_reopened_h: Annotated[float | None, Column("when they were open to all again", "h")]
    planned_stopped_h: Annotated[
        float | None, Column("when planned streams of care were first stopped wholly by decision", "h")
    ]
    planned_resumed_h: Annotated[float | None, Column("when all of these had resumed", "h")]
    declared_h: Annotated[float | None, Column("when it declared to CERT Santé and the ARS", "h")]
    service_lost_h: Annotated[
        float | None, Column("when it first lost a shared service on which it depends", "h")
    ]
    impact_h: Annotated[float | None, Column("when the payload went off", "h")]
    restored_h: Annotated[float | None, Column("when all its systems were back", "h")]
    machines_hit_share: Annotated[float, Column("share of its machines that the payload reached", "1")]
    backups_destroyed: Annotated[bool, Column("its backups were destroyed or encrypted")]
    data_stolen: Annotated[bool, Column("data left the establishment")]
    responder_wait_h: Annotated[
        float | None, Column("wait between asking for a team of responders and having it", "h")
    ]
    bed_days_lost: Annotated[
        float,
        Column("beds times the share of capacity lost, over the days for which it was lost", "bed-days"),
    ]
    ed_visits: Annotated[int, Column("visits to its emergency departments", "patients")]
    ed_visits_diverted: Annotated[
        int,
        Column(
            "emergency patients who went from it to another hospital: the sum of the next three", "patients"
        ),
    ]
    ed_ambulances_diverted: Annotated[
        int, Column("ambulances that its emergency departments diverted to another", "patients")
    ]
    ed_moved_on: Annotated[
        int,
        Column(
            "patients who went on by themselves to another department, this one being closed to them or shunned",
            "patients",
        ),
    ]
    ed_patients_transferred: Annotated[
        int,
        Column(
            "time-critical patients that its emergency departments transferred to another hospital",
            "patients",
        ),
    ]
    ed_ambulances_late: Annotated[
        int, Column("ambulances that came to it later, there being none free", "patients")
    ]
    ed_visits_unmet: Annotated[
        int,
        Column(
            "emergency patients who left it without being seen, or were never taken into care", "patients"
        ),
    ]
    ed_diversion_h: Annotated[
        float, Column("hours for which its emergency departments were on diversion", "h")
    ]
    ed_no_ambulances_h: Annotated[
        float, Column("hours for which they took no ambulances by decision, but who came by themselves", "h")
    ]
    ed_closed_h: Annotated[float, Column("hours for which they were closed to all by decision", "h")]
    ed_full_h: Annotated[float, Column("hours of `ed_full` of the timeline, each department for itself", "h")]
    ed_overloaded_h: Annotated[float, Column("the same of `ed_overloaded`", "h")]
    critical_care_full_h: Annotated[float, Column("hours of `critical_care_full`", "h")]
    laboratory_overdue_h: Annotated[float, Column("hours of `laboratory_overdue`", "h")]
    imaging_overdue_h: Annotated[float, Column("hours of `imaging_overdue`", "h")]


@dataclass(frozen=True, slots=True, kw_only=True)
class HourOutcome:
    """What one hour was in one territory for one stream of care; one row of the hours table.

    Patients are conserved exactly: demand + diverted_in + waiting an hour before
    = served + diverted_out + unmet + waiting. Of a horizon of over half a year, some weeks were followed and stand for
    the others: multiply what you add up by `stands_for_h`. Before such a week, lists have moved on by those that it
    skips.
    """

    replication: Annotated[int, Column("number of the replication in its campaign, from 0")]
    hour: Annotated[int, Column("hour since the scenario's start: 0 is the first", "h")]
    day: Annotated[date, Column("the day of that hour, by the clock of Paris")]
    stands_for_h: Annotated[
        int,
        Column(
            "hours for which it stands: 1, or as many as weeks for which its own stands, beyond half a year",
            "h",
        ),
    ]
    ght: Annotated[str, Column("GHT or group, the establishments of the department outside any, or a SAMU")]
    stream: Annotated[str, Column("stream of care, such as emergency_adult, critical_care or dialysis")]
    demand: Annotated[
        int,
        Column(
            "patients who arrived, were planned, or were passed on by another ward of the site", "patients"
        ),
    ]
    served: Annotated[int, Column("patients taken into care", "patients")]
    diverted_out: Annotated[
        int, Column("patients gone to another site: the sum of the next three", "patients")
    ]
    ambulances_diverted_out: Annotated[
        int, Column("ambulances diverted to another emergency department", "patients")
    ]
    moved_on_out: Annotated[
        int, Column("patients who went on by themselves to another emergency department", "patients")
    ]
    patients_transferred_out: Annotated[
        int,
        Column(
            "patients transferred to another hospital; of calls, those that another SAMU took", "patients"
        ),
    ]
    diverted_in: Annotated[
        int, Column("patients who arrived from another site: the sum of the next three", "patients")
    ]
    ambulances_diverted_in: Annotated[
        int, Column("ambulances that arrived, diverted by another emergency department", "patients")
    ]
    moved_on_in: Annotated[
        int, Column("patients who came on by themselves from another emergency department", "patients")
    ]
    patients_transferred_in: Annotated[
        int,
        Column(
            "patients who arrived, transferred from another hospital; calls taken for another SAMU",
            "patients",
        ),
    ]
    unmet: Annotated[
        int, Column("patients who left without being seen, or were lost without care", "patients")
    ]
    waiting: Annotated[int, Column("patients waiting at the end of the hour", "patients")]
    in_care: Annotated[
        int, Column("patients in care at the end of the hour; of sessions, held in the hour", "patients")
    ]
    capacity_share: Annotated[float, Column("capacity in the hour over the ordinary capacity", "1")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """All followed hours of one replication: the columns of `HourOutcome` as arrays of shape (hours, groups).

    A group is a (territory, stream) that has at least one site; groups are in ascending order.
    """

    groups: tuple[tuple[str, str], ...]
    hour: NDArray[np.int32]
    """Of shape (hours,)."""
    stands_for_h: NDArray[np.int32]
    """Of shape (hours,)."""
    demand: NDArray[np.int32]
    served: NDArray[np.int32]
    diverted_out: NDArray[np.int32]
    ambulances_diverted_out: NDArray[np.int32]
    moved_on_out: NDArray[np.int32]
    patients_transferred_out: NDArray[np.int32]
    diverted_in: NDArray[np.int32]
    ambulances_diverted_in: NDArray[np.int32]
    moved_on_in: NDArray[np.int32]
    patients_transferred_in: NDArray[np.int32]
    unmet: NDArray[np.int32]
    waiting: NDArray[np.int32]
    in_care: NDArray[np.int32]
    capacity_share: NDArray[np.float32]

    def groups_of(self, *streams: Stream) -> NDArray[np.intp]:
        """The groups of these streams."""
        return np.flatnonzero([stream in streams for _, stream in self.groups])


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One thing that happened; one row of the timeline table."""

    replication: Annotated[int, Column("number of the replication in its campaign, from 0")]
    event: Annotated[int, Column("number of the event in its replication, from 0, in order of time")]
    at_h: Annotated[float, Column("when it happened", "h")]
    at: Annotated[datetime, Column("the same instant by the clock of Paris")]
    actor: Annotated[str, Column("who acted: attacker, establishment, region or nation")]
    finess: Annotated[str | None, Column("establishment where it happened; null when it is none")]
    kind: Annotated[str, Column("what happened")]
    technique: Annotated[str | None, Column("MITRE ATT&CK technique")]
    cause: Annotated[
        int | None,
        Column(
            "event of the same replication that led to this one; null of a first act and of ordinary life"
        ),
    ]
    detail: Annotated[str, Column("what a reader should also know: service, stage, level, stream of care")]
    patients: Annotated[int | None, Column("whom it counts, of events that count patients", "patients")]
    hours: Annotated[float | None, Column("for how long it lasts within the horizon, of states of care", "h")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """All that one replication returns. Of equal inputs, equal to the last bit."""

    start: datetime
    """The instant at which hour 0 begins."""
    replication: ReplicationOutcome
    establishments: Rows[EstablishmentOutcome]
    hours: Hours
    establishment_hours: EstablishmentHours
    communes: CommuneTotals
    timeline: Rows[TimelineRow]
    parameters: Mapping[str, float]
    """Of those that are drawn, the values, by name; none of a campaign in which only chance differs."""

    def __repr__(self) -> str:
        return f"<Outcome of replication {self.replication.replication}: {len(self.timeline)} events>"
