from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any, cast

import pytest

from flows.execution import shutdown
from flows.recording import campaign_run
from flows.workers import machine


def said_at_the_start(
    missing: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ordinary: int = 0
) -> str:
    """What the command says before it starts anything, of a campaign that lacks so many replications."""
    monkeypatch.setenv("TOCSIN_LANG", "en")
    monkeypatch.setattr(campaign_run, "run_recorded", lambda *_, **__: None)
    monkeypatch.setattr(campaign_run, "remarks", lambda *_: ())
    monkeypatch.setattr(shutdown, "graceful", nullcontext)
    part = SimpleNamespace(
        missing=lambda: list(range(missing)),
        missing_ordinary=lambda: list(range(ordinary)),
        ordinary=SimpleNamespace(id="c0"),
        dask=None,
    )
    plan = SimpleNamespace(is_finished=lambda: False, parts=(part,), workers=4)
    campaign_run.run_for_command(cast("Any", SimpleNamespace(hours=None)), cast("Any", plan))
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (0, "All replications are computed; starting Prefect and writing the results"),
        (1, "Starting 1 worker and"),
        (9, "Starting 4 workers and"),
    ],
)
def test_no_more_workers_are_announced_than_start(
    missing: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert said_at_the_start(missing, monkeypatch, capsys).startswith(said)


def test_the_days_without_the_attack_are_announced_where_the_store_lacks_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "without the attack first (5 replications)" in said_at_the_start(0, monkeypatch, capsys, 5)
    assert "without the attack" not in said_at_the_start(5, monkeypatch, capsys)


def test_a_tight_limit_on_each_process_is_named_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(machine, "address_space", lambda: 700 * 2**20)
    assert "reserve 700 MB of memory only (ulimit -v)" in said_at_the_start(9, monkeypatch, capsys)
