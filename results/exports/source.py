"""Source: the campaign of which tables are made, as the store holds it at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from results.analysis.summary import Summary, summarise
from results.store.description import Description
from results.store.snapshot import Snapshot
from results.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sealed campaign, and what it says beside its ordinary twin."""

    snapshot: Snapshot
    inputs: Mapping[str, Any]
    summary: Summary
    finished: int
    """Replications that were run, sealed or not."""

    @property
    def description(self) -> Description:
        """What was run, and how far it is sealed."""
        (description,) = self.snapshot.descriptions
        return description


def source_of(store: Store, campaign: str) -> Source:
    """What the store holds of a campaign; `BadStore` where it is not sealed, which says how far it is."""
    return Source(
        snapshot=store.snapshot(campaign),
        inputs=store.inputs(campaign),
        summary=summarise(store, campaign),
        finished=store.finished(campaign),
    )
