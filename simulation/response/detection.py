"""When is the attacker inside noticed, and by whom?

Those behind one directory share a clock: it starts with the first of them that is compromised, and it is that
one that notices. A clock rings once the hazard lived through exceeds a unit exponential of its own. What the attacker
does, levers and vigilance change the hazard, never the exponential: what would have been noticed is then noticed
earlier. Its own staff, the supervision shared by the region and warnings from outside add up; which of them it was is
drawn.
"""

from collections.abc import Callable
from functools import partial
from math import inf, log

from simulation.engine.situation import Situation


class Detection:
    """The hazard clocks of one replication; `alert` is called with the node and the channel when its clock rings."""

    def __init__(self, situation: Situation, alert: Callable[[int, str], None]) -> None:
        nodes = len(situation.prepared.nodes)
        self.situation = situation
        self.alert = alert
        self.vigilance = 1.0
        self._left = [-log(1.0 - chance) for chance in situation.luck.chances("detection", nodes)]
        self._channel = situation.luck.chances("channel", nodes)
        self._watching: dict[str, int] = {}
        """The node whose clock runs, of each directory."""
        self._noise: dict[int, float] = {}
        self._since_h: dict[int, float] = {}
        self._due_h: dict[int, float] = {}

    def raise_noise(self, node: int, noise: float) -> None:
        """There is something to notice from now on; a louder act than before is noticed sooner."""
        directory = self.situation.prepared.directory_of[node]
        watching = self._watching.setdefault(directory, node)
        if watching not in self._noise:
            self._noise[watching] = noise
            self._since_h[watching] = self.situation.now_h
            self._plan(watching)
        elif noise > self._noise[watching]:
            self._settle(watching)
            self._noise[watching] = noise
            self._plan(watching)

    def raise_vigilance(self, vigilance: float) -> None:
        """Everyone looks this many times harder than an ordinary day from now on; what was lived through counts."""
        for node in self._since_h:
            self._settle(node)
        self.vigilance = vigilance
        for node in self._since_h:
            self._plan(node)

    def _settle(self, node: int) -> None:
        """The hazard lived through until now is counted at its rate."""
        self._left[node] -= (self.situation.now_h - self._since_h[node]) * self._hazard(node)
        self._since_h[node] = self.situation.now_h

    def _hazard(self, node: int) -> float:
        return sum(self._channels(node).values())

    def _channels(self, node: int) -> dict[str, float]:
        """The hazard of each channel."""
        defence = self.situation.prepared.defences[node]
        loud = self._noise[node] * self.vigilance
        return {
            "own": defence.own_detection_per_h * loud,
            "soc": defence.soc_detection_per_h * loud,
            "cert": defence.cert_warning_per_h * loud,
        }

    def _plan(self, node: int) -> None:
        hazard = self._hazard(node)
        # Nobody notices what makes no noise.
        due_h = self._since_h[node] + max(0.0, self._left[node]) / hazard if hazard else inf
        self._due_h[node] = due_h
        if due_h < self.situation.prepared.scenario.horizon_h:
            self.situation.after(due_h - self.situation.now_h, partial(self._ring, node, due_h))

    def _ring(self, node: int, due_h: float) -> None:
        """The clock rings, unless it has been set to another hour since."""
        if self._due_h[node] == due_h:
            self.alert(node, self._noticed_by(node))

    def _noticed_by(self, node: int) -> str:
        """The channel that rang, drawn in proportion to the hazards."""
        channels = self._channels(node)
        left = self._channel[node] * sum(channels.values())
        for channel, hazard in channels.items():
            left -= hazard
            if left < 0:
                return channel
        return next(iter(channels))
