"""Delays: how long something takes, declared where it happens.

A mechanism declares its delays at its top and then only says what follows them:

    delay = partial(Delay, situation)
    self.triage = delay("triage_pace", p.response.triage_h, shortened_by=decisions)
    ...
    self.triage.then(node, self.detect, channel)

A delay is its parameter's value, times a log-normal draw of its own stream for each node (one where the parameter has
no spread), times what shortens it there.
"""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Concatenate, ParamSpec

from simulation.engine.nodes import Node
from simulation.engine.situation import Situation
from topologies.fields.quantity import Quantity

P = ParamSpec("P")
HOURS_A_DAY = 24.0


class Delay:
    """A delay that each node draws for itself, once per replication."""

    def __init__(
        self,
        situation: Situation,
        stream: str,
        length: Quantity,
        *,
        unit_h: float = 1.0,
        shortened_by: Sequence[float] | None = None,
    ) -> None:
        """The stream that it is drawn from, its parameter, the hours of a unit of it, and a factor by node."""
        self._situation = situation
        self._stream, self._log_sd = stream, length.log_sd
        self._median_h = length.value * unit_h
        self._shortened = [1.0] * len(situation.nodes) if shortened_by is None else shortened_by

    @cached_property
    def _paces(self) -> list[float]:
        """Drawn when the first of them is asked for: in most replications most delays are not."""
        return self._situation.luck.paces(self._stream, len(self._situation.nodes), self._log_sd)

    def hours(self, node: Node) -> float:
        """How long it takes there."""
        return self._median_h * self._paces[node] * self._shortened[node]

    def then(
        self, node: Node, act: Callable[Concatenate[Node, P], None], *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """After the delay of this node, the act happens to it."""
        self._situation.after(self.hours(node), partial(act, node, *args, **kwargs))


class CommonDelay:
    """A delay that is drawn once for the whole region."""

    def __init__(
        self,
        situation: Situation,
        stream: str,
        length: Quantity,
        *,
        unit_h: float = 1.0,
        shortened_by: float = 1.0,
    ) -> None:
        """The stream that it is drawn from, its parameter, the hours of a unit of it, and what shortens it."""
        self._situation = situation
        self.hours = length.value * unit_h * situation.luck.paces(stream, 1, length.log_sd)[0] * shortened_by

    def then(self, act: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
        """After the delay, the act happens."""
        self._situation.after(self.hours, partial(act, *args, **kwargs))
