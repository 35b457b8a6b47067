"""Overflow: the patients of each ward of beds that make it as full as known, though full wards send patients on.

A ward of few beds is often full by chance. Those who then find no bed go to the nearest ward with a free one, which is
fuller for it. So a site's own patients are what its beds carry, less those sent to it, over the chance of a free bed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp, expm1

MOST_FULL = 0.99
"""Beds that are always all taken would need patients without number."""
NEARLY_NOUGHT = 1e-9
SETTLED = 1e-9
"""A change of patients per hour that counts as none."""
LEAST_SLACK = -500.0
"""Beyond it all who come have to leave, and exponentials know no such number."""
MOST_ROUNDS = 1000
MOST_KEPT = 4096
"""Loads that are remembered: a region has some hundred wards of beds, which are alike in all its campaigns."""


@dataclass(frozen=True, slots=True)
class Beds:
    """The beds of one ward, the mean number of them that are taken, and the wait for one before one is sent on.

    The wait is in mean stays. Closed beds are installed and nobody can be put there.
    """

    count: int
    taken: float
    patience: float = 0.0
    closed: int = 0

    @property
    def installed(self) -> int:
        """Beds open and closed."""
        return self.count + self.closed


def refused_share(beds: int, load: float, patience: float = 0.0) -> float:
    """The share of those offered to a ward who are sent on for want of a bed.

    `load` is the patients who would be there at once if none were. Without patience it is Erlang's loss formula (1917);
    with it that of queues whose customers leave after a fixed wait (Barrer 1957, Operations Research 5(5)).

    >>> round(refused_share(2, 1.0), 6), round(refused_share(1, 0.5, patience=1000.0), 6)
    (0.2, 0.0)
    """
    room, waiting, leaving = _weights(beds, load, patience)
    return leaving / (room + waiting + leaving)


def full_share(beds: int, load: float, patience: float = 0.0) -> float:
    """The share of the time in which no bed is free."""
    room, waiting, leaving = _weights(beds, load, patience)
    return 1.0 - room / (room + waiting + leaving)


def _weights(beds: int, load: float, patience: float) -> tuple[float, float, float]:
    """How likely it is that a bed is free, that a patient will wait, that they will have to leave; to a factor."""
    if not beds or not load:
        return (1.0, 0.0, 0.0) if beds else (0.0, 0.0, 1.0)
    # As multiples of the chance that all beds but one are taken.
    room = 1.0
    for bed in range(1, beds):
        room = 1.0 + room * bed / load
    slack = max(LEAST_SLACK, (beds - load) * patience)
    waiting = load * (patience if abs(slack) < NEARLY_NOUGHT else -expm1(-slack) / (beds - load))
    return room, waiting, load / beds * exp(-slack)


@lru_cache(MOST_KEPT)
def offered_load(beds: Beds) -> float:
    """The load of which so many are there at once, the others being sent on; found by halving, once for equal beds.

    >>> round(offered_load(Beds(2, 0.8)), 6)
    1.0
    """

    def carried(load: float) -> float:
        return load * (1.0 - refused_share(beds.count, load, beds.patience))

    taken = min(beds.taken, MOST_FULL * beds.count)
    low, high = taken, 2.0 * taken + 1.0
    while carried(high) < taken:
        high *= 2.0
    while high - low > SETTLED * high:
        middle = (low + high) / 2.0
        low, high = (middle, high) if carried(middle) < taken else (low, middle)
    return high


def own_patients(
    wards: Mapping[str, Beds],
    nearest: Mapping[str, Sequence[str]],
    bedless: Mapping[str, float],
) -> dict[str, float]:
    """The patients of each site's own, as a load on its ward, whether the ward can then take them or not.

    `nearest` lists for each site those that it sends patients to; `bedless` is the load of sites without beds, which
    send on everyone. None is sent where all wards in reach are full: who then stays and waits is left out of account.
    A site to which more are sent than its beds carry has no patients of its own, and is fuller than it should be.
    """
    loads = {site: offered_load(beds) for site, beds in wards.items()}
    refused = {site: refused_share(beds.count, loads[site], beds.patience) for site, beds in wards.items()}
    full = {site: full_share(beds.count, loads[site], beds.patience) for site, beds in wards.items()}
    own = {site: beds.taken / (1.0 - refused[site]) for site, beds in wards.items()}
    for _ in range(MOST_ROUNDS):
        sent = dict.fromkeys(wards, 0.0)
        for site, load in (*bedless.items(), *((site, load * refused[site]) for site, load in own.items())):
            left = load
            for neighbour in nearest.get(site, ()):
                sent[neighbour] += left * (1.0 - full[neighbour])
                left *= full[neighbour]
        before = own
        own = {
            site: max(0.0, beds.taken - sent[site]) / (1.0 - refused[site]) for site, beds in wards.items()
        }
        if max((abs(own[site] - before[site]) for site in own), default=0.0) < SETTLED:
            break
    return own
