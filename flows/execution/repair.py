"""Repair of a store: replications in damaged files are run again in this process, and the files are rewritten.

A campaign is rebuilt from the inputs that its store keeps in full; where these are damaged, from the names of what it
was run with, as far as they come with the program.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import simulation
import topologies
from results import Description, Store
from results.store.rebuilding import campaign_of
from simulation import Campaign, Outcome, Uncertainty
from topologies.errors import BadStore, Finding, InputError, Message, TocsinError

CHUNK = 5
"""Replications run and written together."""

Detection = Callable[[int], AbstractContextManager[Callable[[str], None]]]
"""Shows progress over so many replications; each call advances it by one, and names the campaign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """What was done to a store."""

    files: list[str]
    """Files restored to the byte."""
    removed: list[str]
    """Files removed because they are no part of their campaign."""
    replications: int
    """How many replications were run again."""
    dropped: list[str]
    """Damaged chunks that were not sealed yet: the command of their campaign runs them again."""
    refusals: list[TocsinError]
    """Why some campaigns could not be repaired."""
    remaining: list[Finding]
    """What is still wrong."""


def repair(store: Store, watch: Detection) -> Repaired:
    """Repair everything that can be repaired."""
    before, dropped, refusals, replications = store.check(), list[str](), list[TocsinError](), 0
    for description in store.campaigns():
        if store.check(description.campaign):
            try:
                replications += _repair(store, description, watch, dropped)
            except TocsinError as refusal:
                refusals.append(refusal)
    remaining = store.check()
    still = {finding.where for finding in remaining}
    gone = [finding.where for finding in before if finding.where not in {*still, *dropped}]
    return Repaired(
        files=[file for file in gone if Path(file).exists()],
        removed=[file for file in gone if not Path(file).exists()],
        replications=replications,
        dropped=dropped,
        refusals=refusals,
        remaining=remaining,
    )


def _repair(store: Store, description: Description, watch: Detection, dropped: list[str]) -> int:
    """Restore one campaign; returns how many of its replications were run again."""
    campaign = _campaign(store, description)
    with store.begin(campaign) as damaged:
        dropped += [finding.where for finding in damaged]
        lost = store.lost(campaign.id)
        if lost:
            with watch(len(lost)) as advance:
                _run(store, campaign, lost, lambda: advance(campaign.id))
        store.restore(campaign.id)
    return len(lost)


def _run(store: Store, campaign: Campaign, numbers: list[int], done: Callable[[], None]) -> None:
    prepared = simulation.prepare(campaign)

    def outcomes(some: list[int]) -> Iterator[Outcome]:
        for number in some:
            yield simulation.replicate(prepared, campaign.seed, number)
            done()

    for first in range(0, len(numbers), CHUNK):
        store.write_chunk(campaign.id, outcomes(numbers[first : first + CHUNK]))


def _campaign(store: Store, description: Description) -> Campaign:
    """The campaign as it was run."""
    try:
        return campaign_of(store, description.campaign)
    except BadStore as refusal:
        named = _by_names(description)
        if named is not None:
            return named
        if refusal.findings:
            raise _own_files(description) from refusal
        raise


def _by_names(description: Description) -> Campaign | None:
    """The campaign of the region, scenario, event and posture of these names, if it is the same."""
    try:
        event = simulation.load_event(description.event) if description.event else None
        campaign = Campaign(
            region=topologies.load(description.region),
            scenario=simulation.load_scenario(description.scenario).model_copy(update={"event": event}),
            posture=simulation.load_posture(description.posture),
            seed=description.seed,
        )
    except InputError:
        return None
    either = (replace(campaign, uncertainty=uncertainty) for uncertainty in Uncertainty)
    return next((one for one in either if one.id == description.campaign), None)


def _own_files(description: Description) -> BadStore:
    return BadStore(
        Message(
            "the inputs of campaign {campaign} are lost, and not all of them come with the program; run "
            "its command again with one more replication, which rewrites them",
            {"campaign": description.campaign},
        )
    )
