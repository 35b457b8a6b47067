"""Indicators of the attack: how far it came, and when."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.attack.attack_events import AttackBegins, StrikeBegins
from simulation.engine.event_kinds import EventKind
from simulation.engine.timeline import TimelineEvent

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

GOES_OFF = frozenset({EventKind.IMPACT, EventKind.STRIKE, EventKind.DATA_LEAK})
"""What a wave comes to; stolen data may also be published long after another payload."""


@dataclass(frozen=True, kw_only=True)
class AttackColumns:
    """How far the attack came."""

    establishments_compromised: int
    establishments_impacted: int
    establishments_isolated: int
    establishments_without_service: int
    ghts_impacted: int
    first_detection_h: float | None
    went_off_h: float | None
    waves_gone_off: int
    first_impact_h: float | None


def attack(trace: "Trace") -> AttackColumns:
    """The indicators of the attack in one replication."""
    sites = trace.sites
    establishments = trace.campaign.region.establishments.values()
    impacted = [state.impact_h is not None for state in sites]
    territories = {site.ght for site, hit in zip(establishments, impacted, strict=True) if hit}
    return AttackColumns(
        establishments_compromised=sum(state.compromised_h is not None for state in sites),
        establishments_impacted=sum(impacted),
        establishments_isolated=sum(state.isolated_h is not None for state in sites),
        establishments_without_service=len(trace.service_lost_h),
        ghts_impacted=len(territories - {None}),
        first_detection_h=min(
            (state.detected_h for state in trace.states if state.detected_h is not None), default=None
        ),
        went_off_h=next((event.at_h for event in trace.timeline if event.what.kind in GOES_OFF), None),
        waves_gone_off=len(waves_gone_off(trace.timeline)),
        first_impact_h=trace.first_impact_h,
    )


def waves_gone_off(timeline: Iterable[TimelineEvent]) -> set[str]:
    """The waves of which something has gone off: an event is of the wave whose beginning led to it at last."""
    led_by: list[str | None] = []
    gone_off: set[str] = set()
    for event in timeline:
        if isinstance(event.what, AttackBegins | StrikeBegins):
            wave: str | None = event.what.wave
        else:
            wave = None if event.cause is None else led_by[event.cause]
        led_by.append(wave)
        if event.what.kind in GOES_OFF and wave is not None:
            gone_off.add(wave)
    return gone_off
