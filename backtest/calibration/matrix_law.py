"""The matrix of outages before any incident: how much each stream needs each application; `matrix_law.yaml`.

The matrix that everyone uses (`outages.yaml`) was written with incidents in view. Here it is drawn instead: what a
stream loses with an application that is wholly down is what its need of it costs, times a factor of the stream
that is uncertain and that incidents set, each left out in turn. So it is with what a cut from outside takes.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from simulation.inputs.parameters.parameters import OUTAGES
from simulation.inputs.streams import Stream
from topologies.fields.quantity import Input, Share
from topologies.fields.scalars import Text
from topologies.reading.documents import read_yaml

FILE = Path(__file__).with_name("matrix_law.yaml")
Need = Literal["most", "half", "some", "little"]
OUTSIDE = OUTAGES + "outside"
"""The factor of what is lost by a cut from outside."""
PLAN_LEAVES = OUTAGES + "plan_leaves"
"""Of what is lost without a plan, the share that a rehearsed one leaves."""


class MatrixLaw(Input):
    """What is lost by need, and who needs what."""

    needs: dict[Need, Share]
    costs: dict[Stream, dict[Text, Need]]
    """Of each stream: its need of each application that it feels."""
    outside: dict[Text, Need]
    """Of each application: its need of what is outside."""

    @property
    def names(self) -> set[str]:
        """The numbers of the law that are uncertain and that incidents may set."""
        return {OUTSIDE, PLAN_LEAVES} | {OUTAGES + stream for stream in self.costs}

    def cells(self, values: Mapping[str, float], needs: Mapping[Need, float]) -> dict[str, float]:
        """The numbers of the matrix by their paths in the parameters, by the values of `names` and of the needs."""
        found: dict[str, float] = {}
        for stream, applications in self.costs.items():
            for application, need in applications.items():
                lost = min(1.0, needs[need] * values[OUTAGES + stream])
                cell = f"{OUTAGES}{application}.{stream}"
                found[f"{cell}.kept"] = 1.0 - lost
                found[f"{cell}.kept_rehearsed"] = 1.0 - lost * values[PLAN_LEAVES]
        for application, need in self.outside.items():
            found[f"{OUTAGES}{application}.outside"] = min(1.0, needs[need] * values[OUTSIDE])
        return found


@cache
def load_matrix_law() -> MatrixLaw:
    """The law of the file."""
    return read_yaml(FILE, MatrixLaw)
