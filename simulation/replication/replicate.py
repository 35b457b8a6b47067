"""Replicate: one replication from its start to its horizon, with its patients or without."""

from simulation.care.flow.care import Care
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.outcome.counting import counted
from simulation.outcome.records import Outcome
from simulation.outcome.told import told
from simulation.outcome.trace import Trace
from simulation.replication.crisis import Crisis
from simulation.replication.prepared_campaign import PreparedCampaign, as_drawn


def replicate(prepared: PreparedCampaign, seed: int, replication: int) -> Outcome:
    """Replication number `replication` of the campaign with this seed; the same alone or among a thousand."""
    return counted(trace_of(prepared, seed, replication))


def trace_of(prepared: PreparedCampaign, seed: int, replication: int, until_h: int | None = None) -> Trace:
    """What this replication leaves behind at its horizon, uncounted; the next one overwrites its care.

    Or at an earlier hour: until then the same has happened, and its care holds no row after it.
    """
    prepared = as_drawn(prepared, seed, replication)
    situation = _at_start(prepared, seed, replication)
    wards, p = prepared.care.wards, prepared.campaign.parameters
    care = Care(situation.env, wards, p, situation.luck, buffers=prepared.care.buffers)
    crisis = Crisis(situation, prepared, care.changes)
    care.each_morning.append(crisis.plans_blancs.look)
    situation.env.process(care.run())
    situation.env.run(until=until_h or situation.horizon_h)
    care.finish(until_h)
    return Trace(
        campaign=prepared.campaign,
        nodes=prepared.nodes,
        links=prepared.attack.links,
        wards=wards,
        replication=replication,
        drawn=prepared.drawn,
        states=tuple(told(state) for state in situation.states),
        timeline=tuple(situation.timeline.events),
        care=care.record,
        luck=situation.luck,
        bed_capacity=crisis.degraded_mode.bed_capacity,
        emergency_lost=crisis.emergency_lost,
        regional_cell_h=crisis.regional_cell.opened_h,
        service_lost_h=crisis.degraded_mode.service_lost_h,
    )


def crisis_of(prepared: PreparedCampaign, seed: int, replication: int) -> Situation:
    """The same replication at its horizon without its patients, in a tenth of the time.

    To each node the same has happened at the same hours; only plans blancs that full emergency departments call, and
    the end of any, are missing from the timeline; a request may stand in their place.
    """
    prepared = as_drawn(prepared, seed, replication)
    situation = _at_start(prepared, seed, replication)
    Crisis(situation, prepared, [])
    situation.env.run(until=situation.horizon_h)
    return situation


def _at_start(prepared: PreparedCampaign, seed: int, replication: int) -> Situation:
    horizon_h = prepared.campaign.scenario.horizon_h
    return Situation.at_start(prepared.nodes, Luck(seed, replication), horizon_h)
