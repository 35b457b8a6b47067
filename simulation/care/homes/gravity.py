"""Gravity: how the people of communes are shared among the sites that they can go to.

Doubly constrained (Wilson 1971, Environment and Planning 3(1)): as many patients leave a commune as its people make,
as many come to a site as it is known to have, and of two sites the nearer draws more, by an exponential of the
journey. The two sides are balanced in turn (Deming and Stephan 1940), the sites last: what comes to them is published,
and holds.

The communes hold a little less (unbalanced scaling: Chizat et al. 2018, Mathematics of Computation 87): where sites
have fewer patients than the people around would make, these people go less often, not all the way to the next valley.
"""

import numpy as np

from simulation.care.homes.ways import Ways
from simulation.engine.array_types import Floats, Numbers
from simulation.engine.compiled import compiled

MOST_ROUNDS = 100
SETTLED = 1e-3
"""The largest relative change of a commune's factor that counts as none."""


def shared_out(
    ways: Ways, people: Floats, visits: Floats, *, decay_per_min: float, evenness: float
) -> Floats:
    """The patients on each way, of shape (ways,), so that each site has its own.

    `people` is of shape (communes,), `visits`, to which the result adds up by site, of shape (sites,). With an evenness
    of one all communes have as many patients a head; with zero, only their nearness to sites counts.

    >>> two = Ways(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1]), np.array([5.0, 20.0, 20.0, 5.0]))
    >>> shared_out(
    ...     two, np.array([1000.0, 1000.0]), np.array([300.0, 300.0]), decay_per_min=0.15, evenness=1.0
    ... ).round().tolist()
    [271.0, 29.0, 29.0, 271.0]
    """
    home, way = np.unique(ways.commune, return_index=True)
    first = np.concatenate((way, [len(ways.commune)]))
    living = people[home]
    # Where nobody is counted, somebody may still be alone in reach of a site.
    living = np.maximum(living, 1.0 if not living.any() else living[living > 0.0].min() * 1e-6)
    made = living * (visits.sum() / living.sum())
    # A site's own scale changes nothing; with it no exponential is too small to be a number.
    nearest_min = np.full(len(visits), np.inf)
    np.minimum.at(nearest_min, ways.site, ways.minutes)
    pull = np.exp(-decay_per_min * (ways.minutes - nearest_min[ways.site]))
    leaving, coming, sums = made.copy(), np.ones(len(visits)), np.zeros(len(visits))
    _balance(first, ways.site, pull, made, visits, evenness, leaving, coming, sums)
    return np.asarray(np.repeat(leaving, np.diff(first)) * pull * coming[ways.site])


@compiled
def _balance(  # noqa: PLR0913, PLR0917 - the two sides, their factors, and room for the sums
    first: Numbers,
    site: Numbers,
    pull: Floats,
    made: Floats,
    visits: Floats,
    evenness: float,
    leaving: Floats,
    coming: Floats,
    sums: Floats,
) -> None:
    """Factors of communes (`leaving`) and of sites (`coming`) between which the ways are in balance.

    `first` says where the ways of each commune begin; `made` is of its shape but for the end, `visits` and `sums` of
    that of `coming`.
    """
    for _ in range(MOST_ROUNDS):
        change = 0.0
        sums[:] = 0.0
        for home in range(len(made)):
            drawn = 0.0
            for way in range(first[home], first[home + 1]):
                drawn += pull[way] * coming[site[way]]
            factor = made[home] * drawn**-evenness if drawn > 0.0 else leaving[home]
            change = max(change, abs(factor / leaving[home] - 1.0))
            leaving[home] = factor
            for way in range(first[home], first[home + 1]):
                sums[site[way]] += factor * pull[way]
        for one in range(len(visits)):
            coming[one] = visits[one] / sums[one] if sums[one] > 0.0 else 0.0
        if change < SETTLED:
            break
