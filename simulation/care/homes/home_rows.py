"""Home rows: catchments, guests and many hurt at once become rows of the home table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Self

import numpy as np
from numpy.typing import NDArray

from simulation.care.homes.catchments import BIRTHS, STAYS, Catchment, PlannedCatchment
from simulation.care.homes.guests import Origins
from simulation.care.homes.home_table import NO_REACH, SPELL, HomeTable, Reason, Whose, fill_alias
from simulation.care.homes.homes import Homes
from simulation.engine.array_types import Codes, Floats, Numbers

REASONS = {BIRTHS: Reason.BIRTH, STAYS: Reason.STAY}


@dataclass(frozen=True, slots=True)
class Rows:
    """Homes to come into the table; arrays of shape (rows,)."""

    ward: Numbers
    commune: Numbers
    reach: Numbers
    minutes: Floats
    patients: Floats

    @classmethod
    def one_after_another(cls, some: Sequence[Self]) -> Self:
        """All of them."""
        return cls(
            np.concatenate([np.empty(0, np.int64), *(each.ward for each in some)]),
            np.concatenate([np.empty(0, np.int64), *(each.commune for each in some)]),
            np.concatenate([np.empty(0, np.int64), *(each.reach for each in some)]),
            np.concatenate([np.empty(0), *(each.minutes for each in some)]),
            np.concatenate([np.empty(0), *(each.patients for each in some)]),
        )

    def at(self, places: Numbers) -> Self:
        """Those at these places, in their order."""
        return type(self)(
            self.ward[places],
            self.commune[places],
            self.reach[places],
            self.minutes[places],
            self.patients[places],
        )

    def at_times(self, presence: Floats) -> Self:
        """The same with as many patients as people are there, over those of the mean of the year."""
        return replace(self, patients=self.patients * presence[self.commune])

    def where_changed(self, before: Floats, now: Floats) -> Self:
        """The rows, as people are there now, of the wards to which not the same come as before."""
        changed = np.unique(self.ward[now[self.commune] != before[self.commune]])
        return self.at(np.flatnonzero(np.isin(self.ward, changed))).at_times(now)

    def by_ward(self) -> Self:
        """Those from which somebody comes, ward by ward."""
        order = np.argsort(self.ward, kind="stable")
        return self.at(order[self.patients[order] > 0.0])


def home_table_of(  # noqa: PLR0913 - who comes from where, and where wards and roads are
    homes: Homes,
    origins: Origins,
    hurt: Origins,
    *,
    points: Floats,
    takes_others: NDArray[np.bool_],
    slowdown_row_of: Mapping[str, int],
    bound_min: float,
) -> HomeTable:
    """The table of the wards whose sites lie at these points, of shape (wards, 3).

    Those in reach of a home are the wards that take patients who set out for another; `takes_others` is of shape
    (wards,).
    Its last rows are those of people hurt at once, in their order: nobody is drawn from these. Rows of slow roads are
    known by commune.
    """
    catchments, communes = [*homes.catchments.values()], len(homes.communes)
    ways = Rows.one_after_another(
        [_rows(one, one.patients, number * communes) for number, one in enumerate(catchments)]
    )
    urgent = Rows.one_after_another(
        [_rows(one, one.urgent, number * communes) for number, one in enumerate(catchments)]
    )
    planned = [_planned_rows(homes.planned[streams]) for streams in REASONS if streams in homes.planned]
    guests = [_rows_of(one, homes, ways, points) for one in (origins, hurt)]
    presence = homes.spells.presence
    ordinary = Rows.one_after_another([ways.at_times(presence[0]), *planned])
    drawn = [guests[0].by_ward(), ordinary.by_ward(), urgent.at_times(presence[0]).by_ward()]
    for before, now in pairwise(presence):
        drawn += [each.where_changed(before, now).by_ward() for each in (ways, urgent)]
    rows = Rows.one_after_another([*drawn, guests[1]])
    first, last = _ranges([each.ward for each in drawn], len(points))
    keep, either = np.ones(len(rows.ward)), np.zeros((len(rows.ward), 2), np.int32)
    fill_alias(first.ravel(), last.ravel(), rows.patients, keep, either, np.empty(len(rows.ward), np.int32))
    reason = _share_homes(homes, first, last)
    in_reach = ways.at(np.flatnonzero(takes_others[ways.ward]))
    return HomeTable(
        first=first,
        last=last,
        keep=keep,
        either=either,
        commune=rows.commune.astype(np.int32),
        journey_h=rows.minutes / 60.0,
        reason=reason[rows.ward],
        reach=rows.reach.astype(np.int32),
        reach_first=np.searchsorted(in_reach.reach, np.arange(len(catchments) * communes + 1)),
        reach_ward=in_reach.ward.astype(np.int32),
        reach_h=in_reach.minutes / 60.0,
        slowdown_row=np.array(
            [slowdown_row_of.get(code, 0) for code in homes.communes.codes], dtype=np.int64
        ),
        bound_h=bound_min / 60.0,
    )


def _planned_rows(one: PlannedCatchment) -> Rows:
    """The homes of each site's patients, at the first of its wards."""
    ways = one.ways
    entrance = np.array([wards[0] for wards in one.wards], dtype=np.int64)
    nowhere = np.full(len(ways.commune), NO_REACH)
    return Rows(entrance[ways.site], ways.commune, nowhere, ways.minutes, one.patients)


def _share_homes(homes: Homes, first: Numbers, last: Numbers) -> Codes:
    """All wards of a site have the homes of the first; what people come to each ward for, of shape (wards,)."""
    reason = np.full(first.shape[1], Reason.EMERGENCY, dtype=np.int8)
    for streams, what in REASONS.items():
        for wards in homes.planned[streams].wards if streams in homes.planned else ():
            reason[wards] = what
            for bounds in (first, last):
                bounds[:, wards] = bounds[:, wards[:1]]
    return reason


def _rows(one: Catchment, patients: Floats, first_reach: int) -> Rows:
    ways = one.ways
    return Rows(one.wards[ways.site], ways.commune, ways.commune + first_reach, ways.minutes, patients)


def _rows_of(some: Origins, homes: Homes, ways: Rows, points: Floats) -> Rows:
    """Guests have the ways of those who live there; where these have none, the road is reckoned."""
    communes = len(homes.communes)
    known = ways.ward * communes + ways.commune
    order = np.argsort(known, kind="stable")
    wanted = some.ward * communes + some.commune
    place = order[np.searchsorted(known, wanted, sorter=order).clip(max=max(0, len(known) - 1))]
    is_known = known[place] == wanted
    reckoned = homes.roads.minutes(some.commune, points[some.ward])
    stream = np.zeros(len(points), dtype=np.int64)
    for number, one in enumerate(homes.catchments.values()):
        stream[one.wards] = number
    return Rows(
        some.ward,
        some.commune,
        stream[some.ward] * communes + some.commune,
        np.where(is_known, ways.minutes[place], reckoned),
        some.patients,
    )


def _ranges(drawn: Sequence[Numbers], wards: int) -> tuple[Numbers, Numbers]:
    """See `HomeTable.first` and `HomeTable.last`.

    Guests of whom nothing is known live as ordinary patients do; where no season begins or ends, all do as before.
    """
    begins = np.cumsum([0, *(len(each) for each in drawn)])[: len(drawn)]
    number = np.arange(wards)
    first = np.stack(
        [begin + np.searchsorted(each, number) for begin, each in zip(begins, drawn, strict=True)]
    )
    last = np.stack(
        [
            begin + np.searchsorted(each, number, side="right")
            for begin, each in zip(begins, drawn, strict=True)
        ]
    )
    later = range(Whose.ORDINARY + SPELL, len(drawn))
    for row, instead in ((Whose.EVENT, Whose.ORDINARY), *((row, row - SPELL) for row in later)):
        nobody = first[row] == last[row]
        for bounds in (first, last):
            bounds[row] = np.where(nobody, bounds[instead], bounds[row])
    return first, last
