"""Signals: what one mechanism tells the others, without knowing who listens.

Subscribers react one after the other, in the order in which they subscribed. That order is part of the story, so that
all subscriptions of a replication stand together (`simulation/replication/crisis.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, ParamSpec

from simulation.engine.event_kinds import Channel, EventKind, Happening
from simulation.engine.nodes import Node
from simulation.engine.recovery_events import Stage

P = ParamSpec("P")


class Signal(Generic[P]):
    """Something that others react to."""

    __slots__ = ("_reactions",)

    def __init__(self) -> None:
        self._reactions: list[Callable[P, None]] = []

    def subscribe(self, *reactions: Callable[P, None]) -> None:
        """These react whenever the signal is sent, in this order, after those that subscribed before."""
        self._reactions += reactions

    def send(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """All react, before anything else happens."""
        for react in self._reactions:
            react(*args, **kwargs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A payload that stops machines has gone off in a node."""

    node: Node
    machines: float
    """Share of the machines that are lost unless someone stops it."""
    first_sign: Happening
    """What shows it to the victim."""


@dataclass(frozen=True, slots=True)
class Footing:
    """On which footing an establishment is."""

    level: int
    """Of its plan blanc; 0 without one."""
    rests_for: tuple[float, ...] = ()
    """Days at each level, from 0, for which its staff rest at present; none when they do not."""


@dataclass(frozen=True, slots=True)
class Signals:
    """The signals of one replication."""

    anew: Signal[[Node]] = field(default_factory=Signal)
    """A node to which all that happened is over is attacked or cut off once more: what was decided there is past."""
    noise: Signal[[Node, float]] = field(default_factory=Signal)
    """The attacker does something that can be noticed, so many times as loud as holding the directory."""
    loud: Signal[[Node, EventKind]] = field(default_factory=Signal)
    """The attacker does something loud: backups are destroyed, data leave in mass."""
    hush: Signal[[Node, float]] = field(default_factory=Signal)
    """The attacker keeps still: this much of the noise is left; 1 when that is over."""
    reported: Signal[[Node, Channel]] = field(default_factory=Signal)
    """Someone has noticed something, and will understand it."""
    overlooked: Signal[[Node, Channel]] = field(default_factory=Signal)
    """Someone has noticed something, and will not understand it."""
    recognised: Signal[[Node, Channel]] = field(default_factory=Signal)
    """It is plain that it is an attack: stolen data are for sale, or traces that others have shared are found."""
    detected: Signal[[Node]] = field(default_factory=Signal)
    """The establishment knows that it is attacked."""
    hit: Signal[[Hit]] = field(default_factory=Signal)
    machines_spared: Signal[[Node]] = field(default_factory=Signal)
    """No more machines are lost: how many are is known now."""
    down: Signal[[Node]] = field(default_factory=Signal)
    """An outage has begun."""
    up_again: Signal[[Node]] = field(default_factory=Signal)
    """An outage has ended."""
    supplier_struck: Signal[[Node]] = field(default_factory=Signal)
    """A supplier was attacked, and fails: it knows."""
    supplier_cut: Signal[[Node, Node, int]] = field(default_factory=Signal)
    """A customer has cut its link to a supplier, by this event."""
    supplier_back: Signal[[Node, Node, int]] = field(default_factory=Signal)
    """The customer has taken it up again."""
    cell_opened: Signal[[Node]] = field(default_factory=Signal)
    """The crisis cell of an establishment is open."""
    cell_knows: Signal[[Node]] = field(default_factory=Signal)
    """It sits, and knows that the establishment is attacked: so will those whom it calls, and who reads its mails."""
    isolated: Signal[[Node]] = field(default_factory=Signal)
    """Its links are cut."""
    reconnected: Signal[[Node]] = field(default_factory=Signal)
    """It is back on its links."""
    switched_off: Signal[[Node]] = field(default_factory=Signal)
    """Everything is off by decision."""
    switched_on: Signal[[Node, Stage]] = field(default_factory=Signal)
    """What was not hit, of the applications that come back with this stage, is checked and on again."""
    checked: Signal[[Node]] = field(default_factory=Signal)
    """Nothing was hit, and all that was switched off is on again."""
    declared: Signal[[Node]] = field(default_factory=Signal)
    """CERT Santé and the ARS know."""
    regional_cell_opened: Signal[[int]] = field(default_factory=Signal)
    """With the event by which it opened."""
    regional_cell_closed: Signal[[int]] = field(default_factory=Signal)
    """With the event by which it closed."""
    order_reached: Signal[[Node, int]] = field(default_factory=Signal)
    """An establishment is about to cut its links, by order or by precaution; with the event that led to it."""
    warned: Signal[[Node, str, int]] = field(default_factory=Signal)
    """An establishment is told to look for the attackers of a wave; with the order."""
    more_is_known: Signal[[str, int]] = field(default_factory=Signal)
    """The inquiry tells what to look for of the attackers of a wave; with the event."""
    partners_closed: Signal[[Node]] = field(default_factory=Signal)
    """An establishment has closed its links to partners."""
    partners_back: Signal[[Node]] = field(default_factory=Signal)
    """It has opened them again."""
    nothing_found: Signal[[Node]] = field(default_factory=Signal)
    """An establishment that was warned, or is cut off, has looked for the attackers and found nothing."""
    application_back: Signal[[Node, str]] = field(default_factory=Signal)
    """An application of an establishment that was hit is rebuilt, by its name."""
    stage_done: Signal[[Node, Stage]] = field(default_factory=Signal)
    cleaned: Signal[[Node]] = field(default_factory=Signal)
    """Nothing went off; what happened is known, and the directory that the attacker held is rebuilt."""
    restored: Signal[[Node]] = field(default_factory=Signal)
    emergency_lost: Signal[[Node, float]] = field(default_factory=Signal)
    """Of its emergency patients, this share cannot be taken as usual, for want of systems or by decision."""
    shunned: Signal[[Node, float]] = field(default_factory=Signal)
    """This share of those who would come by themselves shun an establishment from now on."""
    plan_blanc: Signal[[Node, Footing]] = field(default_factory=Signal)
    """The establishment is on this footing from now on."""
