"""A wave of a scenario: who attacks, how, where first, and when the payload goes off.

A wave is an intrusion (someone comes in, moves, and sets off a payload where they are in control) or a strike (a
service is denied, a supplier fails, an update breaks machines: it hits at its hour, without anyone inside).
"""

from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from typing import Self

from pydantic import Field, model_validator

from simulation.inputs.clock import HALF_A_YEAR_H, ParisInstant
from simulation.inputs.scenarios.choice import MOST_POINTS, Choice, Point
from simulation.inputs.scenarios.reaction import Reaction, Reacts
from topologies.errors import Message
from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input, Quantity, Share
from topologies.fields.scalars import Number, Whole, YesNo
from topologies.fields.title import Title
from topologies.region import LinkKind


class Payload(StrEnum):
    """What the wave does in the end."""

    RANSOMWARE = "ransomware"
    """Machines are encrypted, a note asks for money; a key can come back."""
    WIPER = "wiper"
    """Machines are destroyed; no key exists."""
    THEFT = "theft"
    """Data are stolen and published; nothing stops working."""
    DENIAL = "denial"
    """A service cannot be reached while the flood lasts."""
    OUTAGE = "outage"
    """A supplier's service stops, and with it what its subscribers need of it."""
    FAULTY_UPDATE = "faulty_update"
    """An update stops machines of all the subscribers of a vendor at once."""


STRIKES = frozenset({Payload.DENIAL, Payload.OUTAGE, Payload.FAULTY_UPDATE})
"""What needs nobody inside."""


class WayIn(StrEnum):
    """How the first door is opened."""

    EXPLOIT = "exploit"
    MAIL = "mail"
    CREDENTIALS = "credentials"
    SUPPLIER = "supplier"


class Movement(StrEnum):
    """How an intrusion goes from one node to the next."""

    HANDS = "hands"
    """People climb to the directory, then follow its links."""
    WORM = "worm"
    """A program jumps from machine to machine without anyone's directory."""


class Detonation(Input):
    """When the payload goes off: at the first of these that comes true."""

    at: ParisInstant | None = None
    after_h: Quantity | None = None
    """Hours from the first foothold."""
    sites: Whole | None = Field(default=None, gt=0, le=10_000)
    """As soon as so many establishments are under control."""
    target: Point | None = None
    """As soon as this one is under control; one that is chosen is the same in every replication."""
    arrival: YesNo = False
    """In each node as soon as it is entered."""

    @model_validator(mode="after")
    def _says_when(self) -> Self:
        if not (self.at or self.after_h or self.sites or self.target or self.arrival):
            raise ValueError(
                Message("does not say when the payload goes off"),
                Message("give at, after_h, sites, target or arrival"),
            )
        if isinstance(self.target, Choice) and (self.target.drawn or self.target.count > 1):
            raise ValueError(
                Message("target is not one node, the same in every replication"),
                Message("choose it by largest or nearest, with count 1"),
            )
        return self


class PartlyBack(Input):
    """So much of a service works again, so many hours after a strike."""

    after_h: Number = Field(ge=0, le=HALF_A_YEAR_H)
    share: Number = Field(ge=0, lt=1)


class After(Input):
    """Another wave's payload goes off, and so many hours later this wave begins: the same attackers set in again."""

    wave: Slug
    delay_h: Number = Field(default=0.0, ge=0, le=HALF_A_YEAR_H)


MOVES_BY = (LinkKind.DIRECTORY, LinkKind.HOSTING, LinkKind.MAINTENANCE, LinkKind.EXCHANGE)


class Wave(Input):
    """One attacker's undertaking, or one failure that strikes many."""

    name: Slug
    title: Title
    payload: Payload
    entry_points: tuple[Point, ...] = Field(min_length=1, max_length=MOST_POINTS)
    """Who is tried first; of a strike, who is struck."""
    skill: Share | None = None
    """How able the attacker is, 0..1; of an intrusion only."""
    inside: YesNo = False
    """When the wave begins the attacker holds the directories of the entry points: how they came in is not told."""
    way_in: WayIn = WayIn.EXPLOIT
    movement: Movement = Movement.HANDS
    links: tuple[LinkKind, ...] = MOVES_BY
    """The kinds of links that the attacker follows; with none, they stay where they came in."""
    begins: ParisInstant | None = None
    """When nothing is said: at the scenario's start."""
    after: After | None = None
    ends: ParisInstant | None = None
    """From then on the attacker neither enters nor moves: a kill switch, an arrest."""
    detonation: Detonation | None = None
    reacts: Reacts | None = None
    """When they see that they are looked for; when nothing is said, not at all."""
    steals: YesNo = True
    """Data are taken before the payload goes off."""
    key_h: Quantity | None = None
    """Hours from the payload to a key that decrypts, where one comes."""
    lasts_h: Quantity | None = None
    """How long a strike lasts."""
    attacked: YesNo = False
    """Of an outage: attackers have caused it, so that customers are told to cut their links to what was struck."""
    returns: tuple[PartlyBack, ...] = ()
    """How a service comes back by degrees, on a line from each to the next and to the end; without any, at once.

    Hours are those of a strike that lasts as long as `lasts_h` says; they stretch with it.
    """

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.begins and self.after:
            raise ValueError(
                Message("begins at an instant and after another wave"), Message("keep begins or after")
            )
        intrusion: dict[str, Input | None] = {"detonation": self.detonation, "skill": self.skill}
        strike: dict[str, Input | None] = {"lasts_h": self.lasts_h}
        needed, foreign = (
            (strike, {**intrusion, "reacts": self.reacts}) if self.is_strike else (intrusion, strike)
        )
        for field, value in needed.items():
            if value is None:
                raise ValueError(
                    Message("{payload} needs {field}", {"payload": self.payload, "field": field}),
                    Message("add {field}", {"field": field}),
                )
        for field, value in foreign.items():
            if value is not None:
                raise ValueError(
                    Message("{payload} has no {field}", {"payload": self.payload, "field": field}),
                    Message("drop {field}", {"field": field}),
                )
        for point in self.entry_points:
            if isinstance(point, str) and self.entry_points.count(point) > 1:
                raise ValueError(
                    Message("entry_points holds {point} twice", {"point": point}),
                    Message("keep one of the two"),
                )
        if LinkKind.TRANSFER in self.links:
            raise ValueError(
                Message("links holds transfer, which only patients follow"),
                Message("use directory, hosting, maintenance or exchange"),
            )
        self._check_what_some_have()
        self._check_reaction()
        self._check_returns()
        return self

    def _check_what_some_have(self) -> None:
        """A key comes for what was encrypted; attackers are told to be behind an outage alone."""
        for field, is_said, of in (
            ("key_h", self.key_h is not None, Payload.RANSOMWARE),
            ("attacked", self.attacked, Payload.OUTAGE),
        ):
            if is_said and self.payload is not of:
                raise ValueError(
                    Message("{payload} has no {field}", {"payload": self.payload, "field": field}),
                    Message("drop {field}", {"field": field}),
                )

    def _check_returns(self) -> None:
        """A service comes back in order, and before the strike ends."""
        if self.returns and self.lasts_h is None:
            raise ValueError(
                Message("{payload} has no {field}", {"payload": self.payload, "field": "returns"}),
                Message("drop {field}", {"field": "returns"}),
            )
        lasts_h = self.lasts_h.value if self.lasts_h else 0.0
        for before, after in pairwise(self.returns):
            if not (before.after_h < after.after_h and before.share <= after.share):
                raise ValueError(
                    Message(
                        "returns: {later} h does not come after {earlier} h with as much or more",
                        {"earlier": before.after_h, "later": after.after_h},
                    ),
                    Message("put the points in order of hours, with shares that do not fall"),
                )
        if self.returns and self.returns[-1].after_h >= lasts_h:
            raise ValueError(
                Message(
                    "returns has a point at {hours} h, when the strike of {lasts} h is over",
                    {"hours": self.returns[-1].after_h, "lasts": lasts_h},
                ),
                Message("drop the point, or lengthen lasts_h"),
            )

    def _check_reaction(self) -> None:
        """Who reacts is at the keyboard, and has something left to decide."""
        if self.reaction is Reaction.PASSIVE:
            return
        values = {"reaction": self.reaction}
        if self.movement is Movement.WORM:
            raise ValueError(
                Message("reacts is {reaction}, and nobody is at the keyboard of a worm", values),
                Message("make it passive, or drop movement: worm"),
            )
        if self.reaction is Reaction.HURRIES and self.detonation and self.detonation.arrival:
            raise ValueError(
                Message("reacts is {reaction}, and the payload goes off on arrival anyway", values),
                Message("make it passive, or drop detonation.arrival"),
            )

    @property
    def reaction(self) -> Reaction:
        """What they do when they see that they are looked for."""
        return self.reacts.reaction if self.reacts else Reaction.PASSIVE

    @property
    def is_strike(self) -> bool:
        """It hits at its hour, without anyone inside."""
        return self.payload in STRIKES

    def instants(self) -> Iterator[tuple[str, datetime]]:
        """The instants that the wave names, each with its field."""
        if self.begins:
            yield "begins", self.begins
        if self.ends:
            yield "ends", self.ends
        if self.detonation and self.detonation.at:
            yield "detonation.at", self.detonation.at
