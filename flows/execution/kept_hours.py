"""Kept hours: the detail at which a campaign and its twin keep them, as asked and as the store has begun to.

The first run of a campaign in a store decides; less may be asked later, and is then not done. The twin is shared by all
attacks on the same days, which find it as the first of them had it kept.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from results import Detail, Store
from results.presentation.language import _
from results.presentation.numbers import number
from simulation import Campaign
from topologies.errors import InputError, Message, UnknownName

if TYPE_CHECKING:
    from flows.execution.plan import Plan


class BadDetail(InputError):
    """Hours are asked for at a detail that there is not, or that the store does not keep."""


def details_of(
    store: Store, campaign: Campaign, ordinary: Campaign, asked: str | None
) -> tuple[Detail, Detail]:
    """Those of the campaign and of its twin.

    Where nothing is asked: as the store keeps the campaign, or its twin, else the finest.
    """
    detail = None if asked is None else _detail(asked)
    kept, kept_twin = _kept(store, campaign), _kept(store, ordinary)
    for one, already in ((campaign, kept), (ordinary, kept_twin)):
        if detail and already and not already.holds(detail):
            raise _too_fine(store, one, already, detail)
    mine = kept or detail or kept_twin or Detail.SITE
    return mine, kept_twin or detail or mine


def remarks(asked: str | None, parts: "Iterable[Plan]") -> Iterator[str]:
    """What whoever waits should know: hours are kept at another detail, or replications must be run again for them."""
    every = list(parts)
    kept = {detail for part in every for detail in (part.hours, part.ordinary_hours)}
    if asked is not None and (more := kept - {Detail(asked)}):
        sentence = _(
            "Hours are kept with --hours {kept}, as the first run of these days in this store asked."
        )
        yield sentence.format(kept=", ".join(sorted(more)))
    campaigns = {one.id: part for part in every for one in (part.ordinary, part.campaign)}
    if again := sum(_again(part, name) for name, part in campaigns.items()):
        sentence = _(
            "{count} {count:replication runs|replications run} again: bands need their hours, which were not kept."
        )
        yield sentence.format(count=number(again))


def _again(part: "Plan", campaign: str) -> int:
    try:
        description = part.store.description(campaign)
    except UnknownName:
        return 0
    asked = description.to_seal(part.replications)
    return description.replications - asked.start if asked else 0


def _detail(asked: str) -> Detail:
    try:
        return Detail(asked)
    except ValueError:
        raise BadDetail(
            Message("hours are {asked}; give site, territory, region or bands", {"asked": asked})
        ) from None


def _kept(store: Store, campaign: Campaign) -> Detail | None:
    try:
        return store.description(campaign.id).hours
    except UnknownName:
        return None


def _too_fine(store: Store, campaign: Campaign, kept: Detail, asked: Detail) -> BadDetail:
    return BadDetail(
        Message(
            "{store} keeps the hours of campaign {campaign} with --hours {kept}, as its first run asked; give --hours "
            "{kept}, or another --store for {asked}",
            {"store": str(store.path), "campaign": campaign.id, "kept": str(kept), "asked": str(asked)},
        )
    )
