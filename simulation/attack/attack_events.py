"""Events of an attack or a failure, with their fields: what an attacker does, what a strike takes, what shows it."""

from dataclasses import dataclass

from simulation.engine.event_kinds import Actor, EventKind
from topologies.region import LinkKind


@dataclass(frozen=True, slots=True)
class AttackBegins:
    """A wave of attack begins."""

    kind = EventKind.ATTACK_BEGINS
    actor, technique = kind.actor, kind.technique
    wave: str

    @property
    def detail(self) -> str:
        """The name of the wave."""
        return self.wave


@dataclass(frozen=True, slots=True)
class Foothold:
    """The attacker is in, over a link from another node or at an entry point."""

    kind = EventKind.FOOTHOLD
    actor = kind.actor
    technique: str
    link: LinkKind | None = None
    source: str | None = None

    @property
    def detail(self) -> str:
        """The link and where it comes from."""
        return "entry point" if self.link is None else f"{self.link} {self.source}"


@dataclass(frozen=True, slots=True)
class StrikeBegins:
    """A service is denied, a supplier fails, or an update breaks machines."""

    kind = EventKind.STRIKE
    actor: Actor
    technique: str | None
    wave: str

    @property
    def detail(self) -> str:
        """The name of the wave."""
        return self.wave


@dataclass(frozen=True, slots=True)
class Outage:
    """A node is down because of a strike."""

    kind = EventKind.OUTAGE
    actor, detail = kind.actor, ""
    technique: str | None


@dataclass(frozen=True, slots=True)
class OutageEases:
    """So much of a node that a strike took works again."""

    kind = EventKind.OUTAGE_EASES
    actor, technique = kind.actor, kind.technique
    share: float

    @property
    def detail(self) -> str:
        """The share, in words."""
        return f"{self.share:.0%} works"


@dataclass(frozen=True, slots=True)
class AttackersReact:
    """The attackers have seen that they are looked for, and do something about it."""

    kind = EventKind.ATTACKERS_REACT
    actor = kind.actor
    reaction: str
    technique: str

    @property
    def detail(self) -> str:
        """What they do."""
        return self.reaction


@dataclass(frozen=True, slots=True)
class Impact:
    """The payload goes off in a node."""

    kind = EventKind.IMPACT
    actor = kind.actor
    technique: str
    machines: float
    """Share of the machines that are lost unless someone stops it."""

    @property
    def detail(self) -> str:
        """The share, in words."""
        return f"{self.machines:.0%} of machines at most"


@dataclass(frozen=True, slots=True)
class RansomNote:
    """Printers put out a note."""

    kind = EventKind.RANSOM_NOTE
    actor, detail = kind.actor, ""
    technique: str


@dataclass(frozen=True, slots=True)
class ScreensDark:
    """Screens go dark: nothing asks for money."""

    kind = EventKind.SCREENS_DARK
    actor, detail = kind.actor, ""
    technique: str


OF_ATTACKS = (
    AttackBegins,
    Foothold,
    StrikeBegins,
    Outage,
    OutageEases,
    AttackersReact,
    Impact,
    RansomNote,
    ScreensDark,
)
"""The kinds of attacks and failures that have fields."""
