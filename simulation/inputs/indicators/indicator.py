"""An indicator: a number computed for each replication, with all that is said of it anywhere."""

from dataclasses import dataclass
from enum import Enum

from topologies.fields.title import Title

DAY_H = 24
"""Days on screens of an indicator in hours."""
PERCENT = 0.01
"""Per cent on screens of an indicator that is a share."""


class Theme(Enum):
    """What an indicator is about; in the order in which a health agency reads the themes."""

    EMERGENCY = Title(fr="Services d’urgences", en="Emergency departments")
    CRITICAL = Title(fr="Soins critiques et urgences vitales", en="Critical care and time-critical patients")
    HARM = Title(fr="Pertes de chances pour les patients", en="Harm to patients")
    PLANNED = Title(fr="Activité programmée", en="Planned care")
    ATTACK = Title(fr="Attaque et retour à la normale", en="Attack and return to normal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How to know, of an indicator that is a time, who is still waiting at the horizon: right-censored, not absent."""

    since: str | None = None
    """The indicator from whose hour it counts; the scenario's start where it is `None`."""
    over: str | None = None
    """The yes-or-no that says whether it was over, and is null where there was nothing to wait for.

    `None` where all who have reached `since` wait, and a value says that it was over.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """Its unit, its title on screens, how it is counted, and whether a threshold may bound it."""

    unit: str
    """That of the data: `h` for hours, `1` for a share or a ratio."""
    title: Title
    """What screens and reports call it, with the unit in which they show it."""
    counted: str
    """How it is counted: the description of its column."""
    shown_per: float = 1
    """What one of the unit on screens is worth in that of the data: 24 for days of an indicator in hours."""
    read_first: bool = False
    """It is among the dozen that matter most: who is not cared for in time, what that costs, and until when."""
    at_most: float | None = None
    """What no region can reach: a threshold up to here may bound the indicator; none may where it is `None`."""
    is_delay: bool = False
    """It says how long something took: a threshold on it is a deadline, which falls before a scenario's horizon.

    A threshold on any other bounds what the attack adds to the same days without it.
    """
    wait: Wait | None = None
    """It is a time that may not be over at the horizon."""
