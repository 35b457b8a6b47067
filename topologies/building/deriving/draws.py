"""Draws that stand in for what nobody publishes, such as who hosts an establishment.

A draw belongs to a rule and an establishment or group, never to an order: adding an establishment to a region changes
no other's host or vendor.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from topologies.fields.quantity import Share


def uniform(seed: int, rule: str, entity: str) -> float:
    """A number in [0, 1), always the same for this seed, rule and entity, uniform among entities.

    >>> uniform(1, "host", "750100125") == uniform(1, "host", "750100125")
    True
    """
    digest = blake2b(f"{seed}:{rule}:{entity}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


@dataclass(frozen=True, slots=True)
class Draws:
    """The draws of a region: those of a seed, but for some that are made anew.

    >>> other = Draws(1, {("host", "a"): 0.5})
    >>> other.of("host", "a"), other.of("host", "b") == uniform(1, "host", "b")
    (0.5, True)
    """

    seed: int
    instead: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """By rule and entity."""

    def of(self, rule: str, entity: str) -> float:
        """The draw of a rule for an entity."""
        drawn = self.instead.get((rule, entity))
        return uniform(self.seed, rule, entity) if drawn is None else drawn


def choice(shares: Mapping[str, Share], at: float) -> str | None:
    """The name on which a number in [0, 1) falls when each holds its share, in alphabetical order; past them all, none.

    >>> half = Share(value=0.5, unit="share", low=0, high=1, source="a coin")
    >>> choice({"heads": half}, 0.2), choice({"heads": half}, 0.9)
    ('heads', None)
    """
    reached = 0.0
    for name in sorted(shares):
        reached += shares[name].value
        if at < reached:
            return name
    return None
