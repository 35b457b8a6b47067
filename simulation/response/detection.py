"""Detection: when an intruder is noticed, and through which channel.

Those behind one directory share a clock: it starts with the first of them that is compromised, and it is that one that
notices. A clock rings once the cumulated hazard exceeds a unit exponential of its own. What the attacker does, levers
and vigilance change the hazard, never the exponential: what would have been noticed is then noticed earlier. An
establishment's own staff, the supervision shared by the region and warnings from outside add up; which of them it was
is drawn in proportion to their hazards.
"""

from functools import partial
from math import inf, log

from simulation.engine.event_kinds import Channel
from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.prepared import PreparedResponse


class Detection:
    """The hazard clocks of one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        nodes = len(situation.nodes)
        self.situation = situation
        self.vigilance = 1.0
        """Hazards over those of an ordinary day."""
        self.vigilance_gain = p.detection.vigilance_gain.value
        self._supervision = prepared.supervision
        self._defences = prepared.defences
        self._left = [-log(1.0 - chance) for chance in situation.luck.chances("detection", nodes)]
        """By node: the hazard that its clock still has to cumulate before it rings."""
        self._channel = situation.luck.chances("channel", nodes)
        self._watching: dict[str, Node] = {}
        """The node whose clock runs, of each directory."""
        self._noise: dict[Node, float] = {}
        self._since_h: dict[Node, float] = {}
        self._due_h: dict[Node, float] = {}

    def hear_noise(self, node: Node, noise: float) -> None:
        """There is something to notice from now on; a louder act than before is noticed sooner."""
        watching = self._watching.setdefault(self._supervision.directory_of[node], node)
        if watching not in self._noise:
            self._noise[watching] = noise
            self._since_h[watching] = self.situation.now_h
            self._plan(watching)
        elif noise > self._noise[watching]:
            self._cumulate(watching)
            self._noise[watching] = noise
            self._plan(watching)

    def raise_vigilance(self, _regional_cell: int) -> None:
        """The regional cell is open: everyone looks harder from now on; the hazard cumulated until now counts."""
        for node in self._since_h:
            self._cumulate(node)
        self.vigilance = self.vigilance_gain
        for node in self._since_h:
            self._plan(node)

    def _cumulate(self, node: Node) -> None:
        """The hazard until now is counted at its rate."""
        self._left[node] -= (self.situation.now_h - self._since_h[node]) * self._hazard(node)
        self._since_h[node] = self.situation.now_h

    def _hazard(self, node: Node) -> float:
        return sum(self._channels(node).values())

    def _channels(self, node: Node) -> dict[Channel, float]:
        """The hazard of each channel, per hour."""
        defence = self._defences[node]
        loud = self._noise[node] * self.vigilance
        return {
            Channel.OWN: defence.own_detection_per_h * loud,
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
        """The clock rings, unless it has been set to another hour since."""
        if self._due_h[node] == due_h:
            self.situation.signals.reported.send(node, self._noticed_by(node))

    def _noticed_by(self, node: Node) -> Channel:
        """The channel that noticed, drawn in proportion to the hazards."""
        channels = self._channels(node)
        left = self._channel[node] * sum(channels.values())
        for channel, hazard in channels.items():
            left -= hazard
            if left < 0:
                return channel
        return next(iter(channels))
