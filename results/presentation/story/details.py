"""Words for what an event says besides its kind: what is ordered, which stage is done, who noticed."""

from collections.abc import Mapping
from typing import Final

from results.presentation.language import later
from simulation.engine.event_kinds import EventKind

STAGES: Final[Mapping[str, str]] = {
    "contain": later("the attackers are shut out"),
    "investigate": later("it is known what happened"),
    "directory": later("the directory is rebuilt"),
    "core_servers": later("servers on which all others lean"),
    "first_workstations": later("a first wave of workstations"),
    "vital_applications": later("applications that care needs first"),
    "care_applications": later("the other applications of care"),
    "workstations": later("the workstations"),
    "other_applications": later("all the rest"),
}
LEVELS: Final[Mapping[str, str]] = {"level 1": later("level 1"), "level 2": later("level 2")}
CHANNELS: Final[Mapping[str, str]] = {
    "own": later("by its own staff"),
    "soc": later("by the shared supervision"),
    "cert": later("by a warning from outside"),
    "hunt": later("by a search for their traces"),
    "attacker": later("by the attackers' own doing"),
}
DETAILS: Final[Mapping[EventKind, Mapping[str, str]]] = {
    EventKind.ALERT: CHANNELS,
    EventKind.DETECTION: CHANNELS,
    EventKind.STAGE_DONE: STAGES,
    EventKind.SWITCHED_ON: STAGES,
    EventKind.PLAN_BLANC: LEVELS,
    EventKind.PLAN_BLANC_ASKED: LEVELS,
    EventKind.REGIONAL_ORDER: {
        "watch": later("to look for the attackers"),
        "close_links": later("to close its links to partners"),
        "cut": later("to cut all its links"),
        "switch_off": later("to switch everything off"),
    },
    EventKind.ATTACKERS_REACT: {
        "hurries": later("they set off the payload"),
        "hides": later("they keep still"),
        "strikes_again": later("they come back"),
    },
    EventKind.SWITCHED_OFF: {
        "hit": later("it was hit"),
        "intruder": later("attackers are inside"),
        "order": later("it was told to cut"),
        "precaution": later("as a precaution"),
    },
    EventKind.SUPPLIER_ALERT: {
        "supplier": later("by the supplier itself"),
        "cert": later("by CERT Santé"),
    },
}
"""By kind, and by what the event has as its detail; others say nothing more."""
OF_SERVICES: Final[Mapping[EventKind, str]] = {
    EventKind.CRISIS_CELL: later("those who run it open a crisis cell"),
    EventKind.BODY_CUTS: later("those who run it decide to cut the links of all sites"),
    EventKind.CRISIS_CELL_CLOSES: later("those who run it close their crisis cell"),
    EventKind.DECLARATION: later("those who run it tell CERT Santé and the ARS"),
}
"""A directory, a host or a platform is no establishment: others decide for it."""
