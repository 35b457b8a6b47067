"""The page of a campaign says what would help most, where a comparison of the store knows it and chance cannot."""

from pathlib import Path

import duckdb
import pytest

import results
from results import Store
from results.presentation import language
from results.report.evidence import evidence_of
from results.report.heading import heading_of
from results.report.parts import Listed, Prose, Section
from results.report.sections.levers import levers
from results.store.comparisons import Varies, described_comparison
from simulation import ordinary_twin
from tests.flows.commands import plain
from tests.results.analysis.test_paired import ATTACK, PREPARED, seal, unmet
from tests.results.analysis.test_summary import CALM, some
from tests.results.report.test_page import REAL

BEFORE, AFTER = [900, 1000, 1100, 1200], [950, 980, 1180, 1120]
"""Some better, some worse."""


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")


def told_of(store: Store, campaign: str) -> tuple[str, str]:
    """What the top of the page says of it, and its section."""
    evidence = evidence_of(store, campaign, REAL)
    return plain(dict(heading_of(evidence).brief)["What helps most"]), plain(words_of(levers(evidence)))


def words_of(section: Section) -> str:
    prose = [sentence for part in section.parts if isinstance(part, Prose) for sentence in part.sentences]
    points = [point for part in section.parts if isinstance(part, Listed) for point in part.points]
    return " ".join([*prose, *points])


def test_what_helps_most_is_told_with_the_mean_that_sql_finds(compared: tuple[Store, str]) -> None:
    store, name = compared
    ((mean,),) = duckdb.execute(f"""
        select avg(prepared.ed_visits_unmet - today.ed_visits_unmet)
        from '{store.path}/replications/campaign={PREPARED.id}/*.parquet' as prepared
        join '{store.path}/replications/campaign={ATTACK.id}/*.parquet' as today using (replication)
    """).fetchall()
    for campaign in (ATTACK.id, PREPARED.id):
        brief, section = told_of(store, campaign)
        assert f"avoids {abs(round(mean))} patients not taken into care per crisis" in brief
        assert f"Comparison {name}" in section
        assert brief in section


@pytest.fixture
def alone(tmp_path: Path) -> Store:
    """Four crises of which half are better with preparation, half worse; no comparison is kept yet."""
    store = results.prepare(tmp_path / "store")
    seal(store, ordinary_twin(ATTACK), some([CALM | {"ed_visits_unmet": 100}] * len(BEFORE)))
    seal(store, ATTACK, some(unmet(*BEFORE)))
    return store


def test_no_lever_is_named_that_chance_may_have_made(alone: Store) -> None:
    brief, section = told_of(alone, ATTACK.id)
    assert "not known yet" in brief
    assert "tocsin compare essai ransomware-opening-ceremony -n 4 --seed 1 --event none" in section
    alone.keep(described_comparison(Varies.POSTURE, [ATTACK.id, PREPARED.id]))
    _brief, section = told_of(alone, ATTACK.id)
    assert "is not finished, or damaged: it is left out" in section
    seal(alone, PREPARED, some(unmet(*AFTER)))
    brief, section = told_of(alone, ATTACK.id)
    assert brief == "nothing that was compared can be told from chance"
    assert "None can be told from" in section
    assert "left out" not in section
