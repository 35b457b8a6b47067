"""What a verdict turns on: named where it does something, and never by counting a draw twice."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import results
from results import Store
from results.analysis.assumptions.sensitivity import BACK, CARE, NothingDrawn, Sensitivity
from results.analysis.compared.added import UNMET
from results.presentation.assumptions.titles import load_titles
from results.presentation.turning import caveat_sentences, nothing_in_words, turning_sentence
from simulation import Uncertainty
from simulation.inputs.campaign import CRISIS_SHARED, ORDINARY_SHARED
from simulation.outcome.records import Outcome
from tests.results import synthetic
from tests.results.analysis.test_summary import CALM, OFF

DRAWN = replace(synthetic.attack(), uncertainty=Uncertainty.DRAWN)
REPLICATIONS = 120
ACTIVE, IDLE, OF_LIFE = "breakout_h", "crossing_h", "medicine_occupancy"
COST, SAME_COST = "outages.record.medicine.kept", "outages.record.surgery_scheduled.kept"


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_LANG", "en")


def drawn(number: int) -> dict[str, float]:
    """What a replication takes the parameters to be; two costs hang on one unknown."""
    crisis = np.random.default_rng([1, number // CRISIS_SHARED]).random(3)
    cost = float(crisis[2])
    values = {ACTIVE: float(crisis[0]), IDLE: float(crisis[1]), COST: cost, SAME_COST: cost / 2}
    return values | {OF_LIFE: float(np.random.default_rng([2, number // ORDINARY_SHARED]).random())}


def outcome(number: int, unmet: Callable[[Mapping[str, float], float], float]) -> Outcome:
    """A crisis that adds so much, by what was drawn and by chance; nothing went off in one of ten."""
    values, chance = drawn(number), float(np.random.default_rng([3, number]).random())
    changes = CALM if number % 10 == 9 else OFF | {"ed_unmet_share": 0.02 + 0.02 * unmet(values, chance)}
    made_up = synthetic.outcome(number % 2)
    row = replace(made_up.replication, replication=number, ed_visits_unmet=100, **changes)  # type: ignore[arg-type]
    return replace(made_up, replication=row, parameters=values)


def store_with(path: Path, unmet: Callable[[Mapping[str, float], float], float]) -> Store:
    asked = [outcome(number, unmet) for number in range(REPLICATIONS)]
    calm = [outcome(number, lambda values, chance: 0.0) for number in range(REPLICATIONS)]
    return synthetic.sealed_beside(path, asked, calm, DRAWN)


def sensitivity_with(path: Path, unmet: Callable[[Mapping[str, float], float], float]) -> Sensitivity:
    return results.sensitivity_of(store_with(path, unmet), DRAWN.id)


def test_the_verdict_turns_on_what_does_something(tmp_path: Path) -> None:
    found = sensitivity_with(tmp_path, lambda values, chance: values[ACTIVE] - values[COST] + 0.1 * chance)
    assert {one.name: one.rises for one in found.turns_on} == {ACTIVE: True, "outages.record.kept": False}
    assert (found.replications, found.crises) == (REPLICATIONS, REPLICATIONS * 9 // 10)
    care = found.explained[CARE]
    assert (care.crisis.draws, care.crisis.assumptions) == (REPLICATIONS // CRISIS_SHARED, 3)
    assert sum(one.share for one in found.turns_on) == pytest.approx(0.95, abs=0.1)
    sentence = turning_sentence(found)
    assert sentence.startswith("The verdict on care turns on these two: ")
    assert f"{load_titles()[ACTIVE].en} (worse where it is high)" in sentence
    assert sentence.endswith("No other can be told apart from chance with 120 replications.")


def test_what_chance_decides_turns_on_nothing(tmp_path: Path) -> None:
    found = sensitivity_with(tmp_path, lambda values, chance: chance)
    assert found.turns_on == ()
    assert turning_sentence(found).startswith(
        "With 120 replications this cannot be said yet. Nothing can be told apart from chance: by chance alone "
    )
    # These never differ, so that there is nothing to tell.
    assert [found.explained[name].crisis.level for name in (UNMET, BACK)] == [None, None]
    same = "It comes to the same in all crises: there is nothing to explain."
    assert nothing_in_words(found, found.explained[UNMET]) == (same,)
    care = found.explained[CARE]
    few = replace(care, crisis=replace(care.crisis, draws=12, level=None))
    assert nothing_in_words(replace(found, crises=20), few) == (
        "With 20 crises this cannot be said yet.",
        "They rest on 12 draws of the assumptions, which are judged from 30 on: run more.",
    )


def test_sixteen_who_share_a_draw_are_one_witness(tmp_path: Path) -> None:
    """By replications ordinary life would explain all; by draws there are too few of it to tell."""
    found = sensitivity_with(tmp_path, lambda values, chance: values[OF_LIFE])
    assert (found.explained[CARE].ordinary.draws, found.explained[CARE].ordinary.level) == (8, None)
    assert found.turns_on == ()
    assert any("Ordinary life was drawn 8 times" in sentence for sentence in caveat_sentences(found))


def test_a_campaign_that_draws_nothing_is_refused(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path, [range(2)], 2)
    with pytest.raises(NothingDrawn, match="run the same with --parameters drawn"):
        results.sensitivity_of(store, synthetic.campaign().id)
