"""A comparison is a set of ordinary campaigns in one store, refused whole or run."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import results
from flows.execution.comparison import POSTURE, BadComparison, ComparisonOrder, comparison_of
from flows.execution.execution import Execution, campaigns_of
from flows.execution.plan import Order, plan_of
from results import Comparison, Varies
from simulation import STUDIES
from tests.flows.commands import Tocsin
from tests.flows.runs import files_of, run_here
from topologies.errors import InputError

HALF_AND_ALL = ("exercises-half", "exercises-all")


def asked(store: Path) -> ComparisonOrder:
    return ComparisonOrder(
        region="corse",
        scenario="ransomware-large-hospital",
        postures=HALF_AND_ALL,
        replications=2,
        seed=2,
        store=str(store),
        workers=1,
    )


def alone(order: ComparisonOrder, posture: str) -> Order:
    """One of its campaigns, as `tocsin run` orders it."""
    return Order(
        region=order.region,
        scenario=order.scenario or "",
        posture=posture,
        replications=order.replications,
        seed=order.seed,
        store=order.store,
        workers=order.workers,
    )


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[ComparisonOrder, Comparison]:
    """A comparison of two postures, of which the store held the second already."""
    order = asked(tmp_path_factory.mktemp("compared"))
    run_here(plan_of(alone(order, HALF_AND_ALL[1])))
    plan = comparison_of(order)
    execution = Execution(plan)
    assert {(chunk.is_ordinary, chunk.label) for chunk in execution.chunks} == {(False, "exercises-half")}
    return order, execution.start().summary.result(120)


@pytest.mark.long
def test_its_campaigns_are_ordinary_ones_that_share_a_twin(run: tuple[ComparisonOrder, Comparison]) -> None:
    order, found = run
    store = results.open(order.store)
    assert [each.posture for each in found.alternatives] == list(HALF_AND_ALL)
    assert len(store.campaigns()) == 3
    assert all(plan_of(alone(order, name)).is_finished() for name in HALF_AND_ALL)
    assert len({each.ordinary for each in found.alternatives}) == 1
    assert store.check() == []


@pytest.mark.long
def test_it_is_finished_and_opened_again_by_its_name(
    run: tuple[ComparisonOrder, Comparison], verb: Tocsin
) -> None:
    order, found = run
    plan = comparison_of(order)
    assert plan.is_finished()
    assert plan.summary() == found == results.compare(results.open(order.store), found.comparison)
    before = files_of(Path(order.store))
    command = ("compare", "corse", "ransomware-large-hospital", "--postures", ",".join(HALF_AND_ALL))
    options = ("-n", "2", "--seed", "2", "--store", order.store)
    facts = json.loads(verb(*command, *options, "--json").stdout)
    assert (facts["comparison"], facts["new_replications"]) == (found.comparison, 0)
    assert (
        facts["pairs"][0]["added"]["ed_visits_unmet"]["mean"] == found.pairs[0].added["ed_visits_unmet"].mean
    )
    said = verb(*command, *options, "--lang", "fr").stdout
    assert "Exercices dans tous les établissements » au lieu de « Exercices dans la moitié" in said
    assert found.comparison in said
    assert files_of(Path(order.store)) == before


def test_the_verb_lists_its_studies_and_asks_for_a_region(verb: Tocsin) -> None:
    listed = verb("compare", "--list", "--lang", "fr")
    assert (listed.returncode, len(listed.stdout.splitlines())) == (0, len(STUDIES.names()))
    studies = json.loads(verb("compare", "--list", "--json").stdout)["studies"]
    assert [study["name"] for study in studies] == STUDIES.names()
    refused = verb("compare", "--lang", "en")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "no region is named" in refused.stderr
    refused = verb("compare", "corse", "island-alone", "--postures", "baseline", "--lang", "en")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "baseline: stands alone; name another one, after a comma" in refused.stderr


REFUSED: dict[str, tuple[Callable[[ComparisonOrder], ComparisonOrder], str]] = {
    "nothing": (lambda order: replace(order, postures=()), "one thing is compared at a time"),
    "two axes": (lambda order: replace(order, events=("none",)), "one thing is compared at a time"),
    "one alone": (lambda order: replace(order, postures=("baseline",)), "baseline: stands alone"),
    "twice the same": (
        lambda order: replace(order, postures=("baseline", "pooled", "baseline")),
        "baseline: is the same as baseline",
    ),
    "no scenario": (lambda order: replace(order, scenario=None), "no scenario is named"),
    "a posture too many": (lambda order: replace(order, posture="pooled"), "leave out --posture pooled"),
    "an unknown one": (lambda order: replace(order, postures=("baseline", "poold")), "the nearest: pooled"),
    "other days": (
        lambda order: replace(order, postures=(), scenarios=("island-alone",)),
        "island-alone: begins at 2027-01-04",
    ),
    "ordinary life": (
        lambda order: replace(order, postures=(), scenarios=("ordinary-month",)),
        "ordinary-month: is ordinary life",
    ),
    "an unknown study": (lambda order: replace(order, postures=(), study="care"), "no study is called care"),
    "too many": (lambda order: replace(order, postures=("baseline",) * 51), "give 50 at most"),
    "no replications": (lambda order: replace(order, replications=0), "replications is 0"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_compared_is_refused_before_anything_is_written(tmp_path: Path, case: str) -> None:
    change, said = REFUSED[case]
    with pytest.raises(InputError, match=said):
        comparison_of(change(asked(tmp_path / "store")))
    assert not (tmp_path / "store").exists()


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    order = replace(asked(tmp_path), postures=(), scenarios=("island-alone", "ordinary-month"))
    with pytest.raises(BadComparison) as refused:
        comparison_of(order)
    assert [finding.where for finding in refused.value.findings] == ["island-alone", "ordinary-month"]


def test_scenarios_and_events_are_compared_under_one_posture(tmp_path: Path) -> None:
    scenarios = comparison_of(replace(asked(tmp_path), postures=(), scenarios=("worm-unpatched",)))
    assert (scenarios.varies, scenarios.labels) == (
        Varies.SCENARIO,
        ("ransomware-large-hospital", "worm-unpatched"),
    )
    assert {part.campaign.posture.name for part in scenarios.parts} == {POSTURE}
    assert len({part.ordinary.id for part in scenarios.parts}) == 1


def test_events_have_a_twin_each_which_is_run_first_and_prepared_with_its_own_campaign(
    tmp_path: Path,
) -> None:
    order = replace(asked(tmp_path), region="ile-de-france", scenario="ransomware-opening-ceremony")
    plan = comparison_of(replace(order, postures=(), events=("paris-2024", "none")))
    assert (plan.varies, plan.labels) == (Varies.EVENT, ("paris-2024", "none"))
    games, nobody = plan.parts
    assert games.ordinary.id != nobody.ordinary.id
    prepared = campaigns_of(plan.parts)
    assert len(prepared) == 4
    assert prepared[nobody.ordinary.id].scenario.event is None
    assert prepared[games.ordinary.id].scenario.event is not None
    assert [chunk.is_ordinary for chunk in plan.chunks()] == sorted(
        (chunk.is_ordinary for chunk in plan.chunks()), reverse=True
    )


def test_a_study_is_its_reference_then_its_steps_and_postures(tmp_path: Path) -> None:
    plan = comparison_of(replace(asked(tmp_path), postures=(), study="funding-domains"))
    study = STUDIES.load("funding-domains")
    assert plan.labels == ("baseline", *(f"baseline-{step.name}" for step in study.steps))
