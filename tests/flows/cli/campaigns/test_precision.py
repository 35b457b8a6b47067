"""`--precision` runs a campaign on until its verdict is known well enough, and stops by its replications alone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import results
from flows.cli.commands.campaigns.looks import NothingToNarrow, Wanted
from flows.cli.commands.campaigns.precision import Reached, run_until_precise
from flows.execution.plan import Order, Plan
from flows.recording import campaign_run
from simulation import Outcome
from tests.flows.commands import QUICK, Tocsin
from tests.flows.runs import files_of, plan_with, run_here
from tests.results import synthetic

Run = Callable[[Path, int], Reached]
HALF_WIDTH, MOST = 0.4, 8


def twins(count: int) -> list[Outcome]:
    """Others than those of the campaign."""
    shifted = synthetic.outcomes(range(100, 100 + count))
    return [
        replace(one, replication=replace(one.replication, replication=number))
        for number, one in enumerate(shifted)
    ]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """`tocsin run -n 4 --precision 0.4 --at-most MOST`, without workers and Prefect."""

    def until_precise(store: Path, most: int = MOST) -> Reached:
        region, scenario = QUICK
        order = Order(
            region=region,
            scenario=scenario,
            posture="baseline",
            replications=4,
            seed=5,
            store=str(store),
            workers=1,
        )
        return run_until_precise(order, HALF_WIDTH, most)

    def run_missing(_order: Order, plan: Plan) -> None:
        if not plan.is_finished():
            run_here(plan)

    monkeypatch.setattr(campaign_run, "run_for_command", run_missing)
    return until_precise


def test_what_is_kept_is_what_the_last_number_keeps_whatever_the_store_holds(
    tmp_path: Path, run: Run
) -> None:
    reached = run(tmp_path / "on", MOST)
    *before, last = reached.looks
    assert before
    assert last.is_within(HALF_WIDTH)
    assert not any(look.is_within(HALF_WIDTH) for look in before)
    assert reached.replications == reached.ordinary == last.replications
    at_once = plan_with(tmp_path / "at once", replications=last.replications, workers=1)
    run_here(at_once)
    assert files_of(tmp_path / "on") == files_of(at_once.store.path)

    run_here(replace(at_once, replications=last.replications + 1))
    again = run(at_once.store.path, MOST)
    assert again.looks == reached.looks
    assert (again.replications, again.ordinary) == (0, 0)


def test_a_look_tells_what_the_verdict_of_so_many_would(tmp_path: Path) -> None:
    few, many = (
        synthetic.sealed_beside(tmp_path / str(count), synthetic.outcomes(range(count)), twins(count))
        for count in (20, 30)
    )
    care = results.summarise(few, synthetic.attack().id).care
    assert care is not None
    assert care.given.of < 20
    assert results.care_after(many, synthetic.attack().id, 20) == care.given


def test_it_is_looked_at_when_it_has_doubled_and_at_the_most_that_is_allowed() -> None:
    assert list(Wanted(half_width=0.02, most=1000).sizes(200)) == [200, 400, 800, 1000]
    assert list(Wanted(half_width=0.02, most=200).sizes(200)) == [200]


def test_what_can_never_be_precise_is_refused_before_anything_is_written(
    tmp_path: Path, verb: Tocsin
) -> None:
    store = tmp_path / "store"
    refused = verb(
        "run", *QUICK, "-n", "300", "--precision", "0.02", "--at-most", "200", "--store", str(store), "--lang", "en"
    )  # fmt: skip
    assert refused.returncode == 2
    assert "--at-most is 200, fewer than the 300 of -n" in refused.stderr
    assert not store.exists()
    plan = plan_with(tmp_path / "other", replications=1, workers=1)
    without = plan.campaign.scenario.model_copy(update={"thresholds": ()})
    aimless = replace(plan, campaign=replace(plan.campaign, scenario=without))
    with pytest.raises(NothingToNarrow):
        Wanted(half_width=0.02, most=10).check(aimless)
