"""Ways: by which roads the people of each commune reach the few sites that they go to.

To every site of their network within a bound, and to the nearest few whatever the bound; a site that is near to nobody
has the way from its nearest commune. A user's own journeys replace those that the rule of
`topologies/building/roads.py` reckons, and lead where no road does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from simulation.care.homes.communes import Communes, points_of
from simulation.engine.array_types import Floats, Numbers
from simulation.engine.compiled import compiled
from topologies.building.assumptions import Assumptions
from topologies.region import Establishment

FIRST_KM = 50.0
"""How far around one looks first for the nearest sites; then twice as far, until there are enough."""


@dataclass(frozen=True, slots=True)
class Ways:
    """N ways from communes to sites, by commune, nearest site first; arrays of shape (N,)."""

    commune: Numbers
    site: Numbers
    """The number of the site among those asked for."""
    minutes: Floats


@dataclass(frozen=True, kw_only=True)
class Roads:
    """How ways are found."""

    communes: Communes
    assumed: Assumptions
    bound_min: float
    """To all sites so near."""
    least: int
    """To so many sites at least."""
    declared: Mapping[tuple[str, str], float]
    """Minutes that a user declares, by commune and site."""

    def to(self, sites: Sequence[Establishment]) -> Ways:
        """The ways to some sites."""
        points = points_of(sites)
        from_home, to_site, declared_min = self._declared(sites)
        found = [*self._near(sites, points), (from_home, to_site)]
        commune = np.concatenate([pairs[0] for pairs in found])
        site = np.concatenate([pairs[1] for pairs in found])
        pair, first = np.unique(commune * max(1, len(sites)) + site, return_index=True)
        commune, site = commune[first], site[first]
        minutes = self.minutes(commune, points[site])
        minutes[np.searchsorted(pair, from_home * len(sites) + to_site)] = declared_min
        # One key is sorted six times as fast as three.
        tenths = np.round(10.0 * minutes).astype(np.int64)
        order = np.argsort((commune * (tenths.max(initial=0) + 1) + tenths) * len(sites) + site)
        return Ways(commune[order], site[order], minutes[order])

    def minutes(self, commune: Numbers, points: Floats) -> Floats:
        """Minutes by road from communes to points, both of shape (ways,): the rule of `roads.py` for many at once.

        Streets are slow at both ends; a commune smaller than a town has none of its own.
        """
        assumed = self.assumed
        apart = self.communes.points[commune] - points
        road_km = np.round(np.sqrt(np.einsum("ij,ij->i", apart, apart)), 3) * assumed.detour.value
        slow_km = np.minimum(road_km, self._streets_km[commune])
        driving_h = (
            slow_km / assumed.slow_speed_km_h.value + (road_km - slow_km) / assumed.fast_speed_km_h.value
        )
        return np.asarray(np.round(np.maximum(assumed.shortest_transfer_min.value, 60.0 * driving_h), 1))

    @cached_property
    def _streets_km(self) -> Floats:
        """Slow roads on the way from each commune to a site, of shape (communes,)."""
        in_town = self.communes.population >= self.assumed.town_inhabitants.value
        return self.assumed.slow_road_km.value * np.where(in_town, 1.0, 0.5)

    @cached_property
    def _bound_km(self) -> Floats:
        """How far sites within the bound are at most, in a straight line, of shape (communes,)."""
        assumed, streets_min = self.assumed, 60.0 * self._streets_km / self.assumed.slow_speed_km_h.value
        slow_min = np.minimum(self.bound_min, streets_min)
        slow_km = slow_min / 60.0 * assumed.slow_speed_km_h.value
        fast_km = (self.bound_min - slow_min) / 60.0 * assumed.fast_speed_km_h.value
        return np.asarray((slow_km + fast_km) / assumed.detour.value)

    def _near(self, sites: Sequence[Establishment], points: Floats) -> list[tuple[Numbers, Numbers]]:
        """Pairs that roads join, network by network."""
        homes, theirs = np.array(self.communes.networks), np.array([site.road_network for site in sites])
        # A site without a commune on its land has the patients of the nearest one.
        far = np.flatnonzero(~np.isin(theirs, homes))
        site, commune = nearest(points[far], self.communes.points, 1)
        found = [(commune, far[site])]
        for network in sorted(set(self.communes.networks) & set(theirs.tolist())):
            here, there = np.flatnonzero(homes == network), np.flatnonzero(theirs == network)
            for commune, site in self._near_in(here, points[there]):
                found.append((here[commune], there[site]))
        return found

    def _near_in(self, here: Numbers, points: Floats) -> list[tuple[Numbers, Numbers]]:
        """Pairs of one network: within the bound, then what communes and sites lack."""
        from_points = self.communes.points[here]
        commune, site = within(from_points, points, self._bound_km[here])
        remote = np.flatnonzero(np.bincount(commune, minlength=len(here)) < self.least)
        alone = np.flatnonzero(np.bincount(site, minlength=len(points)) == 0)
        their_commune, their_site = nearest(from_points[remote], points, self.least)
        lonely_site, lonely_commune = nearest(points[alone], from_points, 1)
        return [
            (commune, site),
            (remote[their_commune], their_site),
            (lonely_commune, alone[lonely_site]),
        ]

    def _declared(self, sites: Sequence[Establishment]) -> tuple[Numbers, Numbers, Floats]:
        """The pairs whose journey a user declares, and how long it is."""
        numbers = {site.finess: number for number, site in enumerate(sites)}
        found = [
            (self.communes.number_of[code], numbers[finess], minutes)
            for (code, finess), minutes in self.declared.items()
            if code in self.communes.number_of and finess in numbers
        ]
        commune, site, minutes = np.array(found, dtype=np.float64).reshape(-1, 3).T
        return commune.astype(np.int64), site.astype(np.int64), minutes


def within(homes: Floats, points: Floats, km: Floats) -> tuple[Numbers, Numbers]:
    """The pairs of homes and points no farther apart, by home; points are of shape (…, 3), `km` of shape (homes,).

    Points are looked at from south to north, so that those too far in this direction cost nothing.
    """
    order = np.argsort(points[:, 2], kind="stable")
    northward = points[order]
    first = np.searchsorted(northward[:, 2], homes[:, 2] - km)
    last = np.searchsorted(northward[:, 2], homes[:, 2] + km, side="right")
    counts = np.zeros(len(homes), dtype=np.int64)
    _count_within(homes, northward, first, last, km, counts)
    begins = np.concatenate(([0], np.cumsum(counts)))
    found = np.empty(begins[-1], dtype=np.int64)
    _fill_within(homes, northward, first, last, km, begins, found)
    return np.repeat(np.arange(len(homes)), counts), order[found]


def nearest(homes: Floats, points: Floats, least: int) -> tuple[Numbers, Numbers]:
    """The pairs of homes and their nearest points, so many for each; of equals, the first."""
    lacking, km = np.arange(len(homes)), FIRST_KM
    found = [(np.empty(0, np.int64), np.empty(0, np.int64))]
    while len(lacking):
        home, point = within(homes[lacking], points, np.full(len(lacking), km))
        apart = homes[lacking[home]] - points[point]
        order = np.lexsort((point, np.einsum("ij,ij->i", apart, apart), home))
        home, point = home[order], point[order]
        counts = np.bincount(home, minlength=len(lacking))
        rank = np.arange(len(home)) - np.repeat(np.cumsum(counts) - counts, counts)
        settled = counts >= min(least, len(points))
        kept = settled[home] & (rank < least)
        found.append((lacking[home[kept]], point[kept]))
        lacking, km = lacking[~settled], 2.0 * km
    return np.concatenate([pair[0] for pair in found]), np.concatenate([pair[1] for pair in found])


@compiled
def _count_within(
    homes: Floats, points: Floats, first: Numbers, last: Numbers, km: Floats, counts: Numbers
) -> None:
    """How many points lie within a distance of each home; see `_fill_within`."""
    for home in range(len(homes)):
        x, y, z = homes[home]
        count = 0
        for point in range(first[home], last[home]):
            dx, dy, dz = points[point, 0] - x, points[point, 1] - y, points[point, 2] - z
            if dx * dx + dy * dy + dz * dz <= km[home] * km[home]:
                count += 1
        counts[home] = count


@compiled
def _fill_within(  # noqa: PLR0913, PLR0917 - arrays that are filled, and between which points to look
    homes: Floats, points: Floats, first: Numbers, last: Numbers, km: Floats, begins: Numbers, found: Numbers
) -> None:
    """The points within a distance of each home; of those from `first` to `last`, which no others can be.

    `first`, `last` and `begins`, where those found of each home begin, are of shape (homes,).
    """
    for home in range(len(homes)):
        x, y, z = homes[home]
        place = begins[home]
        for point in range(first[home], last[home]):
            dx, dy, dz = points[point, 0] - x, points[point, 1] - y, points[point, 2] - z
            if dx * dx + dy * dy + dz * dz <= km[home] * km[home]:
                found[place] = point
                place += 1
