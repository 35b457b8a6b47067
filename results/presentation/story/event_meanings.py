"""What each kind of event of the timeline means, for who reads the dataset."""

from simulation.engine.event_kinds import EventKind

KIND_MEANINGS: dict[EventKind, str] = {
    EventKind.ATTACK_BEGINS: "a wave of attack begins",
    EventKind.FOOTHOLD: "the attacker gains a foothold; `detail` is the link and where they came from",
    EventKind.PRIVILEGE: "the attackers have privileges",
    EventKind.DIRECTORY_CONTROL: "the attackers hold the directory",
    EventKind.BACKUPS_DESTROYED: "backups are destroyed or encrypted",
    EventKind.DATA_THEFT: "data leave",
    EventKind.DATA_LEAK: "stolen data are published",
    EventKind.STRIKE: "a denial of service, an outage of a supplier or a faulty update begins",
    EventKind.OUTAGE: "a service is down because of it",
    EventKind.OUTAGE_EASES: "so much of it works again; `detail` is the share",
    EventKind.OUTAGE_ENDS: "it is up again",
    EventKind.ATTACKERS_REACT: "the attackers see that they are looked for; `detail` is what they do",
    EventKind.IMPACT: "the payload goes off",
    EventKind.RANSOM_NOTE: "the note is read",
    EventKind.SCREENS_DARK: "screens go dark",
    EventKind.ALERT: "something is reported; `detail` is who noticed",
    EventKind.ALERT_CLOSED: "it is taken for nothing",
    EventKind.DETECTION: "it is known to be an attack",
    EventKind.CRISIS_CELL: "the crisis cell of the establishment is open",
    EventKind.CRISIS_CELL_CLOSES: "it closes, some days after all is over there",
    EventKind.BODY_CUTS: "whoever decides for it and others decides to cut the links of all of them",
    EventKind.ISOLATION: "its links are cut",
    EventKind.RECONNECTION: "it is back on its links",
    EventKind.SWITCHED_OFF: (
        "it switches everything off by decision; `detail` is why: hit, intruder, order or precaution"
    ),
    EventKind.SWITCHED_ON: (
        "what was spared of a group of applications is checked and on again; `detail` is the stage of recovery"
        " with which the group would have been rebuilt"
    ),
    EventKind.CLEAN_UP_LIST: (
        "the inquiry at the first victim of a wave has told what to look for and how to clean it; until then nobody"
        " who was spared switches on; `detail` is the wave"
    ),
    EventKind.CHECKS_BEGIN: "what was switched off begins to be checked",
    EventKind.LEAVES_TRUST: "it leaves the directory that it shares, so as to wait for it no longer",
    EventKind.OWN_ACCOUNTS: "it has accounts of its own",
    EventKind.SUPPLIER_ALERT: (
        "the customers of a supplier are told that it was attacked; `detail` is who tells: supplier or cert"
    ),
    EventKind.SUPPLIER_ALERT_MISSED: "a customer does not heed that",
    EventKind.SUPPLIER_CUT: "a customer cuts its link to a supplier; `detail` is the supplier",
    EventKind.SUPPLIER_BACK: "it takes the link up again; `detail` is the supplier",
    EventKind.ED_REFUSES_AMBULANCES: "its emergency department takes no ambulances, by decision",
    EventKind.ED_CLOSES: "its emergency department closes to all, by decision",
    EventKind.ED_REOPENS: "its emergency department is open to all again",
    EventKind.CRITICAL_CARE_EMPTIED: "its critical care takes nobody, and its patients are moved to other hospitals",
    EventKind.CRITICAL_CARE_REOPENS: "its critical care takes patients again",
    EventKind.CARE_MOVED: (
        "patients are sent to other sites by decision: women in childbirth, or those whose session would wait;"
        " `detail` is the stream"
    ),
    EventKind.CARE_RETURNS: "patients are cared for at the site again; `detail` is the stream",
    EventKind.PLANNED_CARE_STOPS: "planned streams of care are stopped by decision; `detail` is which",
    EventKind.PLANNED_CARE_RESUMES: "a planned stream goes on; `detail` is which",
    EventKind.DECLARATION: "it declares to CERT Santé and the ARS",
    EventKind.REGIONAL_CELL: "the regional crisis cell is open",
    EventKind.REGIONAL_CELL_CLOSES: "it closes, after some days on which nobody was cut off, dark or shut",
    EventKind.REGIONAL_ORDER: (
        "it orders an establishment, by what is known; `detail`: watch, close_links, cut or switch_off"
    ),
    EventKind.PARTNERS_CLOSED: "its links to partners and to those behind the same directory are closed, by order",
    EventKind.PARTNERS_BACK: "these are open again",
    EventKind.NOTHING_FOUND: "it has looked for the attackers, and found nothing; orders and precautions end",
    EventKind.SUPPLIER_ORDER: "it orders all to close the doors of suppliers and partners to intruders",
    EventKind.INDICATORS_SHARED: "traces of the attackers are shared; `detail` is the wave",
    EventKind.PLAN_BLANC: "the plan blanc is called; `detail` is its level, 1 or 2",
    EventKind.PLAN_BLANC_ASKED: "the regional cell asks for a plan blanc; `detail` is its level, 1 or 2",
    EventKind.PLAN_BLANC_ENDS: "the plan blanc ends, and those who were recalled rest",
    EventKind.ORSAN: "the regional cell sets off ORSAN: all that were not struck are asked for their plan",
    EventKind.ORSAN_ENDS: "it ends",
    EventKind.CASUALTIES: "many hurt at once are on their way; `detail` is the venue",
    EventKind.RESPONDERS_ASKED: "a team of responders is asked for",
    EventKind.RESPONDERS_COME: "it is there; `detail` is its level",
    EventKind.APPLICATIONS_DOWN: "more than half of applications is missing; `detail` is which",
    EventKind.APPLICATIONS_BACK: "applications are used again; `detail` is which",
    EventKind.STAGE_DONE: "a stage of recovery is done; `detail` is the stage",
    EventKind.RESTORED: "all systems are back",
    EventKind.ORDINARY_LIFE: "days without an attack: what it leads to would be so in the ordinary twin",
    EventKind.ED_DIVERTS: "an emergency department is on diversion; `detail` is its stream, as below",
    EventKind.ED_DIVERTS_NO_MORE: "it is not any more",
    EventKind.ED_FULL: "for four hours it holds two patients per staffed place or more",
    EventKind.ED_FULL_NO_MORE: "it holds fewer than one and a half",
    EventKind.ED_OVERLOADED: "over twelve hours other departments send it a quarter of its own patients or more",
    EventKind.ED_OVERLOADED_NO_MORE: "they send it less than a tenth",
    EventKind.CRITICAL_CARE_FULL: "for a day and a night it has no free bed",
    EventKind.CRITICAL_CARE_FULL_NO_MORE: "it has one",
    EventKind.LABORATORY_OVERDUE: "for two hours, four hours of analyses wait, or more",
    EventKind.LABORATORY_IN_TIME: "less than one hour of them waits",
    EventKind.IMAGING_OVERDUE: "for two hours, three hours of images that cannot wait do wait, or more",
    EventKind.IMAGING_IN_TIME: "less than half an hour of them waits",
    EventKind.SAMU_SATURATED: "for two hours a fifth of the calls or more is unanswered",
    EventKind.SAMU_SATURATED_NO_MORE: "less than a tenth is",
    EventKind.PATIENTS_UNMET: (
        "so many `patients` left without being seen, or were lost without care, from the same `cause`, whose first"
        " such hour ends here; `detail` is the stream"
    ),
    EventKind.AMBULANCES_DIVERTED: "the same of ambulances that it diverted to another department",
    EventKind.PATIENTS_MOVED_ON: "the same of patients who went on by themselves to another department",
    EventKind.PATIENTS_TRANSFERRED: "the same of patients transferred to another hospital",
    EventKind.OPERATIONS_POSTPONED: "the same of operations that were not done on their day",
}
