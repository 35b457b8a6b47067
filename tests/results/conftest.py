"""What the tests of the results share."""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

import results
from results import Store
from tests.results import synthetic


@pytest.fixture(autouse=True, scope="package")
def no_wait_for_the_disk() -> Iterator[None]:
    """These tests pull no plug: what is written need not reach the disk at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


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
