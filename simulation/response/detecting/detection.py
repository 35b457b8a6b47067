"""Detection: when an intruder is noticed, through which channel, and whether the alert is understood.

Those behind one directory share a clock: it starts with the first of them that is compromised, and it is that one that
notices. A clock rings whenever the cumulated hazard has grown by a unit exponential of its own: an alert. Levers and
vigilance change the hazard, never the exponentials: what would have been noticed is then noticed earlier. An
establishment's own staff, the supervision shared by the region and warnings from outside add up; which of them it was
is drawn in proportion to their hazards. Own staff may overlook an alert; the clock then runs on.

Two acts are loud: backups destroyed, data leaving in mass. They are seen, or not, where they happen.
"""

from functools import partial
from math import inf

from numpy.random import Generator

from simulation.engine.delays import Delay
from simulation.engine.event_kinds import Channel, EventKind
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.prepared import PreparedResponse

LOUD = (EventKind.BACKUPS_DESTROYED, EventKind.DATA_THEFT)


class Detection:
    """The hazard clocks of one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        luck, nodes = situation.luck, len(situation.nodes)
        self.loud_notice = Delay(situation, "loud_pace", p.detection.loud_notice_h)
        self.situation = situation
        self.vigilance = 1.0
        """Hazards over those of an ordinary day."""
        self.vigilance_gain = p.detection.vigilance_gain.value
        self._supervision = prepared.supervision
        self._defences = prepared.defences
        self._alerts: dict[Node, Generator] = {}
        """What decides of each alert of a clock, one after the other."""
        self._left: dict[Node, float] = {}
        """By node: the hazard that its clock still has to cumulate before it rings."""
        self._seen = {act: luck.chances(f"seen {act}", nodes) for act in LOUD}
        self._understood = {act: luck.chances(f"understood {act}", nodes) for act in LOUD}
        self._watching: dict[str, Node] = {}
        """The node whose clock runs, of each directory."""
        self._noise: dict[Node, float] = {}
        self._hush: dict[Node, float] = {}
        """What is left of the noise where the attackers keep still."""
        self._since_h: dict[Node, float] = {}
        self._due_h: dict[Node, float] = {}

    def hear_noise(self, node: Node, noise: float) -> None:
        """There is something to notice from now on; a louder act than before is noticed sooner."""
        watching = self._watching.setdefault(self._supervision.directory_of[node], node)
        if watching not in self._noise:
            if watching not in self._alerts:
                self._alerts[watching] = self.situation.luck.stream(f"alerts {watching}")
            self._left[watching] = self._alerts[watching].standard_exponential()
            self._noise[watching] = noise
            self._since_h[watching] = self.situation.now_h
            self._plan(watching)
        elif watching in self._since_h and noise > self._noise[watching]:
            self._cumulate(watching)
            self._noise[watching] = noise
            self._plan(watching)

    def forget(self, node: Node) -> None:
        """All is over there, and may happen once more: a clock that has rung is set again by the next noise."""
        directory = self._supervision.directory_of[node]
        watching = self._watching.get(directory)
        if watching is not None and watching not in self._since_h:
            del self._watching[directory], self._noise[watching]
            self._hush.pop(watching, None)

    def hear_loud(self, node: Node, act: EventKind) -> None:
        """A loud act is seen where somebody watches; some hours later there is an alert."""
        defence = self._defences[node]
        chances = {
            EventKind.BACKUPS_DESTROYED: defence.sabotage_seen_chance,
            EventKind.DATA_THEFT: defence.theft_seen_chance,
        }
        if self._seen[act][node] < chances[act]:
            self.loud_notice.then(node, self._alert_of, act)

    def _alert_of(self, node: Node, act: EventKind) -> None:
        signals = self.situation.signals
        overlooked = self._understood[act][node] < self._defences[node].overlooks_chance
        (signals.overlooked if overlooked else signals.reported).send(node, Channel.OWN)

    def hear_hush(self, node: Node, left: float) -> None:
        """The attackers keep still: this much of their noise is left; 1 when they stir again."""
        watching = self._watching.get(self._supervision.directory_of[node])
        if watching in self._since_h:
            self._cumulate(watching)
            self._hush[watching] = left
            self._plan(watching)

    def raise_vigilance(self, _regional_cell: int) -> None:
        """The regional cell is open: everyone looks harder from now on."""
        self._watch(self.vigilance_gain)

    def lower_vigilance(self, _closes: int) -> None:
        """It is closed: everyone looks as on an ordinary day."""
        self._watch(1.0)

    def _watch(self, vigilance: float) -> None:
        """The hazard cumulated until now counts."""
        for node in self._since_h:
            self._cumulate(node)
        self.vigilance = vigilance
        for node in self._since_h:
            self._plan(node)

    def _cumulate(self, node: Node) -> None:
        """The hazard until now is counted at its rate."""
        self._left[node] -= (self.situation.now_h - self._since_h[node]) * self._hazard(node)
        self._since_h[node] = self.situation.now_h

    def _hazard(self, node: Node) -> float:
        return sum(self._channels(node).values())

    def _channels(self, node: Node) -> dict[Channel, float]:
        """The hazard of an alert by each channel, per hour."""
        defence = self._defences[node]
        loud = self._noise[node] * self._hush.get(node, 1.0) * self.vigilance
        return {
            # Stated for alerts that are understood; with them come those that are not.
            Channel.OWN: defence.own_detection_per_h / (1.0 - defence.overlooks_chance) * loud,
            Channel.SOC: defence.soc_detection_per_h * loud,
            Channel.CERT: defence.cert_warning_per_h * loud,
        }

    def _plan(self, node: Node) -> None:
        hazard = self._hazard(node)
        # Nobody notices what makes no noise.
        due_h = self._since_h[node] + max(0.0, self._left[node]) / hazard if hazard else inf
        self._due_h[node] = due_h
        if due_h < self.situation.horizon_h:
            self.situation.after(due_h - self.situation.now_h, partial(self._ring, node, due_h))

    def _ring(self, node: Node, due_h: float) -> None:
        """The clock rings, unless it has been set to another hour since; it stops once an alert is understood."""
        if self._due_h.get(node) != due_h:
            return
        channels = self._channels(node)
        at = self._alerts[node].random() * sum(channels.values())
        if at < channels[Channel.OWN] * self._defences[node].overlooks_chance:
            self.situation.signals.overlooked.send(node, Channel.OWN)
            self._left[node] = self._alerts[node].standard_exponential()
            self._since_h[node] = self.situation.now_h
            self._plan(node)
            return
        del self._since_h[node], self._due_h[node]
        self.situation.signals.reported.send(node, _channel_at(channels, at))


def _channel_at(channels: dict[Channel, float], at: float) -> Channel:
    """The channel on which a number falls when each holds its hazard."""
    for channel, hazard in channels.items():
        at -= hazard
        if at < 0:
            return channel
    return next(iter(channels))
