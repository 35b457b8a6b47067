"""Basins: the wards between which patients, ambulances or vehicles can pass, however indirectly.

What happens in a basin changes nothing in another. So the loop simulates a day of one basin, then the same day of the
next: the processor has one basin at hand, not the whole region.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from simulation.care.capacity.ward_table import NO_WARD, WardNumber, WardTable
from simulation.care.homes.home_table import NO_REACH, HomeNumber, HomeTable
from simulation.engine.array_types import Numbers
from simulation.engine.compiled import U4, compiled, inlined


class Basins(NamedTuple):
    """B basins of W wards, in the order of their first wards."""

    of_ward: Numbers
    """The basin of each ward, of shape (W,)."""
    first: Numbers
    """Where the wards of each basin begin in `ward`, of shape (B + 1,)."""
    ward: Numbers
    """All wards, basin by basin, those of one in ascending order; of shape (W,)."""


def basins_of(table: WardTable, hurt: Iterable[tuple[WardNumber, HomeNumber]]) -> Basins:
    """The basins of a region; of people hurt at once, the ward to which they are brought and their home."""
    count = len(table.stream)
    wards = np.arange(count)
    of_department = np.unique(table.department, return_index=True)[1]
    pairs = [
        # Vehicles for the critically ill are the department's.
        np.stack((wards, of_department[np.searchsorted(np.unique(table.department), table.department)])),
        np.stack((np.repeat(wards, np.diff(table.neighbour_first)), table.neighbour_ward)),
        *(np.stack((wards, goal)) for goal in table.next_ward.T),
        *(np.stack((wards, helper)) for helper in (table.samu, table.imaging, table.laboratory)),
    ]
    least = wards.copy()
    for one, other in pairs:
        _join_pairs(one, other, least)
    _join_reached(table.homes, least)
    for ward, home in hurt:
        _join_home(table.homes, ward, home, least)
    _settle(least)
    of_ward = np.unique(least, return_inverse=True)[1].astype(np.int64)
    order = np.argsort(of_ward, kind="stable")
    return Basins(of_ward, np.searchsorted(of_ward[order], np.arange(of_ward.max(initial=-1) + 2)), order)


@inlined
def _least_of(least: Numbers, ward: int) -> int:
    """The least ward of those known to be joined to this one; the way to it is shorter from now on."""
    here = U4(ward)
    while least[here] != here:
        least[here] = least[U4(least[here])]
        here = U4(least[here])
    return here


@inlined
def _join(least: Numbers, one: int, other: int) -> None:
    """The two are in one basin, with all that are joined to either."""
    here, there = _least_of(least, one), _least_of(least, other)
    least[max(here, there)] = min(here, there)


@compiled
def _join_pairs(one: Numbers, other: Numbers, least: Numbers) -> None:
    """Each ward and the other of its pair, where there is one; `least` is of shape (W,), the others of one shape."""
    for pair in range(len(one)):
        if other[pair] != NO_WARD:
            _join(least, one[pair], other[pair])


@compiled
def _join_reached(homes: HomeTable, least: Numbers) -> None:
    """All sites to which the people of a home can be taken, and the ward that they make for."""
    for reach in range(len(homes.reach_first) - 1):
        begins = homes.reach_first[reach]
        for place in range(begins, homes.reach_first[reach + 1]):
            _join(least, homes.reach_ward[begins], homes.reach_ward[place])
    for row in range(homes.first.shape[0]):
        for ward in range(homes.first.shape[1]):
            for home in range(homes.first[row, ward], homes.last[row, ward]):
                _join_home(homes, ward, home, least)


@compiled
def _join_home(homes: HomeTable, ward: int, home: int, least: Numbers) -> None:
    reach = homes.reach[home]
    if reach == NO_REACH:
        return
    begins = homes.reach_first[reach]
    if begins < homes.reach_first[reach + 1]:
        _join(least, ward, homes.reach_ward[begins])


@compiled
def _settle(least: Numbers) -> None:
    """Each ward knows the least of its basin."""
    for ward in range(len(least)):
        least[ward] = _least_of(least, ward)
