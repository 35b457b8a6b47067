"""Stores to be damaged: two campaigns in parts of six replications."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import results
from results import Store
from results.sealing import chunk_reader, part_files, parts, sealing
from results.store import layout
from tests.results import synthetic
from tests.results.store.damage import CAMPAIGN, OTHER, REPLICATIONS


@pytest.fixture(scope="module")
def small_parts() -> Iterator[None]:
    """Parts of six replications, so that eight make two."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (layout, parts, chunk_reader, part_files, sealing):
            patch.setattr(module, "PART_REPLICATIONS", 6)
        yield


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory, small_parts: None) -> Store:
    """Two sealed campaigns, as they were written."""
    store = results.prepare(tmp_path_factory.mktemp("sound") / "store")
    for campaign, replications in ((CAMPAIGN, REPLICATIONS), (OTHER, 7)):
        with store.begin(campaign):
            store.write_chunk(campaign.id, synthetic.outcomes(range(replications)))
            store.seal(campaign.id, replications)
    return store


@pytest.fixture
def store(sound: Store, tmp_path: Path) -> Store:
    """A copy of them, to be damaged."""
    shutil.copytree(sound.path, tmp_path / "store")
    return results.open(tmp_path / "store")
