"""Indicators of the recovery: beds lost, and when most of them were back."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.engine.nodes import Node

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

HOURS_A_DAY = 24.0
STILL_LOST = 0.2
"""Share of the capacity lost at worst that is still lost when 80 % of it is back."""
PARTS_OF_A_BED = 2**60
"""In whole numbers, what is back leaves no rounding behind."""


@dataclass(frozen=True, kw_only=True)
class RecoveryColumns:
    """What was lost, and for how long."""

    bed_days_lost: float
    capacity_back: bool | None
    restored_80_h: float | None
    restoration_h: float | None


def recovery(trace: "Trace") -> RecoveryColumns:
    """The indicators of the recovery in one replication."""
    curve = _lost_curve(trace)
    restored_80_h = _restored_80_h(curve)
    return RecoveryColumns(
        bed_days_lost=sum(bed_days_lost(trace, node) for node in trace.nodes.sites),
        capacity_back=restored_80_h is not None if any(lost for _, lost in curve) else None,
        restored_80_h=restored_80_h,
        restoration_h=trace.since_first_impact(restored_80_h),
    )


def bed_days_lost(trace: "Trace", node: Node) -> float:
    """An establishment's beds times the share lost, over the days for which each level of capacity lasted."""
    changes = trace.bed_capacity.get(node)
    if not changes:
        return 0.0
    beds = trace.campaign.region.establishments[trace.nodes.names[node]].beds
    ends = [*(at_h for at_h, _ in changes), float(trace.campaign.scenario.horizon_h)][1:]
    lost = sum((1.0 - share) * (end_h - at_h) for (at_h, share), end_h in zip(changes, ends, strict=True))
    return beds * lost / HOURS_A_DAY


def _lost_curve(trace: "Trace") -> list[tuple[float, int]]:
    """From which hour on how much of the beds of all establishments hit was lost, in parts of a bed."""
    sites = list(trace.campaign.region.establishments.values())
    hit = [node for node in trace.bed_capacity if trace.states[node].impact_h is not None]
    changes = sorted((at_h, node, share) for node in hit for at_h, share in trace.bed_capacity[node])
    lost_now: dict[int, int] = {}
    curve, lost = [], 0
    for at_h, node, share in changes:
        now = int((1.0 - share) * sites[node].beds * PARTS_OF_A_BED)
        lost += now - lost_now.get(node, 0)
        lost_now[node] = now
        curve.append((at_h, lost))
    return curve


def _restored_80_h(curve: list[tuple[float, int]]) -> float | None:
    """When 80 % of the bed capacity lost at worst was back, for good."""
    bound = STILL_LOST * max((lost for _, lost in curve), default=0)
    if not bound or curve[-1][1] > bound:
        return None
    back = len(curve) - 1
    while back > 0 and curve[back - 1][1] <= bound:
        back -= 1
    return curve[back][0]
