"""The story of one replication: attack, response, continuity and care of a region, hour by hour.

1. Each midnight of the simulation, care is simulated for the past day; capacity changes take effect at the moment they
   occurred (`care/flow/care.py`). Hospitals that were full for long call their plan blanc (`response/plan_blanc.py`).
2. A wave begins, at its hour or after another's payload. A strike takes services down (`attack/strikes.py`). An
   intruder tries the entry points, climbs to the directory, follows links, goes for backups and data
   (`attack/kill_chain.py`, `attack/attack_graph.py`).
3. A compromised establishment may notice the intruder, and understand what it sees or not; traces that others have
   shared are looked for (`response/detecting`). Attackers who see that they are looked for hurry, hide, or come back
   later (`attack/reactions.py`).
4. An alert is triaged. An establishment that then knows opens its crisis cell, cuts its links, and declares
   (`response/crisis_cells.py`). It may switch everything off; its cell decides on its doors and on planned care
   (`response/deciding`). On the first declaration, responders set out (`response/responders.py`) and the regional cell
   opens: it warns, closes doors and orders (`response/regional_cell.py`).
5. The payload goes off wherever the attacker is in control (`attack/payloads.py`). Applications are lost, and hospitals
   work on paper (`continuity/degraded_mode.py`).
6. Establishments come back stage by stage, as fast as work and scarce teams allow (`response/recovery.py`). So do those
   that were cut off in time, where the attacker held the directory.
7. At the horizon, what happened is counted (`outcome/counting.py`) and held against the thresholds
   (`outcome/verdict.py`).

Who reacts to what is written in `_connect`. Events of the same instant follow the order in which they were planned:
SimPy's queue is stable.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from simulation.attack.kill_chain import KillChain
from simulation.attack.prepared import PreparedAttack, prepare_attack
from simulation.attack.strikes import Strike
from simulation.care.demand.news import News
from simulation.care.flow.care import Care
from simulation.care.flow.changes import Change
from simulation.care.prepared import PreparedCare, prepare_care
from simulation.continuity.degraded_mode import DegradedMode
from simulation.continuity.prepared import PreparedContinuity, prepare_continuity
from simulation.engine.nodes import Nodes
from simulation.engine.random_streams import Luck
from simulation.engine.signals import Signals
from simulation.engine.situation import Situation
from simulation.inputs.campaign import Campaign
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.defences import defence_of
from simulation.outcome.counting import counted
from simulation.outcome.records import Outcome
from simulation.outcome.trace import Trace
from simulation.response.crisis_cells import CrisisCells
from simulation.response.deciding.emergency_doors import EmergencyDoors
from simulation.response.deciding.planned_activity import PlannedActivity
from simulation.response.deciding.switch_off import SwitchOff
from simulation.response.detecting.detection import Detection
from simulation.response.detecting.hunts import Hunts
from simulation.response.plan_blanc import PlanBlancCalls
from simulation.response.prepared import PreparedResponse, prepare_response
from simulation.response.recovery import Recovery
from simulation.response.regional_cell import RegionalCell


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedCampaign:
    """What is made ready once per campaign, by room, so that a replication costs only what happens in it."""

    campaign: Campaign
    nodes: Nodes
    care: PreparedCare
    continuity: PreparedContinuity
    response: PreparedResponse
    attack: PreparedAttack

    def __repr__(self) -> str:
        asked = (self.campaign.region.name, self.campaign.scenario.name, self.campaign.posture.name)
        return f"<PreparedCampaign {' · '.join(asked)}>"


def prepare(campaign: Campaign) -> PreparedCampaign:
    """The campaign as arrays; its scenario, posture and event are known to fit its region (`simulation.check`)."""
    nodes = Nodes.of(campaign.region)
    defences = tuple(defence_of(name, campaign.posture, campaign.parameters) for name in nodes.names)
    care = prepare_care(campaign, nodes)
    continuity = prepare_continuity(campaign, nodes, defences=defences, wards=care.wards)
    return PreparedCampaign(
        campaign=campaign,
        nodes=nodes,
        care=care,
        continuity=continuity,
        response=prepare_response(
            campaign,
            nodes,
            defences=defences,
            event_hospitals=care.event_hospitals,
            dependents=continuity.dependents,
        ),
        attack=prepare_attack(campaign, nodes, defences=defences, dependents=continuity.dependents),
    )


def spared(prepared: PreparedCampaign) -> PreparedCampaign:
    """Its ordinary twin: the same region, event, days and chance, and no attack."""
    return replace(prepared, attack=replace(prepared.attack, waves=()))


def replicate(prepared: PreparedCampaign, seed: int, replication: int) -> Outcome:
    """Replication number `replication` of the campaign with this seed; the same alone or among a thousand."""
    return counted(trace_of(prepared, seed, replication))


def trace_of(prepared: PreparedCampaign, seed: int, replication: int, until_h: int | None = None) -> Trace:
    """What this replication leaves behind at its horizon, uncounted; the next one overwrites its care.

    Or at an earlier hour: until then the same has happened, and its care holds no row after it.
    """
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
        states=situation.states,
        timeline=tuple(situation.timeline.events),
        care=care.record,
        luck=situation.luck,
        bed_capacity=crisis.degraded_mode.bed_capacity,
        regional_cell_h=crisis.regional_cell.opened_h,
        service_lost_h=crisis.degraded_mode.service_lost_h,
    )


def crisis_of(prepared: PreparedCampaign, seed: int, replication: int) -> Situation:
    """The same replication at its horizon without its patients, in a tenth of the time.

    To each node the same has happened at the same hours; only plans blancs that full emergency departments call, and
    the end of any, are missing from the timeline; a request may stand in their place.
    """
    situation = _at_start(prepared, seed, replication)
    Crisis(situation, prepared, [])
    situation.env.run(until=situation.horizon_h)
    return situation


def _at_start(prepared: PreparedCampaign, seed: int, replication: int) -> Situation:
    horizon_h = prepared.campaign.scenario.horizon_h
    return Situation.at_start(prepared.nodes, Luck(seed, replication), horizon_h)


class Crisis:
    """Attack, response and continuity of one replication, about to unfold on the clock of its situation."""

    def __init__(self, situation: Situation, prepared: PreparedCampaign, changes: list[Change]) -> None:
        """What care has to know is added to `changes`, in order of time."""
        p = prepared.campaign.parameters
        self.degraded_mode = DegradedMode(situation, prepared.continuity, p, changes)
        self.regional_cell = RegionalCell(situation, prepared.response, p)
        self.plans_blancs = PlanBlancCalls(situation, prepared.care, p)
        _connect(
            situation.signals,
            self.degraded_mode,
            Recovery(situation, prepared.response, p),
            self.plans_blancs,
            News(situation, p),
            CrisisCells(situation, prepared.response, p),
            self.regional_cell,
            Detection(situation, prepared.response, p),
            Hunts(situation, prepared.response, p),
            SwitchOff(situation, prepared.response, p),
            EmergencyDoors(
                situation, prepared.response, p, prepared.care.emergency_departments, self.degraded_mode
            ),
            PlannedActivity(situation, prepared.response, p, self.degraded_mode),
        )
        if prepared.response.has_regional_cell:
            situation.env.process(self.regional_cell.run())
        _unleash(situation, prepared.attack, p, self.regional_cell)


def _connect(  # noqa: PLR0913, PLR0917 - all that react, and what they react to
    signals: Signals,
    degraded_mode: DegradedMode,
    recovery: Recovery,
    plans_blancs: PlanBlancCalls,
    news: News,
    crisis_cells: CrisisCells,
    regional_cell: RegionalCell,
    detection: Detection,
    hunts: Hunts,
    switch_off: SwitchOff,
    doors: EmergencyDoors,
    planned_activity: PlannedActivity,
) -> None:
    """Who reacts to what; of several, in this order."""
    signals.noise.subscribe(detection.hear_noise)
    signals.loud.subscribe(detection.hear_loud)
    signals.hush.subscribe(detection.hear_hush)
    signals.reported.subscribe(crisis_cells.triage_report)
    signals.overlooked.subscribe(crisis_cells.overlook)
    signals.recognised.subscribe(crisis_cells.detect)
    # Attackers who react subscribe to what they see when they begin.
    signals.hit.subscribe(
        recovery.lose_machines,
        degraded_mode.go_on_paper,
        recovery.begin_if_detected,
        crisis_cells.notice_hit,
        switch_off.decide_behind_the_cut,
        planned_activity.consider_hit,
    )
    signals.machines_spared.subscribe(degraded_mode.spare)
    signals.down.subscribe(degraded_mode.go_on_paper_for_outage)
    signals.up_again.subscribe(degraded_mode.end_outage)
    signals.cell_opened.subscribe(recovery.begin_if_hit, doors.consider, planned_activity.consider)
    signals.isolated.subscribe(
        recovery.stop_loss, degraded_mode.isolate, recovery.begin_if_held, switch_off.decide
    )
    signals.switched_off.subscribe(
        recovery.stop_loss,
        degraded_mode.switch_off,
        crisis_cells.gather,
        doors.consider,
        planned_activity.consider,
    )
    signals.switched_on.subscribe(degraded_mode.switch_on, doors.look, planned_activity.look)
    signals.checked.subscribe(crisis_cells.reconnect)
    signals.cleaned.subscribe(crisis_cells.reconnect)
    signals.reconnected.subscribe(degraded_mode.reconnect)
    signals.declared.subscribe(regional_cell.hear, hunts.hear, recovery.call)
    signals.regional_cell_opened.subscribe(
        detection.raise_vigilance, hunts.hear_regional_cell, plans_blancs.open_cell
    )
    signals.order_reached.subscribe(crisis_cells.isolate)
    signals.stage_done.subscribe(
        crisis_cells.reconnect_when_clean, degraded_mode.return_machines, switch_off.begin_checks
    )
    signals.application_back.subscribe(degraded_mode.return_application, doors.look, planned_activity.look)
    signals.restored.subscribe(switch_off.finish, degraded_mode.restore, doors.look, planned_activity.look)
    signals.left.subscribe(plans_blancs.weigh, news.happen)
    signals.shunned.subscribe(degraded_mode.set_shunned)
    signals.plan_blanc.subscribe(degraded_mode.set_plan_blanc)


def _unleash(
    situation: Situation, prepared: PreparedAttack, p: Parameters, regional_cell: RegionalCell
) -> None:
    """Each wave will begin at its hour, or once the wave that it follows has gone off."""
    waves: dict[str, KillChain | Strike] = {
        here.wave.name: Strike(situation, prepared, p, number)
        if here.wave.is_strike
        else KillChain(situation, prepared, p, number, regional_cell)
        for number, here in enumerate(prepared.waves)
    }
    for here in prepared.waves:
        begin, after = waves[here.wave.name].begin, here.wave.after
        if after is None:
            situation.after(here.begins_h, begin)
        else:
            waves[after.wave].gone_off.subscribe(partial(_follow, situation, after.delay_h, begin))


def _follow(
    situation: Situation, delay_h: float, begin: Callable[[int | None], None], cause: int | None
) -> None:
    situation.after(delay_h, partial(begin, cause))
