"""Kept: the comparisons of postures that a store holds in which a campaign stands."""

from dataclasses import dataclass

from results.analysis.pairs.comparison import Comparison, compare
from results.store.comparisons import Varies
from results.store.store import Store
from topologies.errors import InputError


@dataclass(frozen=True, slots=True)
class Kept:
    """What they say, and the names of those that cannot be read to their end."""

    comparisons: tuple[Comparison, ...]
    unread: tuple[str, ...]
    """A campaign of theirs is not finished, damaged, or gone."""


def kept_with(store: Store, campaign: str) -> Kept:
    """The comparisons with this campaign, by name; a page of it is not refused for what is wrong with another."""
    found, unread = [], []
    for one in store.comparisons():
        if one.varies is Varies.POSTURE and campaign in one.campaigns:
            try:
                found.append(compare(store, one.comparison))
            except InputError:
                unread.append(one.comparison)
    return Kept(tuple(found), tuple(unread))
