"""Session homes: where those live whose sessions are lost or put off.

Sessions are counted, not followed (decision 0012), and so are their homes: of the sessions of a ward, each commune has
its share of the catchment, in whole numbers that add up to them (systematic sampling: Madow and Madow 1944, Annals of
Mathematical Statistics 15). One chance a ward says which communes have the odd ones, whatever the posture.
"""

from typing import NamedTuple

import numpy as np

from simulation.care.homes.catchments import SESSIONS
from simulation.care.homes.homes import Homes
from simulation.engine.array_types import Floats, Numbers, ShortNumbers
from simulation.engine.compiled import U4, compiled


class SessionHomes(NamedTuple):
    """Homes of W wards, S communes of sites in all; the wards of a site share theirs."""

    first: Numbers
    """Where the communes of each ward begin, of shape (W,)."""
    last: Numbers
    """Where they end; there are none for other wards, and where nobody says where people live."""
    commune: ShortNumbers
    """Of shape (S,)."""
    until: Floats
    """The share of the site's patients who live in the commune or in one before it, of shape (S,)."""


def session_homes_of(homes: Homes, wards: int) -> SessionHomes:
    """The homes of the sessions of a region with so many wards."""
    first, last = np.zeros(wards, np.int64), np.zeros(wards, np.int64)
    communes, untils, begins = [np.empty(0, np.int32)], [np.empty(0)], 0
    for streams in SESSIONS:
        if streams not in homes.planned:
            continue
        one = homes.planned[streams]
        order = np.argsort(one.ways.site, kind="stable")
        ends = np.cumsum(np.bincount(one.ways.site, minlength=len(one.wards)))
        for site, of_site in enumerate(one.wards):
            mine = order[ends[site - 1] if site else 0 : ends[site]]
            until = np.cumsum(one.patients[mine])
            communes.append(one.ways.commune[mine].astype(np.int32))
            untils.append(until / until[-1])
            first[of_site], begins = begins, begins + len(mine)
            last[of_site] = begins
    return SessionHomes(first, last, np.concatenate(communes), np.concatenate(untils))


@compiled
def count_sessions(homes: SessionHomes, sessions: ShortNumbers, chances: Floats, counts: Numbers) -> None:
    """So many sessions of each ward are added to `counts`, of shape (communes,), where their patients live.

    `sessions` and `chances`, in 0..1, are of shape (W,).
    """
    for ward in range(len(sessions)):
        if sessions[ward] == 0:
            continue
        before = 0
        for place in range(homes.first[ward], homes.last[ward]):
            home = U4(place)
            until = int(sessions[ward] * homes.until[home] + chances[ward])
            counts[U4(homes.commune[home])] += until - before
            before = until
