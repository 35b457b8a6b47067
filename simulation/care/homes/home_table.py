"""The home table: where the patients of each ward live, and which sites emergencies can be taken to from there.

A home is one commune from which patients come to one ward; the wards of a site to which people come for a stay share
their homes. E homes, C communes, W wards, P spells of the seasons, R lists of sites in reach: one for each commune and
emergency stream. Compiled code reads it as it is.
"""

from enum import IntEnum
from typing import NamedTuple, NewType

from simulation.engine.array_types import Codes, Floats, Numbers, ShortNumbers
from simulation.engine.compiled import U4, compiled, inlined

HomeNumber = NewType("HomeNumber", int)
"""A row of the home table."""
SPELL = 2
"""Rows of `HomeTable.first` from one spell to the next."""
NO_HOME = -1
"""In place of the number of a home: nobody asks where the patient lives."""
NO_REACH = -1
"""In place of a list of sites in reach: no ambulance is diverted from this home."""


class Reason(IntEnum):
    """What the people of a home come for: the values of `HomeTable.reason`."""

    EMERGENCY = 0
    BIRTH = 1
    STAY = 2
    """In a bed or a theatre, directly."""


class Whose(IntEnum):
    """Patients by where they live: the rows of `HomeTable.first`; in a later spell, the last two stand further down."""

    EVENT = 0
    """Visitors where they stay, and the crowd of a venue there."""
    ORDINARY = 1
    """Those who come for a birth or a stay among them, who know no season."""
    TIME_CRITICAL = 2


class HomeTable(NamedTuple):
    """Homes; arrays of shape (E,) unless said."""

    first: Numbers
    """Where the homes of each ward begin, by `Whose`, with two rows more per later spell; of shape (1 + 2 P, W)."""
    last: Numbers
    """Where they end."""
    keep: Floats
    """The chance to keep the home that a draw falls on (Walker 1977, alias method)."""
    either: ShortNumbers
    """The home itself, and the one to take instead, of shape (E, 2)."""
    commune: ShortNumbers
    journey_h: Floats
    """By road to the ward on an ordinary day."""
    reason: Codes
    """Of `Reason`."""
    reach: ShortNumbers
    """The list of the sites in reach, or `NO_REACH`."""
    reach_first: Numbers
    """Where each list begins in the two following arrays, nearest first; of shape (R + 1,)."""
    reach_ward: ShortNumbers
    reach_h: Floats
    """The journey on an ordinary day."""
    slowdown_row: Numbers
    """The row of each commune in `WardTable.slowdown`, of shape (C,)."""
    bound_h: float
    """Nobody is taken farther from home, except to where they would have gone anyway."""


@inlined
def home_at(homes: HomeTable, row: int, ward: int, chance: float) -> int:
    """The home of one who comes to the ward, by a number in 0..1; `NO_HOME` where nobody asks."""
    first, last = homes.first[row, ward], homes.last[row, ward]
    if first == last:
        return NO_HOME
    place = chance * (last - first)
    step = U4(place)
    home = U4(U4(first) + step)
    # No branch: which of the two it is cannot be foreseen, and a wrong guess costs more than all the rest.
    return int(homes.either[home, U4(place - step >= homes.keep[home])])


@compiled
def fill_alias(
    first: Numbers, last: Numbers, shares: Floats, keep: Floats, either: ShortNumbers, stack: ShortNumbers
) -> None:
    """`keep` and `either` are such that a home between `first` and `last` is drawn by its share (Vose 1991).

    `first` and `last` are of shape (wards,), the others as in the table. The shares add up to something above zero
    for each ward that has homes; `stack` is room for numbers.
    """
    for ward in range(len(first)):
        begins, ends = first[ward], last[ward]
        total = 0.0
        for home in range(begins, ends):
            total += shares[home]
        few, many = begins, ends
        for home in range(begins, ends):
            keep[home] = shares[home] * (ends - begins) / total
            either[home, 0] = either[home, 1] = home
            # Those below the mean are stacked from the beginning, the others from the end.
            if keep[home] < 1.0:
                stack[few] = home
                few += 1
            else:
                many -= 1
                stack[many] = home
        while few > begins and many < ends:
            few -= 1
            small, large = stack[few], stack[many]
            either[small, 1] = large
            keep[large] -= 1.0 - keep[small]
            if keep[large] < 1.0:
                many += 1
                stack[few] = large
                few += 1
        # What rounding leaves is whole.
        for place in range(begins, few):
            keep[stack[place]] = 1.0
        for place in range(many, ends):
            keep[stack[place]] = 1.0
