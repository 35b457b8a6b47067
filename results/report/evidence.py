"""Evidence: all that a page is made from, as the store holds it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.twin import crises_of
from results.analysis.compared.verdicts import Crises
from results.analysis.pairs.kept import Kept, kept_with
from results.analysis.summary import Summary, summarise
from results.presentation.language import _
from results.presentation.numbers import number
from results.presentation.story.chain import Telling
from results.presentation.story.places import Anonymous, real_names
from results.report.asked import Asked, NamesShown
from results.store.snapshot import Snapshot
from results.store.store import Store

FIRST = 1_000
"""Replications whose timelines are read at most: a share is then known to three in a hundred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sealed campaign beside its ordinary twin, under the names that were asked for."""

    asked: Asked
    snapshot: Snapshot
    twin: Snapshot
    inputs: Mapping[str, Any]
    summary: Summary
    crises: Crises
    kept: Kept
    """The comparisons in which it stands."""
    names: Mapping[str, str]
    telling: Telling

    @property
    def attacked(self) -> bool:
        """Something strikes; else these are ordinary days, and their own twin."""
        return self.summary.attacks

    @property
    def told(self) -> NDArray[np.bool_]:
        """Of the first replications, whose timelines are read: those that are told of."""
        return self.crises.shown[:FIRST]

    @property
    def counted(self) -> str:
        """Which these are."""
        counted = (
            _("Counted are the crises in which it went off.")
            if self.summary.went_off.count
            else _("Counted are all replications, since it went off in none.")
        )
        if self.summary.replications <= FIRST:
            return counted
        first = _("Of {of} {of:replication|replications}, the first {count} are read for this.")
        return f"{counted} " + first.format(of=number(self.summary.replications), count=number(FIRST))


def evidence_of(store: Store, campaign: str, asked: Asked) -> Evidence:
    """What the store holds of a campaign; `BadStore` where it is not sealed, or its twin is not there."""
    snapshot, inputs = store.snapshot(campaign), store.inputs(campaign)
    summary, region = summarise(store, campaign), inputs["region"]
    names = Anonymous(region) if asked.names is NamesShown.ANONYMISED else real_names(region)
    if summary.first_sign is not None:
        summary = replace(
            summary, first_sign=replace(summary.first_sign, name=names[summary.first_sign.finess])
        )
    return Evidence(
        asked=asked,
        snapshot=snapshot,
        twin=store.snapshot(summary.ordinary),
        inputs=inputs,
        summary=summary,
        crises=crises_of(store, snapshot, inputs),
        kept=kept_with(store, campaign),
        names=names,
        telling=Telling(inputs, names),
    )
