"""Parameters of the crisis: attack, protection, detection, response, sites, responders, recovery, continuity.

A field is a number that the model uses; the file of its mechanism gives it a value, a unit, a plausible range and a
source.
"""

from simulation.inputs.parameters.plausible import Group
from topologies.fields.quantity import Quantity, Share


class Attack(Group):
    """The attack: chances and paces of each step, and what a payload reaches."""

    foothold_success: Share
    foothold_h: Quantity
    skill_odds: Quantity
    privilege_success: Share
    privilege_h: Quantity
    directory_control_success: Share
    directory_control_h: Quantity
    breakout_h: Quantity
    crossing_h: Quantity
    shared_directory_reached: Share
    trust_network: Share
    trust_entity: Share
    trust_separate: Share
    trust_unknown: Share
    crossing_hosting: Share
    crossing_maintenance: Share
    crossing_exchange: Share
    worm_hop_h: Quantity
    worm_crossing: Share
    exfiltration_h: Quantity
    exfiltration_success: Share
    backups_lost: Share
    sabotage_h: Quantity
    sabotage_lead_h: Quantity
    goes_off_at_night: Share
    laid_payload_works: Share
    leak_days: Quantity
    attacker_reads: Share
    attacker_reaction_h: Quantity
    hiding_days: Quantity
    hiding_noise: Share
    return_days: Quantity
    return_success: Share
    encryption_h: Quantity
    encrypted_at_once: Share
    machines_hit: Share
    machines_hit_concentration: Quantity
    faulty_update_hit: Share
    denial_loss: Share


class Protection(Group):
    """What the levers of a posture do, at 1; nothing at 0."""

    exposure_resists: Share
    awareness_resists: Share
    directory_resists: Share
    maintenance_resists: Share
    workstations_resist: Share
    backups_protect: Share
    detection_gain: Quantity
    supervision_sees: Share
    supervision_understands: Share
    supervision_hunts_faster: Share
    supervision_finds: Share
    supervision_checks_faster: Share
    exercises_shorten: Share
    rehearsal_speeds_recovery: Share
    unrehearsed_plan_helps: Share
    plan_keeps_on: Share
    plan_leaves_trust: Share
    plan_keeps_open: Share
    plan_resumes: Share


class Detection(Group):
    """How soon an intruder is noticed, and how much noise each act makes."""

    detection_h: Quantity
    foothold_noise: Quantity
    privilege_noise: Quantity
    sabotage_seen: Share
    theft_seen: Share
    loud_notice_h: Quantity
    alert_overlooked: Share
    soc_detection_h: Quantity
    cert_warning_h: Quantity
    vigilance_gain: Quantity
    indicators_h: Quantity
    hunt_h: Quantity
    hunt_finds: Share
    impact_notice_h: Quantity


class Response(Group):
    """Decisions and their delays: triage, crisis cells, isolation, declaration, orders."""

    triage_h: Quantity
    crisis_cell_h: Quantity
    isolation_h: Quantity
    body_decides_h: Quantity
    body_follows_h: Quantity
    declaration_h: Quantity
    regional_cell_h: Quantity
    cell_calm_days: Quantity
    order_h: Quantity
    precaution_share: Share
    isolation_days: Quantity
    supplier_tells_h: Quantity
    way_in_traced_h: Quantity
    supplier_alert_missed: Share
    supplier_cut_share: Share
    supplier_cut_h: Quantity
    assurance_days: Quantity


class SiteDecisions(Group):
    """What an establishment decides for itself: everything off, and on again; its doors; what is put off."""

    switches_off_hit: Share
    switches_off_spared: Share
    switches_off_quiet: Share
    first_check_days: Quantity
    next_check_days: Quantity
    clean_up_list_days: Quantity
    leaves_trust: Share
    leaves_trust_days: Quantity
    own_accounts_days: Quantity
    doors_h: Quantity
    ed_refuses_hit: Share
    ed_refuses_spared: Share
    ed_closes_share: Share
    ed_closed_h: Quantity
    ed_refuses_days: Quantity
    ed_reopens_at: Share
    planned_decision_h: Quantity
    stopped_keeps: Share
    organised_loses: Share
    needs_are_back_at: Share
    radiotherapy_days: Quantity
    chemotherapy_days: Quantity
    planned_surgery_days: Quantity
    outpatient_days: Quantity
    planned_stays_days: Quantity
    empties_critical: Share
    empties_maternity: Share
    sessions_elsewhere: Share
    empties_h: Quantity
    emptied_days: Quantity
    unit_reopens_at: Share


class ResponderTeams(Group):
    """Teams: how many an establishment has, when others come, how long they work."""

    beds_per_it_team: Quantity
    reference_it_budget: Share
    visiting_shift_h: Quantity
    visiting_morning_h: Quantity
    fatigue_a_week: Share
    fatigue_most: Share


class Recovery(Group):
    """Work of one team for the reference beds with every machine hit and backups intact, and what changes it."""

    contain_days: Quantity
    investigate_days: Quantity
    directory_days: Quantity
    core_servers_days: Quantity
    vital_applications_days: Quantity
    care_applications_days: Quantity
    first_workstations_days: Quantity
    workstations_days: Quantity
    other_applications_days: Quantity
    work_size_exponent: Quantity
    whole_size_exponent: Quantity
    work_log_sd: Quantity
    case_log_sd: Quantity
    lost_backups_multiply: Quantity
    untested_backups_fail: Share
    untested_backups_multiply: Quantity
    key_leaves: Share
    service_beds: Quantity
    reference_beds: Quantity


class Continuity(Group):
    """Care without its applications: what an attack takes, dependence on shared services, and work on paper."""

    taken_whole: Share
    machines_needed: Share
    host_dependence: Share
    laboratory_dependence: Share
    exams_can_wait: Share
    platform_dependence: Share
    vendor_dependence: Share
    partners_of_outside: Share
    paper_from: Share
    effort_share: Share
    effort_h: Quantity
    paper_shock: Quantity
    paper_learning_h: Quantity
    paper_settled: Quantity
    paper_tiring_a_week: Share
    paper_tiring_most: Share
    reentry_loss: Share
    reentry_days_per_day: Quantity
