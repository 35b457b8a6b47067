"""Hours are kept as the first run of a campaign asked; more is refused, less is told."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import results
from flows.execution.kept_hours import BadDetail, details_of, remarks
from results import Detail, Store
from simulation import ordinary_twin
from tests.results import synthetic

ATTACK, TWIN = synthetic.attack(), ordinary_twin(synthetic.attack())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return results.prepare(tmp_path)


def kept(store: Store, asked: str | None) -> tuple[Detail, Detail]:
    return details_of(store, ATTACK, TWIN, asked)


def begun(store: Store, **details: Detail) -> None:
    for campaign, name in ((ATTACK, "attack"), (TWIN, "twin")):
        if name in details:
            with store.begin(campaign, details[name]):
                pass


def test_a_first_run_is_kept_as_asked_and_else_at_the_finest_detail(store: Store) -> None:
    assert kept(store, None) == (Detail.SITE, Detail.SITE)
    assert kept(store, "region") == (Detail.REGION, Detail.REGION)


def test_later_runs_go_on_at_the_detail_of_the_first(store: Store) -> None:
    begun(store, attack=Detail.REGION, twin=Detail.TERRITORY)
    for asked in (None, "region", "bands"):
        assert kept(store, asked) == (Detail.REGION, Detail.TERRITORY)


def test_an_attack_on_days_that_are_kept_coarsely_is_kept_as_coarsely(store: Store) -> None:
    begun(store, twin=Detail.BANDS)
    assert kept(store, None) == (Detail.BANDS, Detail.BANDS)


@pytest.mark.parametrize("which", ["attack", "twin"])
def test_more_than_is_kept_is_refused_with_what_to_do(store: Store, which: str) -> None:
    begun(store, **{which: Detail.BANDS})
    name = (ATTACK if which == "attack" else TWIN).id
    with pytest.raises(
        BadDetail, match=f"campaign {name} with --hours bands.*give --hours bands, or another"
    ):
        kept(store, "site")


def test_what_is_no_detail_is_refused_with_those_that_are(store: Store) -> None:
    with pytest.raises(BadDetail, match="hours are hourly; give site, territory, region or bands"):
        kept(store, "hourly")


def test_whoever_asks_for_less_than_is_kept_is_told(store: Store) -> None:
    assert list(remarks("bands", [plan(store, Detail.BANDS)])) == []
    (said,) = remarks("bands", [plan(store, Detail.TERRITORY)])
    assert "--hours territory" in said


def test_replications_that_run_again_for_the_bands_are_told(store: Store) -> None:
    with store.begin(ATTACK, Detail.BANDS):
        store.write_chunk(ATTACK.id, synthetic.outcomes(range(2)))
        store.seal(ATTACK.id, 2)
    assert list(remarks(None, [plan(store, Detail.BANDS, 2)])) == []
    (said,) = remarks(None, [plan(store, Detail.BANDS, 5)])
    assert said.startswith("2 ")


def plan(store: Store, detail: Detail, replications: int = 1) -> Any:
    return SimpleNamespace(
        store=store,
        campaign=ATTACK,
        ordinary=TWIN,
        replications=replications,
        hours=detail,
        ordinary_hours=detail,
    )
