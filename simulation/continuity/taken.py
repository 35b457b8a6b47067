"""What an attack takes: some applications wholly, some in part, and others not at all.

An application runs on few servers. Most are wholly taken or wholly spared, with the chance that is the share of the
machines lost; the rest, spread over many machines, lose that share. The applications of one suite fall together. The
mean is the share of the machines, and the more machines, the more is taken.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck


@dataclass(frozen=True, slots=True)
class Taken:
    """The draws of one replication; arrays are of shape (nodes, applications)."""

    is_whole: NDArray[np.bool_]
    """All or nothing, instead of a share."""
    threshold: NDArray[np.float64]
    """The share of the machines above which all of it is taken."""

    @classmethod
    def drawn(cls, luck: Luck, nodes: int, suites: NDArray[np.intp], whole_share: float) -> Self:
        """One draw for each node and suite; `suites` is the suite of each application."""
        chances = luck.stream("applications taken").random((2, nodes, int(suites.max()) + 1))
        whole, threshold = chances[:, :, suites]
        return cls(whole < whole_share, threshold)

    def of(self, node: Node, machines: float) -> NDArray[np.float64]:
        """How much of each application is taken with this share of the machines, of shape (applications,)."""
        return np.where(self.is_whole[node], self.threshold[node] < machines, machines)
