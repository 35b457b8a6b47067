"""A summary says what the rows of the campaign and of its ordinary twin say."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import results
from results import SCHEMAS, Summary, Verdict
from results.analysis.compared.rows import Rows
from results.analysis.compared.verdicts import Crises, judged, of_systems, verdict_of
from results.analysis.compared.waits import WAITS
from results.analysis.statistics import share_interval
from results.analysis.summary import all_went_off
from results.analysis.witnesses import Witnesses
from results.tables.tables import record_tables
from simulation import ordinary_twin
from simulation.outcome.records import EstablishmentOutcome, Outcome, ReplicationOutcome
from tests.results import synthetic
from topologies.errors import BadStore

ATTACK = synthetic.attack()
CALM: dict[str, object] = {
    "went_off_h": None,
    "waves_gone_off": 0,
    "first_impact_h": None,
    "first_detection_h": None,
    "regional_cell_h": None,
    "regional_cell_delay_h": None,
    "icu_unmet_patient_h": 900.0,
    "ed_unmet_share": 0.02,
    "time_critical_delay_min": 5.0,
    "responder_wait_max_h": None,
    "responders_came": None,
    "capacity_back": None,
    "restored_80_h": None,
    "restoration_h": None,
    "backlog_cleared": None,
    "backlog_recovery_h": None,
}
"""A replication in which nothing happens."""
OFF: dict[str, object] = CALM | {
    "went_off_h": 100.0,
    "waves_gone_off": 1,
    "first_impact_h": 100.0,
    "regional_cell_h": 104.0,
    "regional_cell_delay_h": 4.0,
    "capacity_back": True,
    "restored_80_h": 340.0,
    "restoration_h": 240.0,
}
"""One in which a payload goes off, and everything holds."""


def some(changed: list[dict[str, object]]) -> list[Outcome]:
    """Replications that differ from the made-up ones by these fields."""
    outcomes = []
    for number, changes in enumerate(changed):
        outcome = synthetic.outcome(number)
        row: ReplicationOutcome = replace(outcome.replication, **changes)  # type: ignore[arg-type]
        outcomes.append(replace(outcome, replication=row))
    return outcomes


def summary_of(path: Path, changed: list[dict[str, object]]) -> Summary:
    """The summary of these replications beside calm ones."""
    store = synthetic.sealed_beside(path, some(changed), some([CALM] * len(changed)))
    return results.summarise(store, ATTACK.id)


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


def test_shares_are_given_that_it_went_off_and_over_all(tmp_path: Path) -> None:
    broken = OFF | {"ed_unmet_share": 0.04, "restoration_h": 600.0}
    summary = summary_of(tmp_path, [CALM, CALM, CALM, OFF, broken])
    assert (summary.region, summary.scenario, summary.seed) == ("essai", "ransomware-opening-ceremony", 1)
    assert (summary.went_off.count, summary.went_off.of, summary.attacks) == (2, 5, True)
    for judgement in (summary.care, summary.systems):
        assert judgement is not None
        assert (judgement.given.count, judgement.given.of, judgement.given.share) == (1, 2, 0.5)
        assert judgement.given.interval == share_interval(1, 2)
        assert (judgement.over_all.count, judgement.over_all.of) == (4, 5)
        assert judgement.verdict is Verdict.BREAKS or judgement.verdict is Verdict.UNDECIDED


def test_several_waves_have_gone_off_where_each_has() -> None:
    rows = Rows(record_tables(some([CALM, OFF, OFF | {"waves_gone_off": 2}]))["replications"])
    witnesses = Witnesses.of_campaign(3, "central")
    assert all_went_off(rows, 1, witnesses) is None
    share = all_went_off(rows, 2, witnesses)
    assert share is not None
    assert (share.count, share.of) == (1, 3)


def test_care_is_judged_by_what_the_attack_adds_and_systems_by_their_deadlines(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, [OFF] * 36)
    assert summary.care is not None
    assert summary.systems is not None
    # Far more than the thresholds, but no more than on the same days without the attack.
    assert summary.care.verdict is summary.systems.verdict is Verdict.HOLDS
    assert {each.indicator for each in summary.care.thresholds} == {
        "icu_unmet_patient_h",
        "ed_unmet_share",
        "time_critical_delay_min",
    }
    assert {each.indicator for each in summary.systems.thresholds} == {
        "regional_cell_delay_h",
        "responder_wait_max_h",
        "restoration_h",
    }


def test_a_scenario_that_never_goes_off_puts_nothing_to_the_test(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, [CALM | {"ed_unmet_share": 0.05}] * 36)
    assert summary.went_off.count == 0
    assert summary.care is not None
    assert (summary.care.verdict, summary.care.given.share) == (Verdict.UNTESTED, None)
    assert summary.care.over_all.share == 0.0
    assert summary.added["ed_unmet_share"].median == pytest.approx(0.03)


def test_an_ordinary_month_is_its_own_twin_and_always_holds(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(4)], 4)
    summary = results.summarise(store, synthetic.campaign().id)
    assert (summary.ordinary, summary.attacks) == (summary.campaign, False)
    assert summary.care is not None
    assert (summary.care.verdict, summary.care.given.share) == (Verdict.HOLDS, 1.0)
    assert {(each.median, each.worst) for each in summary.added.values()} == {(0.0, 0.0)}


def test_what_the_attack_adds_is_the_median_one_in_ten_and_the_worst_of_the_crises_that_went_off(
    tmp_path: Path,
) -> None:
    changed = [CALM | {"icu_unmet_patient_h": 5000.0}] * 9  # chance, where nothing went off
    changed += [OFF | {"icu_unmet_patient_h": 900.0 + 10.0 * number} for number in range(11)]
    added = summary_of(tmp_path, changed).added["icu_unmet_patient_h"]
    assert (added.ordinary, added.median, added.one_in_ten, added.worst) == (900.0, 50.0, 90.0, 100.0)
    assert (added.mean, added.unit) == (50.0, "patient-h")


@pytest.mark.parametrize(
    ("changes", "held"),
    [
        ({"restoration_h": 504.0}, True),
        ({"restoration_h": 504.1}, False),
        ({"restoration_h": None, "capacity_back": False}, False),
        # The horizon of 720 h comes before the deadline: nobody knows.
        ({"restoration_h": None, "capacity_back": False, "first_impact_h": 217.0}, True),
        ({"restoration_h": None, "capacity_back": False, "first_impact_h": 216.0}, False),
        ({"restoration_h": None, "restored_80_h": None, "capacity_back": None}, True),
        ({"responder_wait_max_h": 80.0, "responders_came": True}, False),
        ({"responder_wait_max_h": 60.0, "responders_came": False}, True),
        ({"regional_cell_delay_h": None, "regional_cell_h": None}, False),
        ({"regional_cell_delay_h": -5.0}, True),
    ],
    ids=str,
)
def test_a_deadline_is_kept_by_what_came_in_time_or_never_had_to(
    changes: dict[str, object], held: bool
) -> None:
    rows = Rows(record_tables(some([OFF | changes]))["replications"])
    crises = Crises(
        asked=rows,
        ordinary=rows.first(1),
        witnesses=Witnesses.of(1, 1, 1),
        horizon_h=720.0,
        went_off=np.ones(1, np.bool_),
    )
    thresholds = [each.model_dump() for each in ATTACK.scenario.thresholds]
    systems = judged(crises, of_systems(thresholds), 0.9)
    assert systems is not None
    assert systems.given.share == float(held)
    unknown = sum(each.not_due for each in systems.thresholds)
    assert unknown == (held and False in changes.values())


def test_nothing_was_lost_and_never_came_back_are_told_apart(tmp_path: Path) -> None:
    lost: dict[str, object] = OFF | {"capacity_back": False, "restoration_h": None, "restored_80_h": None}
    nothing: dict[str, object] = lost | {"capacity_back": None}
    waits = summary_of(tmp_path, [OFF, lost, lost, nothing, CALM]).waits
    restoration = waits["restoration_h"]
    assert (restoration.concerned, restoration.over, restoration.median) == (3, 1, None)
    assert restoration.restricted_mean == pytest.approx((240.0 + 2 * 620.0) / 3)
    assert restoration.restricted_to == 620.0
    assert restoration.deadline == 504.0
    assert restoration.beyond_share == pytest.approx(2 / 3)
    assert (waits["backlog_recovery_h"].concerned, waits["backlog_recovery_h"].restricted_mean) == (0, None)


def test_no_mean_of_those_that_were_over_is_told_anywhere(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, [OFF, CALM])
    assert not set(summary.indicators) & set(WAITS)
    assert not set(summary.added) & set(WAITS)
    assert set(summary.waits) == set(WAITS)


def test_an_indicator_says_its_unit_its_mean_and_how_often_it_was_missing(tmp_path: Path) -> None:
    changes: list[dict[str, object]] = [{"ed_journey_min": value} for value in (10.0, 14.0, None)]
    indicator = summary_of(tmp_path, changes).indicators["ed_journey_min"]
    assert (indicator.unit, indicator.observed, indicator.missing) == ("min", 2, 1)
    assert (indicator.mean, indicator.p50) == (12.0, 12.0)


def test_a_yes_or_no_is_told_as_a_share(tmp_path: Path) -> None:
    came = summary_of(tmp_path, [CALM | {"responders_came": came} for came in (True, False, None)])
    told = came.indicators["responders_came"]
    assert (told.mean, told.observed, told.missing, told.p50) == (0.5, 2, 1, None)
    assert told.mean_ci == share_interval(1, 2)


def test_one_replication_has_a_mean_without_an_interval(tmp_path: Path) -> None:
    indicator = summary_of(tmp_path, [{"bed_days_lost": 3.0}]).indicators["bed_days_lost"]
    assert indicator.mean == indicator.p05 == indicator.p95 == 3.0
    assert indicator.mean_ci is None


def with_signs(outcome: Outcome, signs: dict[str, dict[str, float]]) -> Outcome:
    """The same, in which these things happened at these sites, and nothing else."""
    nothing = dict.fromkeys(
        ["ed_shut_h", "planned_stopped_h", "switched_off_h", "impact_h", "service_lost_h"], None
    )
    return replace(
        outcome,
        establishments=synthetic.rows_of(
            EstablishmentOutcome,
            (
                replace(each, **(nothing | signs.get(each.finess, {})))  # type: ignore[arg-type]
                for each in outcome.establishments
            ),
        ),
    )


def test_where_care_gives_way_first_is_a_moment_at_which_something_happened(tmp_path: Path) -> None:
    broken = OFF | {"ed_unmet_share": 0.5}
    first, second = sorted(synthetic.SITES)[:2]
    asked = [
        with_signs(outcome, signs)
        for outcome, signs in zip(
            some([broken, broken, broken, OFF]),
            [
                {first: {"impact_h": 1.0}, second: {"ed_shut_h": 10.0, "planned_stopped_h": 12.0}},
                {first: {"impact_h": 1.0, "ed_shut_h": 30.0}, second: {"ed_shut_h": 20.0}},
                {first: {"impact_h": 4.0}},
                {first: {"ed_shut_h": 1.0}},
            ],
            strict=True,
        )
    ]
    store = synthetic.sealed_beside(tmp_path, asked, some([CALM] * 4))
    sign = results.summarise(store, ATTACK.id).first_sign
    assert sign is not None
    assert (sign.finess, sign.name, sign.sign) == (second, synthetic.SITES[second], "ed_shut_h")
    assert (sign.replications, sign.median_h) == (2, 15.0)
    assert sign.share == pytest.approx(2 / 3)


def test_where_care_always_held_it_gives_way_nowhere(tmp_path: Path) -> None:
    assert summary_of(tmp_path, [OFF, CALM]).first_sign is None


def test_a_store_without_the_twin_says_what_to_do(tmp_path: Path) -> None:
    store = synthetic.sealed_beside(tmp_path, some([OFF] * 3), some([CALM] * 3))
    twin = ordinary_twin(ATTACK).id
    assert store.description(ATTACK.id).ordinary == twin
    for table in SCHEMAS:
        shutil.rmtree(store.path / table / f"campaign={twin}")
    with pytest.raises(BadStore, match="run its command again"):
        results.summarise(store, ATTACK.id)


def test_a_twin_may_have_more_replications_than_the_attack(tmp_path: Path) -> None:
    store = synthetic.sealed_beside(tmp_path, some([OFF] * 3), some([CALM] * 9))
    assert results.summarise(store, ATTACK.id).replications == 3


def test_pairs_are_made_by_number(tmp_path: Path) -> None:
    shares = np.linspace(0.01, 0.05, 5)
    asked = some([OFF | {"ed_unmet_share": share + 0.001} for share in shares])
    ordinary = some([CALM | {"ed_unmet_share": share} for share in shares])
    added = results.summarise(synthetic.sealed_beside(tmp_path, asked, ordinary), ATTACK.id).added
    assert added["ed_unmet_share"].worst == pytest.approx(0.001)
    assert added["ed_unmet_share"].mean_ci == pytest.approx((0.001, 0.001))
