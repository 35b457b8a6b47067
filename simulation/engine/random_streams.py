"""Random streams: one by name for each mechanism, drawn once, before anything happens.

A stream is named by (campaign seed, replication, name) and drawn for every node or link at once. A draw belongs to its
node or link, not to the moment at which it is asked for: two postures of one replication differ by the posture alone.
"""

from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.random import Generator, Philox, SeedSequence


@dataclass(frozen=True, slots=True)
class Luck:
    """The chance of one replication."""

    seed: int
    replication: int

    def stream(self, name: str) -> Generator:
        """The stream of this name, at its beginning; the same wherever and whenever it is asked for."""
        sequence = SeedSequence(self.seed, spawn_key=(self.replication, crc32(name.encode())))
        return Generator(Philox(sequence))

    def chances(self, name: str, count: int) -> "Chances":
        """Uniform draws in 0..1, one an entity: what has a probability p happens where the draw is below p."""
        return Chances(self, name, count)

    def paces(self, name: str, count: int, log_sd: float | None) -> list[float]:
        """Multipliers of a median duration, one an entity: log-normal with median one."""
        if not log_sd:
            return [1.0] * count
        draws: list[float] = np.exp(log_sd * self.stream(name).standard_normal(count)).tolist()
        return draws


class Chances:
    """The draws of a stream, all of which are made when one is first asked for: in most replications none is."""

    __slots__ = ("_count", "_draws", "_luck", "_name")

    def __init__(self, luck: Luck, name: str, count: int) -> None:
        self._luck, self._name, self._count = luck, name, count
        self._draws: list[float] | None = None

    def __getitem__(self, entity: int) -> float:
        if self._draws is None:
            self._draws = self._luck.stream(self._name).random(self._count).tolist()
        return self._draws[entity]
