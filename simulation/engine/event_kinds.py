"""Kinds of timeline events: all that can happen in a crisis, who acts, and the fields of each kind.

A kind without fields of its own happens as it stands: `note(node, EventKind.ISOLATION)`. The others have a class each:
`note(node, Detected(Channel.OWN))`. What readers of the timeline table see in `detail` is written from these fields;
nothing in the program reads it back.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Protocol, Self


class Actor(StrEnum):
    """Who acts."""

    ATTACKER = "attacker"
    ESTABLISHMENT = "establishment"
    REGION = "region"
    NATION = "nation"


class Happening(Protocol):
    """Something that happens: its kind, who acts, the MITRE ATT&CK technique, and its fields as a reader sees them."""

    @property
    def kind(self) -> "EventKind":
        """What kind of event it is."""

    @property
    def actor(self) -> Actor:
        """Who acts."""

    @property
    def technique(self) -> str | None:
        """The MITRE ATT&CK technique, of what an attacker does."""

    @property
    def detail(self) -> str:
        """What a reader of the timeline should also know."""


class EventKind(StrEnum):
    """What can happen; with each kind, who acts and the technique, unless the fields of the kind say so."""

    actor: Actor
    technique: str | None

    def __new__(cls, name: str, actor: Actor, technique: str | None = None) -> Self:
        """A kind is its name, as the timeline table has it."""
        kind = str.__new__(cls, name)
        kind._value_ = name
        kind.actor, kind.technique = actor, technique
        return kind

    ATTACK_BEGINS = "attack_begins", Actor.ATTACKER, "T1595"
    FOOTHOLD = "foothold", Actor.ATTACKER
    PRIVILEGE = "privilege", Actor.ATTACKER, "T1068"
    DIRECTORY_CONTROL = "directory_control", Actor.ATTACKER, "T1003"
    BACKUPS_DESTROYED = "backups_destroyed", Actor.ATTACKER, "T1490"
    DATA_THEFT = "data_theft", Actor.ATTACKER, "T1567"
    DATA_LEAK = "data_leak", Actor.ATTACKER, "T1657"
    STRIKE = "strike", Actor.REGION
    OUTAGE = "outage", Actor.REGION
    OUTAGE_EASES = "outage_eases", Actor.REGION
    OUTAGE_ENDS = "outage_ends", Actor.REGION
    ATTACKERS_REACT = "attackers_react", Actor.ATTACKER
    IMPACT = "impact", Actor.ATTACKER
    RANSOM_NOTE = "ransom_note", Actor.ATTACKER
    SCREENS_DARK = "screens_dark", Actor.ATTACKER
    ALERT = "alert", Actor.ESTABLISHMENT
    ALERT_CLOSED = "alert_closed", Actor.ESTABLISHMENT
    DETECTION = "detection", Actor.ESTABLISHMENT
    CRISIS_CELL = "crisis_cell", Actor.ESTABLISHMENT
    CRISIS_CELL_CLOSES = "crisis_cell_closes", Actor.ESTABLISHMENT
    BODY_CUTS = "body_cuts", Actor.ESTABLISHMENT
    ISOLATION = "isolation", Actor.ESTABLISHMENT
    RECONNECTION = "reconnection", Actor.ESTABLISHMENT
    SWITCHED_OFF = "switched_off", Actor.ESTABLISHMENT
    SWITCHED_ON = "switched_on", Actor.ESTABLISHMENT
    CLEAN_UP_LIST = "clean_up_list", Actor.REGION
    CHECKS_BEGIN = "checks_begin", Actor.ESTABLISHMENT
    LEAVES_TRUST = "leaves_trust", Actor.ESTABLISHMENT
    OWN_ACCOUNTS = "own_accounts", Actor.ESTABLISHMENT
    SUPPLIER_ALERT = "supplier_alert", Actor.REGION
    SUPPLIER_ALERT_MISSED = "supplier_alert_missed", Actor.ESTABLISHMENT
    SUPPLIER_CUT = "supplier_cut", Actor.ESTABLISHMENT
    SUPPLIER_BACK = "supplier_back", Actor.ESTABLISHMENT
    ED_REFUSES_AMBULANCES = "ed_refuses_ambulances", Actor.ESTABLISHMENT
    ED_CLOSES = "ed_closes", Actor.ESTABLISHMENT
    ED_REOPENS = "ed_reopens", Actor.ESTABLISHMENT
    CRITICAL_CARE_EMPTIED = "critical_care_emptied", Actor.ESTABLISHMENT
    CRITICAL_CARE_REOPENS = "critical_care_reopens", Actor.ESTABLISHMENT
    CARE_MOVED = "care_moved", Actor.ESTABLISHMENT
    CARE_RETURNS = "care_returns", Actor.ESTABLISHMENT
    PLANNED_CARE_STOPS = "planned_care_stops", Actor.ESTABLISHMENT
    PLANNED_CARE_RESUMES = "planned_care_resumes", Actor.ESTABLISHMENT
    DECLARATION = "declaration", Actor.ESTABLISHMENT
    REGIONAL_CELL = "regional_cell", Actor.REGION
    REGIONAL_CELL_CLOSES = "regional_cell_closes", Actor.REGION
    REGIONAL_ORDER = "regional_order", Actor.REGION
    PARTNERS_CLOSED = "partners_closed", Actor.ESTABLISHMENT
    PARTNERS_BACK = "partners_back", Actor.ESTABLISHMENT
    NOTHING_FOUND = "nothing_found", Actor.ESTABLISHMENT
    SUPPLIER_ORDER = "supplier_order", Actor.REGION
    INDICATORS_SHARED = "indicators_shared", Actor.REGION
    PLAN_BLANC = "plan_blanc", Actor.ESTABLISHMENT
    PLAN_BLANC_ASKED = "plan_blanc_asked", Actor.REGION
    PLAN_BLANC_ENDS = "plan_blanc_ends", Actor.ESTABLISHMENT
    ORSAN = "orsan", Actor.REGION
    ORSAN_ENDS = "orsan_ends", Actor.REGION
    CASUALTIES = "casualties", Actor.REGION
    RESPONDERS_ASKED = "responders_asked", Actor.ESTABLISHMENT
    RESPONDERS_COME = "responders_come", Actor.REGION
    APPLICATIONS_DOWN = "applications_down", Actor.ESTABLISHMENT
    APPLICATIONS_BACK = "applications_back", Actor.ESTABLISHMENT
    STAGE_DONE = "stage_done", Actor.ESTABLISHMENT
    RESTORED = "restored", Actor.ESTABLISHMENT
    ORDINARY_LIFE = "ordinary_life", Actor.REGION
    ED_DIVERTS = "ed_diverts", Actor.ESTABLISHMENT
    ED_DIVERTS_NO_MORE = "ed_diverts_no_more", Actor.ESTABLISHMENT
    ED_FULL = "ed_full", Actor.ESTABLISHMENT
    ED_FULL_NO_MORE = "ed_full_no_more", Actor.ESTABLISHMENT
    ED_OVERLOADED = "ed_overloaded", Actor.ESTABLISHMENT
    ED_OVERLOADED_NO_MORE = "ed_overloaded_no_more", Actor.ESTABLISHMENT
    CRITICAL_CARE_FULL = "critical_care_full", Actor.ESTABLISHMENT
    CRITICAL_CARE_FULL_NO_MORE = "critical_care_full_no_more", Actor.ESTABLISHMENT
    LABORATORY_OVERDUE = "laboratory_overdue", Actor.ESTABLISHMENT
    LABORATORY_IN_TIME = "laboratory_in_time", Actor.ESTABLISHMENT
    IMAGING_OVERDUE = "imaging_overdue", Actor.ESTABLISHMENT
    IMAGING_IN_TIME = "imaging_in_time", Actor.ESTABLISHMENT
    SAMU_SATURATED = "samu_saturated", Actor.REGION
    SAMU_SATURATED_NO_MORE = "samu_saturated_no_more", Actor.REGION
    PATIENTS_UNMET = "patients_unmet", Actor.ESTABLISHMENT
    AMBULANCES_DIVERTED = "ambulances_diverted", Actor.ESTABLISHMENT
    PATIENTS_MOVED_ON = "patients_moved_on", Actor.ESTABLISHMENT
    PATIENTS_TRANSFERRED = "patients_transferred", Actor.ESTABLISHMENT
    OPERATIONS_POSTPONED = "operations_postponed", Actor.ESTABLISHMENT

    @property
    def kind(self) -> Self:
        """A kind without fields is all that happened."""
        return self

    @property
    def detail(self) -> str:
        """Nothing more is to be known."""
        return ""


class Channel(StrEnum):
    """Who notices an intruder."""

    OWN = "own"
    """The establishment's own staff."""
    SOC = "soc"
    """The supervision shared by the region."""
    CERT = "cert"
    """A warning from outside."""
    HUNT = "hunt"
    """A search for the traces that the first victims have shared."""
    ATTACKER = "attacker"
    """The attacker's own note, or the data that they publish."""


class Order(IntEnum):
    """What the regional cell orders an establishment to do; each holds what comes before it."""

    WATCH = 0
    """Look for the attackers in its own systems."""
    CLOSE_LINKS = 1
    """Close the links to those behind the same directory, and to partners."""
    CUT = 2
    """Cut itself off from outside."""
    SWITCH_OFF = 3
    """Switch everything off."""


@dataclass(frozen=True, slots=True)
class RegionalOrder:
    """The regional cell orders something, by what is known by then."""

    kind = EventKind.REGIONAL_ORDER
    actor, technique = kind.actor, kind.technique
    order: Order

    @property
    def detail(self) -> str:
        """The order, in a word."""
        return self.order.name.lower()


@dataclass(frozen=True, slots=True)
class IndicatorsShared:
    """The traces of the attackers of a wave are shared."""

    kind = EventKind.INDICATORS_SHARED
    actor, technique = kind.actor, kind.technique
    wave: str

    @property
    def detail(self) -> str:
        """The name of the wave."""
        return self.wave


@dataclass(frozen=True, slots=True)
class Alert:
    """Something is reported."""

    kind = EventKind.ALERT
    actor, technique = kind.actor, kind.technique
    channel: Channel

    @property
    def detail(self) -> str:
        """Who noticed."""
        return str(self.channel)


@dataclass(frozen=True, slots=True)
class Detected:
    """It is known to be an attack."""

    kind = EventKind.DETECTION
    actor, technique = kind.actor, kind.technique
    channel: Channel

    @property
    def detail(self) -> str:
        """Who noticed."""
        return str(self.channel)


@dataclass(frozen=True, slots=True)
class PlanBlancAsked:
    """The regional cell asks for the plan blanc at a level, 1 or 2."""

    kind = EventKind.PLAN_BLANC_ASKED
    actor, technique = kind.actor, kind.technique
    level: int

    @property
    def detail(self) -> str:
        """The level, in words."""
        return f"level {self.level}"


@dataclass(frozen=True, slots=True)
class PlanBlancCalled:
    """The plan blanc is called at a level, 1 or 2."""

    kind = EventKind.PLAN_BLANC
    actor, technique = kind.actor, kind.technique
    level: int

    @property
    def detail(self) -> str:
        """The level, in words."""
        return f"level {self.level}"


@dataclass(frozen=True, slots=True)
class Casualties:
    """Many hurt at once are on their way from a venue."""

    kind = EventKind.CASUALTIES
    actor, technique = kind.actor, kind.technique
    venue: str

    @property
    def detail(self) -> str:
        """The venue."""
        return self.venue


WITH_FIELDS = (Alert, Detected, RegionalOrder, IndicatorsShared, PlanBlancAsked, PlanBlancCalled, Casualties)
"""The kinds with fields, but for those of `attack_events.py`, `recovery_events.py` and `site_events.py`; each of the
others happens as it stands."""
