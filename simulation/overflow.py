"""How many must come to each ward of beds, so that it is as full as known though wards send on whom they cannot take?

A ward of few beds is often full by chance. Those who then find no bed go to the nearest ward with a free one, which is
fuller for it. So a site's own patients are what its beds carry, less those sent to it, over the chance of a free bed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_FULL = 0.99
"""Beds that are always all taken would need patients without number."""
SETTLED = 1e-9
"""A change of patients an hour that is none."""
MOST_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Beds:
    """The beds of one ward, and the mean number of them that are taken."""

    count: int
    taken: float


def refused_share(beds: int, load: float) -> float:
    """The share of those offered to a ward that finds no free bed (Erlang's loss formula, 1917).

    `load` is the patients who would be there at once if none were refused.

    >>> round(refused_share(2, 1.0), 6)
    0.2
    """
    refused = 1.0
    for bed in range(1, beds + 1):
        refused = load * refused / (bed + load * refused)
    return refused


def offered_load(beds: Beds) -> float:
    """The load of which so many are there at once, the others being refused; found by halving.

    >>> round(offered_load(Beds(2, 0.8)), 6)
    1.0
    """
    taken = min(beds.taken, MOST_FULL * beds.count)
    low, high = taken, 2.0 * taken + 1.0
    while high * (1.0 - refused_share(beds.count, high)) < taken:
        high *= 2.0
    while high - low > SETTLED * high:
        middle = (low + high) / 2.0
        carried = middle * (1.0 - refused_share(beds.count, middle))
        low, high = (middle, high) if carried < taken else (low, middle)
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
    refused = {site: refused_share(beds.count, offered_load(beds)) for site, beds in wards.items()}
    own = {site: beds.taken / (1.0 - refused[site]) for site, beds in wards.items()}
    for _ in range(MOST_ROUNDS):
        sent = dict.fromkeys(wards, 0.0)
        for site, load in (*bedless.items(), *((site, load * refused[site]) for site, load in own.items())):
            left = load
            for neighbour in nearest.get(site, ()):
                sent[neighbour] += left * (1.0 - refused[neighbour])
                left *= refused[neighbour]
        before = own
        own = {
            site: max(0.0, beds.taken - sent[site]) / (1.0 - refused[site]) for site, beds in wards.items()
        }
        if max((abs(own[site] - before[site]) for site in own), default=0.0) < SETTLED:
            break
    return own
