"""The small campaign of the page, whose hospitals bear names that must be shown as they are."""

import pytest

from results import Store
from results.presentation import language
from results.sheets.findings import Findings, findings_of
from simulation import Campaign
from tests.results.report.conftest import attacked, store
from tests.results.report.test_page import REAL

__all__ = ["attacked", "store"]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")


@pytest.fixture(scope="session")
def findings(store: Store, attacked: Campaign) -> Findings:
    return findings_of(store, attacked.id, REAL)
