"""Exposure: what may have harmed patients in a replication, counted before it is said how much it harms."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulation.care.flow.codes import CONDITIONS, Condition
from simulation.inputs.streams import Stream

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

HOURS_A_DAY = 24
IN_BEDS = (Stream.MEDICINE, Stream.CRITICAL_CARE)
"""Streams whose patients are on wards for days."""
URGENT_IN_WEEKS = (Stream.SURGERY_SCHEDULED, Stream.CHEMOTHERAPY, Stream.RADIOTHERAPY)
"""Streams in which waiting may cost lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """All of a month, ordinary life included."""

    before_min: dict[str, float]
    """By condition: minutes before the door, for want of an ambulance or of an answer, or on a longer journey."""
    after_min: dict[str, float]
    """By condition: minutes from the door until care, and those that outages add."""
    infarctions_diverted: float
    boarded_long: int
    critical_refused: int
    """Critically ill patients for whom no bed was found in time."""
    calls_lost: int
    """Callers to the SAMUs whom nobody answered in the end."""
    paper_days: float
    """Days of patients on wards, by how much of the ward outages had taken."""
    waited_days: float
    """Days for which planned care was waited for."""


def exposure_of(trace: "Trace") -> Exposure:
    """What was counted in a replication."""
    care, wards = trace.care, trace.wards
    by_condition = dict(zip(CONDITIONS, care.by_condition, strict=True))
    infarction = Condition.STEMI.name.lower()
    before_min = {
        name: float(one["late_min"] + one["samu_min"] + (0.0 if name == infarction else one["road_min"]))
        for name, one in by_condition.items()
    }
    # The journeys of infarctions diverted are in the harm of diversion.
    after_min = {
        name: float(one["minutes"] - one["late_min"] - one["samu_min"] - one["road_min"])
        for name, one in by_condition.items()
    }
    return Exposure(
        before_min=before_min,
        after_min={name: max(0.0, minutes) for name, minutes in after_min.items()},
        infarctions_diverted=float(by_condition[infarction]["diverted"]),
        boarded_long=int(care.totals["boarded_long"][0]),
        critical_refused=int(trace.unmet[wards.of(Stream.CRITICAL_CARE)].sum()),
        calls_lost=int(trace.unmet[wards.of(Stream.SAMU)].sum()),
        paper_days=_paper_days(trace),
        waited_days=float(trace.added_up(care.waiting)[wards.of(*URGENT_IN_WEEKS)].sum()) / HOURS_A_DAY,
    )


def _paper_days(trace: "Trace") -> float:
    """Patients on the wards of struck establishments, times the share of capacity that outages have taken."""
    total_h = 0.0
    for node, changes in trace.bed_capacity.items():
        of_site = trace.wards.of_site.get(trace.nodes.names[node], {})
        mine = [of_site[stream] for stream in IN_BEDS if stream in of_site]
        if not mine:
            continue
        since, left = [int(at_h) for at_h, _ in changes], [1.0, *(share for _, share in changes)]
        share = np.array(left)[np.searchsorted(since, trace.wards.followed.hours, side="right")]
        lost = trace.care.in_care[:, mine].sum(axis=1) * (1.0 - share)
        total_h += float(trace.for_all(lost).sum())
    return total_h / HOURS_A_DAY
