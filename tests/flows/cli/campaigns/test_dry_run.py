"""`--dry-run` tells what a run would do, and does none of it."""

import json
from pathlib import Path

from flows.execution.comparison import ComparisonOrder, comparison_planned
from flows.execution.expected.estimate import lacking
from tests.flows.commands import QUICK, Tocsin
from tests.flows.runs import plan_with, run_here

FEW = 8


def test_a_dry_run_writes_nothing_and_tells_what_the_run_then_takes(tmp_path: Path, verb: Tocsin) -> None:
    store = tmp_path / "store"
    asked = ["run", *QUICK, "-n", str(FEW), "--seed", "5", "--store", str(store), "--dry-run", "--json"]
    told = json.loads(verb(*asked).stdout)
    assert list(tmp_path.iterdir()) == []
    plan = plan_with(store, replications=FEW, workers=1)
    assert [one["campaign"] for one in told["campaigns"]] == [plan.campaign.id]
    assert (told["new_replications"], told["new_ordinary_replications"]) == (FEW, FEW)
    assert 0 < told["seconds"][0] <= told["seconds"][1]
    run_here(plan)
    written = sum(file.stat().st_size for file in store.rglob("*") if file.is_file())
    assert told["store_bytes"][0] <= written <= told["store_bytes"][1]
    finished = json.loads(verb(*asked).stdout)
    assert (finished["new_replications"], finished["tried_replications"]) == (0, 0)


def test_a_dry_run_refuses_what_the_run_would(tmp_path: Path, verb: Tocsin) -> None:
    (tmp_path / "file").touch()
    compared = ["compare", *QUICK, "--postures", "baseline,prepared"]
    store = ["--store", str(tmp_path / "file")]
    for asked in (["run", *QUICK], compared):
        refused = verb(*asked, *store, "--dry-run")
        assert refused.returncode == 2
        assert refused.stderr == verb(*asked, *store).stderr
    assert verb(*compared, "--seed", "-1", "--dry-run").returncode == 2


def test_a_comparison_counts_the_days_without_the_attack_once(tmp_path: Path) -> None:
    region, scenario = QUICK
    order = ComparisonOrder(
        region=region,
        scenario=scenario,
        postures=("baseline", "prepared"),
        replications=2,
        store=str(tmp_path / "store"),
    )
    found = lacking(comparison_planned(order).parts)
    assert [(one.is_ordinary, one.replications) for one in found] == [(True, 2), (False, 2), (False, 2)]
    assert list(tmp_path.iterdir()) == []
