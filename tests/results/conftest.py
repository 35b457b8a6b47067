"""What the tests of the results share."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

import results
from results import Store
from tests.results import synthetic

Run = Callable[[Path, Iterable[Iterable[int]], int], Store]


@pytest.fixture
def run() -> Run:
    """Write these chunks of replications in a store, then seal so many."""

    def run_campaign(path: Path, chunks: Iterable[Iterable[int]], replications: int) -> Store:
        store, campaign = results.prepare(path), synthetic.campaign()
        with store.begin(campaign):
            for chunk in chunks:
                store.write_chunk(campaign.id, synthetic.outcomes(list(chunk)))
            store.seal(campaign.id, replications)
        return store

    return run_campaign
