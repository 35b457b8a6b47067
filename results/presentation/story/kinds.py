"""Words for the kinds of events of a timeline, as a planner says them."""

from collections.abc import Mapping
from typing import Final

from results.presentation.language import _, later
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream

HAPPENINGS: Final[Mapping[EventKind, str]] = {
    EventKind.ATTACK_BEGINS: later("the attack begins"),
    EventKind.FOOTHOLD: later("the attackers get in"),
    EventKind.PRIVILEGE: later("the attackers gain privileges"),
    EventKind.DIRECTORY_CONTROL: later("the attackers hold the directory"),
    EventKind.BACKUPS_DESTROYED: later("backups are destroyed"),
    EventKind.DATA_THEFT: later("data leave"),
    EventKind.DATA_LEAK: later("stolen data are published"),
    EventKind.STRIKE: later("the failure or the denial of service begins"),
    EventKind.OUTAGE: later("it is down"),
    EventKind.OUTAGE_EASES: later("a part of it works again"),
    EventKind.OUTAGE_ENDS: later("it is up again"),
    EventKind.ATTACKERS_REACT: later("the attackers see that they are looked for"),
    EventKind.IMPACT: later("the payload goes off"),
    EventKind.RANSOM_NOTE: later("the ransom note is read"),
    EventKind.SCREENS_DARK: later("screens go dark"),
    EventKind.ALERT: later("something is reported"),
    EventKind.ALERT_CLOSED: later("the report is taken for nothing"),
    EventKind.DETECTION: later("it is known to be an attack"),
    EventKind.CRISIS_CELL: later("the crisis cell opens"),
    EventKind.CRISIS_CELL_CLOSES: later("the crisis cell closes: all is over there"),
    EventKind.BODY_CUTS: later("it is decided to cut the links of all sites"),
    EventKind.ISOLATION: later("links are cut"),
    EventKind.RECONNECTION: later("links are open again"),
    EventKind.SWITCHED_OFF: later("everything is switched off by decision"),
    EventKind.SWITCHED_ON: later("what was spared is checked and on again"),
    EventKind.CLEAN_UP_LIST: later("the inquiry tells what to look for"),
    EventKind.CHECKS_BEGIN: later("checks begin before anything is switched on"),
    EventKind.LEAVES_TRUST: later("it leaves the directory that it shares"),
    EventKind.OWN_ACCOUNTS: later("it has accounts of its own"),
    EventKind.SUPPLIER_ALERT: later("the customers of the supplier are warned"),
    EventKind.SUPPLIER_ALERT_MISSED: later("the warning is missed"),
    EventKind.SUPPLIER_CUT: later("the link to the supplier is cut"),
    EventKind.SUPPLIER_BACK: later("the link to the supplier is taken up again"),
    EventKind.ED_REFUSES_AMBULANCES: later("the emergency department takes no more ambulances, by decision"),
    EventKind.ED_CLOSES: later("the emergency department closes to all, by decision"),
    EventKind.ED_REOPENS: later("the emergency department is open to all again"),
    EventKind.CRITICAL_CARE_EMPTIED: later("critical care is emptied by decision"),
    EventKind.CRITICAL_CARE_REOPENS: later("critical care takes patients again"),
    EventKind.CARE_MOVED: later("patients are sent to other sites by decision"),
    EventKind.CARE_RETURNS: later("patients are cared for at the site again"),
    EventKind.PLANNED_CARE_STOPS: later("planned care is stopped by decision"),
    EventKind.PLANNED_CARE_RESUMES: later("planned care goes on, as far as it can"),
    EventKind.DECLARATION: later("CERT Santé and the ARS are told"),
    EventKind.REGIONAL_CELL: later("the regional crisis cell opens"),
    EventKind.REGIONAL_CELL_CLOSES: later(
        "the regional crisis cell closes: nobody has needed it for some days"
    ),
    EventKind.REGIONAL_ORDER: later("the regional cell gives an order"),
    EventKind.PARTNERS_CLOSED: later("links to partners are closed, by order"),
    EventKind.PARTNERS_BACK: later("links to partners are open again"),
    EventKind.NOTHING_FOUND: later("the search for attackers finds nothing"),
    EventKind.SUPPLIER_ORDER: later("all are ordered to close the doors of suppliers and partners"),
    EventKind.INDICATORS_SHARED: later("traces of the attackers are shared"),
    EventKind.PLAN_BLANC: later("the plan blanc is called"),
    EventKind.PLAN_BLANC_ASKED: later("the regional cell asks for a plan blanc"),
    EventKind.PLAN_BLANC_ENDS: later("the plan blanc ends, staff rest"),
    EventKind.ORSAN: later("ORSAN is set off"),
    EventKind.ORSAN_ENDS: later("ORSAN ends"),
    EventKind.CASUALTIES: later("many hurt at once are on their way"),
    EventKind.RESPONDERS_ASKED: later("a team of responders is asked for"),
    EventKind.RESPONDERS_COME: later("the team of responders is there"),
    EventKind.APPLICATIONS_DOWN: later("applications are down"),
    EventKind.APPLICATIONS_BACK: later("applications are used again"),
    EventKind.STAGE_DONE: later("a stage of recovery is done"),
    EventKind.RESTORED: later("all systems are back"),
    EventKind.ORDINARY_LIFE: later("ordinary life, as on the same days without an attack"),
    EventKind.ED_DIVERTS: later("the emergency department diverts ambulances"),
    EventKind.ED_DIVERTS_NO_MORE: later("the emergency department takes ambulances again"),
    EventKind.ED_FULL: later("the emergency department is full: two patients for each place"),
    EventKind.ED_FULL_NO_MORE: later("the emergency department is full no more"),
    EventKind.ED_OVERLOADED: later("the emergency department is overloaded by patients of others"),
    EventKind.ED_OVERLOADED_NO_MORE: later("the emergency department is overloaded no more"),
    EventKind.CRITICAL_CARE_FULL: later("critical care has no free bed, for a day at least"),
    EventKind.CRITICAL_CARE_FULL_NO_MORE: later("critical care has a free bed"),
    EventKind.LABORATORY_OVERDUE: later("the laboratory is late"),
    EventKind.LABORATORY_IN_TIME: later("the laboratory is in time again"),
    EventKind.IMAGING_OVERDUE: later("images that cannot wait do wait"),
    EventKind.IMAGING_IN_TIME: later("images that cannot wait are made in time again"),
    EventKind.SAMU_SATURATED: later("the SAMU leaves calls without an answer"),
    EventKind.SAMU_SATURATED_NO_MORE: later("the SAMU answers again"),
    EventKind.PATIENTS_UNMET: later("in all, {count} {count:patient is|patients are} not cared for"),
    EventKind.AMBULANCES_DIVERTED: later("in all, {count} {count:ambulance is|ambulances are} diverted"),
    EventKind.PATIENTS_MOVED_ON: later(
        "in all, {count} {count:patient goes|patients go} on to another emergency department"
    ),
    EventKind.PATIENTS_TRANSFERRED: later(
        "in all, {count} {count:patient is|patients are} transferred to another hospital"
    ),
    EventKind.OPERATIONS_POSTPONED: later("in all, {count} {count:operation is|operations are} postponed"),
}
NOT_HELD: Final = later("in all, {count} {count:session is|sessions are} not held")
HELD_ELSEWHERE: Final = later("in all, {count} {count:session is|sessions are} held at another hospital")
OF_STREAMS: Final[Mapping[tuple[EventKind, Stream], str]] = {
    (EventKind.PATIENTS_UNMET, Stream.SAMU): later(
        "in all, {count} {count:call is|calls are} never answered"
    ),
    (EventKind.PATIENTS_UNMET, Stream.LABORATORY): later(
        "in all, {count} {count:analysis is|analyses are} not made"
    ),
    (EventKind.PATIENTS_UNMET, Stream.IMAGING): later("in all, {count} {count:image is|images are} not made"),
    (EventKind.PATIENTS_UNMET, Stream.OUTPATIENT): later(
        "in all, {count} {count:consultation is|consultations are} not held"
    ),
    **{
        (kind, stream): what
        for kind, what in (
            (EventKind.PATIENTS_UNMET, NOT_HELD),
            (EventKind.PATIENTS_TRANSFERRED, HELD_ELSEWHERE),
        )
        for stream in (Stream.DIALYSIS, Stream.CHEMOTHERAPY, Stream.RADIOTHERAPY)
    },
}
"""Of streams that are counted by the hour it is no patient who is not cared for, or moved."""


def happening(kind: EventKind, stream: Stream | None) -> str:
    """What is said of an event of this kind, and of this stream of care if it is of one."""
    if stream is not None and (kind, stream) in OF_STREAMS:
        return _(OF_STREAMS[kind, stream])
    return _(HAPPENINGS[kind])
