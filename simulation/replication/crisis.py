"""The crisis of one replication: its mechanisms, and who of them reacts to what."""

from collections.abc import Callable
from functools import partial

from simulation.attack.attack_graph import AttackLink
from simulation.attack.kill_chain import KillChain
from simulation.attack.prepared import PreparedAttack
from simulation.attack.strikes import Strike
from simulation.care.demand.news import News
from simulation.care.flow.changes import Change
from simulation.continuity.degraded_mode import DegradedMode
from simulation.engine.nodes import Node
from simulation.engine.signals import Signals
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.replication.prepared_campaign import PreparedCampaign
from simulation.response.crisis_cells import CrisisCells
from simulation.response.deciding.checks import Checks
from simulation.response.deciding.emergency_doors import EmergencyDoors
from simulation.response.deciding.emptied_wards import EmptiedWards
from simulation.response.deciding.inquiry import Inquiry
from simulation.response.deciding.leaving_trust import LeavingTrust
from simulation.response.deciding.partner_links import PartnerLinks
from simulation.response.deciding.planned_activity import PlannedActivity
from simulation.response.deciding.supplier_links import SupplierLinks
from simulation.response.deciding.switch_off import SwitchOff
from simulation.response.detecting.detection import Detection
from simulation.response.detecting.hunts import Hunts
from simulation.response.plan_blanc import PlanBlancCalls
from simulation.response.recovery import Recovery
from simulation.response.regional_cell import RegionalCell
from simulation.response.teams import Teams
from topologies.region import LinkKind


class Crisis:
    """Attack, response and continuity of one replication, about to unfold on the clock of its situation."""

    def __init__(self, situation: Situation, prepared: PreparedCampaign, changes: list[Change]) -> None:
        """What care has to know is added to `changes`, in order of time."""
        p = prepared.campaign.parameters
        self.degraded_mode = DegradedMode(situation, prepared.continuity, p, changes)
        self._partner_links = PartnerLinks(situation, prepared.response)
        self.regional_cell = RegionalCell(situation, prepared.response, p, self._partner_links)
        self.plans_blancs = PlanBlancCalls(situation, prepared.care, p, prepared.response.starts_at_h)
        self._supplier_links = SupplierLinks(situation, prepared.response, p)
        self._situation = situation
        self.emergency_lost: dict[Node, list[tuple[float, float]]] = {}
        """Of each site: from which hour, which share of its emergency patients it cannot take as usual."""
        situation.signals.emergency_lost.subscribe(self._lose)
        teams = Teams(situation, prepared.response, p)
        inquiry = Inquiry(situation, prepared.response, p)
        checks = Checks(situation, prepared.response, p, teams, inquiry)
        leaving_trust = LeavingTrust(situation, prepared.response, p, teams, checks)
        _connect(
            situation.signals,
            self.degraded_mode,
            teams,
            Recovery(situation, prepared.response, p, teams),
            self.plans_blancs,
            News(situation, p),
            CrisisCells(situation, prepared.response, p),
            self.regional_cell,
            Detection(situation, prepared.response, p),
            Hunts(situation, prepared.response, p),
            inquiry,
            SwitchOff(situation, prepared.response, p, checks, leaving_trust),
            EmergencyDoors(
                situation, prepared.response, p, prepared.care.emergency_departments, self.degraded_mode
            ),
            EmptiedWards(situation, prepared.response, p, prepared.care.units, self.degraded_mode),
            PlannedActivity(situation, prepared.response, p, self.degraded_mode),
            self._supplier_links,
            self._partner_links,
        )
        if prepared.response.has_regional_cell:
            situation.env.process(self.regional_cell.run())
        _unleash(situation, prepared.attack, p, self._is_closed)

    def _lose(self, node: Node, share: float) -> None:
        self.emergency_lost.setdefault(node, []).append((self._situation.now_h, share))

    def _is_closed(self, link: AttackLink) -> bool:
        """By order of the regional cell, by a customer of a supplier, or since one end has left the directory."""
        if link.kind is not LinkKind.HOSTING and self._partner_links.has_closed(link.source, link.target):
            return True
        if link.kind is LinkKind.DIRECTORY:
            states = self._situation.states
            return any(states[end].left_trust_h is not None for end in (link.source, link.target))
        return self.regional_cell.has_closed(link.target, link.kind) or self._supplier_links.has_cut(
            link.source, link.target
        )


def _connect(  # noqa: PLR0913, PLR0917 - all that react, and what they react to
    signals: Signals,
    degraded_mode: DegradedMode,
    teams: Teams,
    recovery: Recovery,
    plans_blancs: PlanBlancCalls,
    news: News,
    crisis_cells: CrisisCells,
    regional_cell: RegionalCell,
    detection: Detection,
    hunts: Hunts,
    inquiry: Inquiry,
    switch_off: SwitchOff,
    doors: EmergencyDoors,
    emptied_wards: EmptiedWards,
    planned_activity: PlannedActivity,
    supplier_links: SupplierLinks,
    partner_links: PartnerLinks,
) -> None:
    """Who reacts to what; of several, in this order."""
    signals.anew.subscribe(
        detection.forget, doors.forget, emptied_wards.forget, planned_activity.forget, supplier_links.forget
    )
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
        inquiry.hear_hit,
        regional_cell.learn_hit,
        switch_off.decide_behind_the_cut,
        emptied_wards.consider_hit,
        planned_activity.consider_hit,
    )
    signals.machines_spared.subscribe(degraded_mode.spare)
    signals.down.subscribe(degraded_mode.go_on_paper_for_outage)
    signals.up_again.subscribe(degraded_mode.end_outage, supplier_links.assure)
    signals.supplier_struck.subscribe(supplier_links.hear)
    signals.supplier_cut.subscribe(degraded_mode.losses.sever, degraded_mode.follow_service)
    signals.supplier_back.subscribe(degraded_mode.losses.mend, degraded_mode.follow_service)
    signals.cell_opened.subscribe(
        recovery.begin_if_hit,
        recovery.begin_if_held,
        doors.consider,
        emptied_wards.consider,
        planned_activity.consider,
    )
    signals.cell_knows.subscribe(regional_cell.learn)
    signals.isolated.subscribe(
        recovery.stop_loss,
        partner_links.give_way,
        degraded_mode.isolate,
        recovery.begin_if_held,
        inquiry.hear_cut,
        switch_off.decide,
    )
    signals.switched_off.subscribe(
        recovery.stop_loss,
        degraded_mode.switch_off,
        crisis_cells.gather,
        doors.consider,
        emptied_wards.consider,
        planned_activity.consider,
    )
    signals.switched_on.subscribe(
        degraded_mode.switch_on,
        doors.look,
        emptied_wards.look,
        planned_activity.look,
        crisis_cells.stand_down,
    )
    signals.checked.subscribe(crisis_cells.reconnect_by_day)
    signals.cleaned.subscribe(crisis_cells.reconnect_by_day, crisis_cells.reconnect_those_who_waited)
    signals.reconnected.subscribe(
        degraded_mode.reconnect,
        supplier_links.cut_before_opening,
        supplier_links.assure,
        crisis_cells.stand_down,
    )
    signals.declared.subscribe(regional_cell.hear, hunts.hear, recovery.call, teams.call, supplier_links.hear)
    signals.detected.subscribe(plans_blancs.learn)
    signals.regional_cell_opened.subscribe(
        detection.raise_vigilance, hunts.hear_regional_cell, plans_blancs.open_cell
    )
    signals.regional_cell_closed.subscribe(
        detection.lower_vigilance, hunts.hear_regional_cell_closes, plans_blancs.close_cell
    )
    signals.order_reached.subscribe(crisis_cells.isolate)
    signals.warned.subscribe(hunts.look_for)
    signals.more_is_known.subscribe(hunts.look_again)
    signals.partners_closed.subscribe(degraded_mode.close_partners)
    signals.partners_back.subscribe(degraded_mode.reconnect)
    signals.nothing_found.subscribe(partner_links.reopen, crisis_cells.end_precaution)
    signals.stage_done.subscribe(
        inquiry.hear,
        crisis_cells.reconnect_when_clean,
        crisis_cells.cut_what_was_shared,
        degraded_mode.return_machines,
        switch_off.begin_checks,
    )
    signals.application_back.subscribe(
        degraded_mode.return_application, doors.look, emptied_wards.look, planned_activity.look
    )
    signals.restored.subscribe(
        switch_off.finish,
        degraded_mode.restore,
        doors.look,
        emptied_wards.look,
        planned_activity.look,
        crisis_cells.stand_down,
    )
    signals.emergency_lost.subscribe(plans_blancs.weigh, regional_cell.lose, news.happen)
    signals.shunned.subscribe(degraded_mode.set_shunned)
    signals.plan_blanc.subscribe(degraded_mode.set_plan_blanc)


def _unleash(
    situation: Situation,
    prepared: PreparedAttack,
    p: Parameters,
    is_closed: Callable[[AttackLink], bool],
) -> None:
    """Each wave will begin at its hour, or once the wave that it follows has gone off."""
    waves: dict[str, KillChain | Strike] = {
        here.wave.name: Strike(situation, prepared, p, number)
        if here.wave.is_strike
        else KillChain(situation, prepared, p, number, is_closed)
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
