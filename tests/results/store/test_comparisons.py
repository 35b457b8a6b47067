"""A store keeps which campaigns were compared, under a name that follows from them."""

from pathlib import Path

import pytest

from results import Store, Varies
from results.store.comparisons import described_comparison
from tests.results import synthetic
from topologies.errors import BadStore, UnknownName

CAMPAIGN = synthetic.campaign().id
KEPT = described_comparison(Varies.POSTURE, [CAMPAIGN, "c" + 15 * "0"])


def file_of(store: Store) -> Path:
    return store.path / "comparisons" / f"{KEPT.comparison}.json"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    store.keep(KEPT)
    return store


def test_it_is_opened_again_by_its_name(store: Store) -> None:
    assert store.comparison(KEPT.comparison) == KEPT
    assert store.comparisons() == [KEPT]
    written = file_of(store).stat().st_mtime_ns
    store.keep(KEPT)
    assert file_of(store).stat().st_mtime_ns == written
    assert [file.name for file in file_of(store).parent.iterdir()] == [file_of(store).name]


def test_its_name_is_that_of_its_campaigns_in_their_order() -> None:
    assert described_comparison(KEPT.varies, KEPT.campaigns).comparison == KEPT.comparison
    assert described_comparison(KEPT.varies, KEPT.campaigns[::-1]).comparison != KEPT.comparison
    assert described_comparison(Varies.EVENT, KEPT.campaigns).comparison != KEPT.comparison


def test_a_name_that_is_not_there_is_refused_with_the_nearest(store: Store) -> None:
    with pytest.raises(UnknownName, match=f"the nearest: {KEPT.comparison}"):
        store.comparison(KEPT.comparison[:-1] + "x")
    with pytest.raises(UnknownName):
        store.comparison("../campaigns/" + CAMPAIGN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("c000", "c111"),
        ('"c000000000000000"', '"../../secret"'),
        ("posture", "event"),
        ("{", ""),
        ('"campaigns"', '"others"'),
    ],
)
def test_a_byte_that_changed_is_noticed(store: Store, old: str, new: str) -> None:
    file = file_of(store)
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(BadStore, match="is damaged"):
        store.comparison(KEPT.comparison)
    assert store.comparisons() == []
    assert [finding.where for finding in store.check()] == [str(file)]
    store.keep(KEPT)
    assert store.comparison(KEPT.comparison) == KEPT


def test_a_campaign_that_is_not_there_is_found_by_the_check(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(2)], 2)
    store.keep(KEPT)
    (finding,) = store.check()
    assert str(finding.problem) == f"compares campaign {KEPT.campaigns[1]}, which is not here"
