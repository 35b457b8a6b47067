"""A summary says what the rows say."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import results
from results import Summary, Verdict
from results.analysis.statistics import share_interval
from results.analysis.summary import verdict_of
from simulation.outcome.records import Outcome, ReplicationOutcome
from tests.results import synthetic

CAMPAIGN = synthetic.campaign()


def summary_of(path: Path, changed: list[dict[str, object]]) -> Summary:
    """The summary of replications that differ from the made-up ones by these fields."""
    store = results.prepare(path)
    some: list[Outcome] = []
    for number, changes in enumerate(changed):
        outcome = synthetic.outcome(number)
        row: ReplicationOutcome = replace(outcome.replication, **changes)  # type: ignore[arg-type]
        some.append(replace(outcome, replication=row))
    with store.begin(CAMPAIGN):
        store.write_chunk(CAMPAIGN.id, some)
        store.seal(CAMPAIGN.id, len(some))
    return results.summarise(store, CAMPAIGN.id)


@pytest.mark.parametrize(
    ("interval", "verdict"),
    [
        ((0.9, 0.95), Verdict.HOLDS),
        ((0.89, 0.95), Verdict.UNDECIDED),
        ((0.8, 0.9), Verdict.UNDECIDED),
        ((0.8, 0.899), Verdict.BREAKS),
    ],
)
def test_a_verdict_needs_the_whole_interval(interval: tuple[float, float], verdict: Verdict) -> None:
    assert verdict_of(interval, 0.9) is verdict


def test_a_summary_counts_the_replications_that_held(tmp_path: Path) -> None:
    summary = results.summarise(synthetic.sealed(tmp_path, [range(30)], 30), CAMPAIGN.id)
    held = sum(synthetic.outcome(number).replication.held for number in range(30))
    assert (summary.held, summary.replications, summary.held_share) == (held, 30, held / 30)
    assert summary.held_share_ci == share_interval(held, 30)
    assert (summary.region, summary.scenario, summary.posture, summary.seed) == (
        "essai",
        "ransomware-opening-ceremony",
        "baseline",
        1,
    )


def test_an_indicator_says_its_unit_its_mean_and_how_often_it_was_missing(tmp_path: Path) -> None:
    summary = results.summarise(synthetic.sealed(tmp_path, [range(30)], 30), CAMPAIGN.id)
    seen = [synthetic.outcome(number).replication.regional_cell_h for number in range(30)]
    present = [value for value in seen if value is not None]
    indicator = summary.indicators["regional_cell_h"]
    assert (indicator.unit, indicator.observed, indicator.missing) == ("h", len(present), seen.count(None))
    assert indicator.mean == pytest.approx(np.mean(present))
    assert indicator.p50 == pytest.approx(np.median(present))


def test_a_yes_or_no_is_told_as_a_share(tmp_path: Path) -> None:
    summary = results.summarise(synthetic.sealed(tmp_path, [range(30)], 30), CAMPAIGN.id)
    held = summary.indicators["held"]
    assert (held.mean, held.mean_ci, held.p50) == (summary.held_share, summary.held_share_ci, None)


def test_one_replication_has_a_mean_without_an_interval(tmp_path: Path) -> None:
    indicator = results.summarise(synthetic.sealed(tmp_path, [range(1)], 1), CAMPAIGN.id).indicators[
        "bed_days_lost"
    ]
    assert indicator.mean == indicator.p05 == indicator.p95 == synthetic.outcome(0).replication.bed_days_lost
    assert indicator.mean_ci is None


def test_a_backlog_that_is_not_cleared_is_missing(tmp_path: Path) -> None:
    cleared: dict[str, object] = {"backlog_recovery_h": 240.0}
    summary = summary_of(tmp_path, [cleared, cleared | {"backlog_recovery_h": None}])
    indicator = summary.indicators["backlog_recovery_h"]
    assert (indicator.unit, indicator.observed, indicator.missing, indicator.mean) == ("h", 1, 1, 240.0)


def test_an_indicator_that_never_occurred_has_no_number(tmp_path: Path) -> None:
    indicator = summary_of(tmp_path, [{"regional_cell_h": None}] * 3).indicators["regional_cell_h"]
    assert (indicator.observed, indicator.missing, indicator.mean, indicator.p50) == (0, 3, None, None)


@pytest.mark.parametrize(
    ("broken", "holds"),
    [
        ((), True),
        (("icu_unmet_patient_h",), True),
        (("responder_wait_max_h",), False),
        (("icu_unmet_patient_h", "responder_wait_max_h"), False),
    ],
)
def test_a_threshold_held_where_it_is_not_among_the_broken(
    tmp_path: Path, broken: tuple[str, ...], holds: bool
) -> None:
    summary = summary_of(tmp_path, [{"held": not broken, "thresholds_broken": broken}])
    (threshold,) = (one for one in summary.thresholds if one.indicator == "responder_wait_max_h")
    assert (threshold.at_most, threshold.held_share) == (72, float(holds))
    assert threshold.held_share_ci == share_interval(int(holds), 1)


def test_what_broke_first_is_the_most_frequent_place_and_indicator(tmp_path: Path) -> None:
    def broken(finess: str | None, indicator: str | None, hour: float | None) -> dict[str, object]:
        named = {"first_broken_finess": finess, "first_broken_indicator": indicator, "first_broken_h": hour}
        return {"held": indicator is None, **named}

    rows = [
        broken("750100121", "icu_unmet_patient_h", 10.0),
        broken("750100120", "icu_unmet_patient_h", 1.0),
        broken("750100121", "icu_unmet_patient_h", 20.0),
        broken(None, "regional_cell_delay_h", 5.0),
        broken(None, None, None),
    ]
    first = summary_of(tmp_path, rows).first_broken
    assert first is not None
    assert (first.finess, first.name, first.indicator) == ("750100121", "Hôpital 1", "icu_unmet_patient_h")
    assert (first.replications, first.breaking_share, first.median_h) == (2, 0.5, 15.0)


def test_a_region_that_never_broke_has_no_first_broken_threshold(tmp_path: Path) -> None:
    never: dict[str, object] = {
        "held": True,
        "first_broken_h": None,
        "first_broken_finess": None,
        "first_broken_indicator": None,
    }
    summary = summary_of(tmp_path, [never] * 40)
    assert summary.first_broken is None
    assert summary.verdict is Verdict.HOLDS
