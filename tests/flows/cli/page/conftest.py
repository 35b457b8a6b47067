"""A campaign in French, of which nothing is run."""

import pytest

from flows.execution.plan import Plan
from tests.flows.commands import SCENARIO
from tests.flows.runs import plan_with


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A campaign, of which nothing is run."""
    return plan_with(tmp_path_factory.mktemp("briefing"), replications=200, workers=2, asked=SCENARIO)


@pytest.fixture(autouse=True)
def in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_LANG", "fr")
