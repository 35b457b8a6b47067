"""Indicators of the attack: how far it came, and when."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulation.attack.attack_events import AttackBegins, StrikeBegins
from simulation.engine.event_kinds import EventKind
from simulation.engine.timeline import TimelineEvent
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Payload

if TYPE_CHECKING:
    from simulation.outcome.trace import Trace

GOES_OFF = frozenset({EventKind.IMPACT, EventKind.STRIKE})
"""What a wave comes to; one that only steals, to the publication of what it has stolen."""


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
    gone_off = waves_gone_off(trace.timeline, thieves_of(trace.campaign.scenario))
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
        went_off_h=min(gone_off.values(), default=None),
        waves_gone_off=len(gone_off),
        first_impact_h=trace.first_impact_h,
    )


def thieves_of(scenario: Scenario) -> set[str]:
    """The waves that come for data alone."""
    return {wave.name for wave in scenario.waves if wave.payload is Payload.THEFT}


def waves_gone_off(timeline: Iterable[TimelineEvent], thieves: Container[str]) -> dict[str, float]:
    """When each wave first went off, of those that did: an event is of the wave whose beginning led to it at last."""
    led_by: list[str | None] = []
    first_h: dict[str, float] = {}
    for event in timeline:
        kind = event.what.kind
        if isinstance(event.what, AttackBegins | StrikeBegins):
            wave: str | None = event.what.wave
        else:
            wave = None if event.cause is None else led_by[event.cause]
        led_by.append(wave)
        if wave is not None and (kind in GOES_OFF or (kind is EventKind.DATA_LEAK and wave in thieves)):
            first_h.setdefault(wave, event.at_h)
    return first_h
