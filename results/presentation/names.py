"""Names: what the kinds of things in a region, a scenario and a posture are called for people."""

from collections.abc import Mapping
from typing import Final

from results.presentation.language import later
from simulation.inputs.postures.posture import ServedFirst
from simulation.inputs.scenarios.reaction import Reaction
from simulation.inputs.scenarios.wave import Payload
from topologies import Basis, Category, LinkKind
from topologies.region import Trust

CATEGORIES: Final[Mapping[Category, str]] = {
    Category.UNIVERSITY: later("{count:university hospital|university hospitals}"),
    Category.GENERAL: later("{count:general hospital|general hospitals}"),
    Category.LOCAL: later("{count:local hospital|local hospitals}"),
    Category.PSYCHIATRIC: later("{count:psychiatric hospital|psychiatric hospitals}"),
    Category.MILITARY: later("{count:military hospital|military hospitals}"),
    Category.CANCER: later("{count:cancer centre|cancer centres}"),
    Category.CLINIC: later("{count:clinic|clinics}"),
    Category.REHABILITATION: later("{count:rehabilitation centre|rehabilitation centres}"),
    Category.PRIVATE_EMERGENCY: later(
        "{count:private hospital|private hospitals} with an emergency department"
    ),
}

LINKS: Final[Mapping[LinkKind, str]] = {
    LinkKind.DIRECTORY: later("directory trust"),
    LinkKind.HOSTING: later("hosting"),
    LinkKind.MAINTENANCE: later("remote maintenance"),
    LinkKind.EXCHANGE: later("mail and interfaces"),
    LinkKind.TRANSFER: later("patient transfers"),
}

BASES: Final[Mapping[Basis, str]] = {
    Basis.PUBLISHED: later("published"),
    Basis.DERIVED: later("derived by rule"),
    Basis.ASSUMPTION: later("assumed"),
    Basis.DECLARED: later("declared by those concerned"),
}
"""How a fact is known."""

TRUSTS: Final[Mapping[Trust, str]] = {
    Trust.NETWORK: later("one network"),
    Trust.ENTITY: later("the sites of one legal entity"),
    Trust.SEPARATE: later("separate legal entities"),
    Trust.UNKNOWN: later("nobody knows: a group supposed by rule"),
}
"""What stands behind a directory."""

REACTIONS: Final[Mapping[Reaction, str]] = {
    Reaction.PASSIVE: later("they do nothing"),
    Reaction.HURRIES: later("they set off the payload at once, wherever they still can"),
    Reaction.HIDES: later("they keep still for some days"),
    Reaction.STRIKES_AGAIN: later("they come back to who is on the network again too early"),
}
"""How attackers react to being looked for."""

SEVERITIES: Final[Mapping[str, str]] = {
    "one_workstation": later("one workstation"),
    "one_server": later("one server"),
    "several_servers": later("several servers"),
    "provider": later("a provider of several establishments"),
}
"""How far a case of ransomware goes."""

PAYLOADS: Final[Mapping[Payload, str]] = {
    Payload.RANSOMWARE: later("ransomware"),
    Payload.WIPER: later("destruction (wiper)"),
    Payload.THEFT: later("theft and publication of data"),
    Payload.DENIAL: later("denial of service"),
    Payload.OUTAGE: later("outage of a supplier"),
    Payload.FAULTY_UPDATE: later("faulty update"),
}

LEVERS: Final[Mapping[str, str]] = {
    "internet_exposure": later("Exposure to the internet"),
    "directory": later("Directories"),
    "workstations": later("Workstations"),
    "detection": later("Detection"),
    "remote_maintenance": later("Remote maintenance"),
    "backups": later("Backups"),
    "continuity_plan": later("Continuity plan"),
    "exercises": later("Exercises"),
    "awareness": later("Staff awareness"),
    "it_budget_share": later("Share of the budget for digital"),
    "shared_soc": later("Shared security supervision"),
    "ght_pooling": later("GHTs that pool their teams"),
}

SERVED_FIRST: Final[Mapping[ServedFirst, str]] = {
    ServedFirst.FIRST_COME: later("first come, first served"),
    ServedFirst.PATIENTS_AT_STAKE: later("most patients at stake"),
    ServedFirst.EVENT_HOSPITALS: later("the hospitals of the event, then most patients at stake"),
}
"""Where responders go first."""
