"""Counting: what a replication cost, from the trace that it left behind."""

from simulation.outcome.establishment_hours import establishment_hours_of
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

COUNTED = (attack, response, recovery, emergency, critical_care, time_critical, harm, surgery)
"""What counts the indicators, a function for each kind."""


def counted(trace: Trace) -> Outcome:
    """The outcome of a replication."""
    return Outcome(
        start=trace.campaign.scenario.start,
        replication=replication_of(trace),
        establishments=establishments_of(trace),
        hours=trace.hours,
        establishment_hours=establishment_hours_of(trace),
        communes=trace.communes,
        timeline=timeline_rows(trace),
        parameters=trace.drawn,
    )


def replication_of(trace: Trace) -> ReplicationOutcome:
    """The row of the region: its indicators."""
    columns = {name: value for count in COUNTED for name, value in vars(count(trace)).items()}
    return ReplicationOutcome(replication=trace.replication, **columns)
