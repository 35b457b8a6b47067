"""Counting: what a replication cost, from the trace that it left behind."""

from simulation.outcome.establishments import establishments_of
from simulation.outcome.indicators.attack import attack
from simulation.outcome.indicators.critical_care import critical_care
from simulation.outcome.indicators.emergency import emergency
from simulation.outcome.indicators.harm import harm
from simulation.outcome.indicators.recovery import recovery
from simulation.outcome.indicators.response import response
from simulation.outcome.indicators.surgery import surgery
from simulation.outcome.indicators.time_critical import time_critical
from simulation.outcome.records import Outcome, ReplicationOutcome
from simulation.outcome.timeline_rows import timeline_rows
from simulation.outcome.trace import Trace
from simulation.outcome.verdict import broken_thresholds

COUNTED = (attack, response, recovery, emergency, critical_care, time_critical, harm, surgery)
"""What counts the indicators, a function for each kind."""


def counted(trace: Trace) -> Outcome:
    """The outcome of a replication."""
    return Outcome(
        replication=replication_of(trace),
        establishments=establishments_of(trace),
        hours=trace.hours,
        communes=trace.communes,
        timeline=timeline_rows(trace),
        parameters=trace.drawn,
    )


def replication_of(trace: Trace) -> ReplicationOutcome:
    """The row of the region: its indicators, and the thresholds that broke."""
    kinds = [count(trace) for count in COUNTED]
    columns = {name: value for kind in kinds for name, value in vars(kind.columns).items()}
    checks = {name: check for kind in kinds for name, check in kind.broken.items()}
    broken = broken_thresholds(trace.campaign.scenario.thresholds, checks)
    first = broken[0] if broken else None
    return ReplicationOutcome(
        replication=trace.replication,
        held=not broken,
        thresholds_broken=tuple(each.indicator for each in broken),
        first_broken_h=first.at_h if first else None,
        first_broken_finess=first.finess if first else None,
        first_broken_indicator=first.indicator if first else None,
        **columns,
    )
