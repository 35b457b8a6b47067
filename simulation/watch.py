"""When is the attacker inside noticed?

Those who share a directory share its supervision: their clock starts with the first of them that is compromised, and
it is that one that notices. A clock rings once the hazard lived through exceeds a unit exponential of its own. Levers
and vigilance change the hazard, never the exponential: what would have been noticed is then noticed earlier.
"""

from collections.abc import Callable
from functools import partial
from math import log

from simulation.scene import Scene


class Watch:
    """The hazard clocks of one replication; `notice` is called with the node when its clock rings."""

    def __init__(self, scene: Scene, notice: Callable[[int], None]) -> None:
        self.scene = scene
        self.notice = notice
        self.vigilance = 1.0
        self._left = [
            -log(1.0 - chance) for chance in scene.luck.chances("detection", len(scene.theatre.nodes))
        ]
        self._supervised: set[int] = set()
        """IT groups whose clock runs."""
        self._since_h: dict[int, float] = {}
        self._due_h: dict[int, float] = {}

    def begin(self, node: int) -> None:
        """There is something to notice from now on, unless a neighbour behind the same directory is watched already."""
        group = self.scene.theatre.it_group_of[node]
        if group not in self._supervised:
            self._supervised.add(group)
            self._since_h[node] = self.scene.now_h
            self._plan(node)

    def sharpen(self, vigilance: float) -> None:
        """Everyone looks this many times harder than an ordinary day from now on; what was lived through counts."""
        for node, since_h in self._since_h.items():
            self._left[node] -= (self.scene.now_h - since_h) * self._hazard(node)
            self._since_h[node] = self.scene.now_h
        self.vigilance = vigilance
        for node in self._since_h:
            self._plan(node)

    def _hazard(self, node: int) -> float:
        return self.scene.theatre.defences[node].detection_per_h * self.vigilance

    def _plan(self, node: int) -> None:
        due_h = self._since_h[node] + max(0.0, self._left[node]) / self._hazard(node)
        self._due_h[node] = due_h
        if due_h < self.scene.theatre.scenario.horizon_h:
            self.scene.after(due_h - self.scene.now_h, partial(self._ring, node, due_h))

    def _ring(self, node: int, due_h: float) -> None:
        """The clock rings, unless it has been set to another hour since."""
        if self._due_h[node] == due_h:
            self.notice(node)
