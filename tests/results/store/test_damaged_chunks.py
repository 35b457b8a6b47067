"""A damaged chunk is never sealed: its replications run again."""

from pathlib import Path

import numpy as np
import pytest

import results
from results import Store, Summary
from results.files.digests import attested
from results.tables.schema import RECORDS
from tests.results import synthetic
from tests.results.store.damage import CAMPAIGN, DAMAGES, REPLICATIONS, files_of, flip, of_campaign
from topologies.errors import TocsinError

pytestmark = pytest.mark.usefixtures("small_parts")
TRIES = 100


def unsealed(path: Path) -> Store:
    """Two finished chunks that wait for sealing."""
    store = results.prepare(path)
    with store.begin(CAMPAIGN):
        for chunk in (range(5), range(5, REPLICATIONS)):
            store.write_chunk(CAMPAIGN.id, synthetic.outcomes(chunk))
    return store


def complete(store: Store) -> Summary:
    with store.begin(CAMPAIGN):
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes(store.missing(CAMPAIGN.id, REPLICATIONS)))
        store.seal(CAMPAIGN.id, REPLICATIONS)
    return results.summarise(store, CAMPAIGN.id)


def test_a_flipped_bit_in_a_chunk_is_told_and_only_its_replications_run_again(tmp_path: Path) -> None:
    store, rng = unsealed(tmp_path), np.random.default_rng(16)
    chunks = of_campaign(sorted((tmp_path / "unsealed").rglob("*")))
    for turn in range(TRIES):
        file = chunks[turn % len(chunks)]
        before = flip(file, rng)
        lost = range(5) if file.parent.name.startswith("000000-") else range(5, REPLICATIONS)
        assert store.missing(CAMPAIGN.id, REPLICATIONS) == list(lost)
        assert [finding.where for finding in store.check()] == [str(file.parent)]
        file.write_bytes(before)
    assert store.missing(CAMPAIGN.id, REPLICATIONS) == []


@pytest.mark.parametrize("file", ["hours.arrow", "replications.arrow", "manifest.json"])
@pytest.mark.parametrize("damage", ["truncated", "empty", "deleted", "folder"])
def test_a_damaged_chunk_is_dropped_and_said_and_its_replications_run_again(
    tmp_path: Path, sound: Store, file: str, damage: str
) -> None:
    store = unsealed(tmp_path)
    chunk = min((tmp_path / "unsealed" / CAMPAIGN.id / "chunks").iterdir())
    DAMAGES[damage][0](chunk / file)
    with store.begin(CAMPAIGN) as damaged:
        assert [finding.where for finding in damaged] == [str(chunk)]
        assert store.missing(CAMPAIGN.id, REPLICATIONS) == list(range(5))
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes(range(5)))
        store.seal(CAMPAIGN.id, REPLICATIONS)
    of_this = {name: content for name, content in files_of(sound.path).items() if CAMPAIGN.id in name}
    assert files_of(tmp_path) == of_this


def test_a_chunk_that_is_damaged_while_its_campaign_runs_is_never_sealed(tmp_path: Path) -> None:
    store = unsealed(tmp_path)
    chunk = min((tmp_path / "unsealed" / CAMPAIGN.id / "chunks").iterdir())
    with store.begin(CAMPAIGN):
        flip(chunk / "hours.arrow", np.random.default_rng(17))
        with pytest.raises(TocsinError, match=r"is damaged: .*; run the same command again"):
            store.seal(CAMPAIGN.id, REPLICATIONS)
    with store.begin(CAMPAIGN):
        assert store.missing(CAMPAIGN.id, REPLICATIONS) == list(range(5))


@pytest.mark.parametrize("said", [{"replications": []}, {"files": {}}, {"kind": "../../part"}], ids=str)
def test_a_chunk_that_says_what_no_chunk_says_is_found_and_dropped(
    store: Store, said: dict[str, object]
) -> None:
    chunk = store.path / "unsealed" / CAMPAIGN.id / "chunks" / "000008-000008-0123abcd"
    chunk.mkdir(parents=True)
    files = dict.fromkeys(RECORDS, "0" * 64)
    manifest = {"campaign": CAMPAIGN.id, "kind": "part", "replications": [8], "files": files} | said
    (chunk / "manifest.json").write_bytes(attested(manifest))
    assert [finding.where for finding in store.check()] == [str(chunk)]
    assert store.missing(CAMPAIGN.id, 9) == [8]
    with store.begin(CAMPAIGN) as damaged:
        assert [finding.where for finding in damaged] == [str(chunk)]
