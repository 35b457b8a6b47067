"""A sentence of a comparison is never false, whatever the crises say."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from results import Comparison, Paired, Varies
from results.analysis.pairs.comparison import Alternative, comparison_of_sides
from results.analysis.pairs.differences import difference_of
from results.analysis.pairs.paired import pair_of
from results.analysis.witnesses import Witnesses
from results.presentation.comparing.rows import alternative_rows
from results.presentation.comparing.sentences import (
    COUNTED,
    best_sentences,
    clause_of,
    clauses_of,
    crises_sentences,
    held_clauses,
    pair_sentences,
)
from results.presentation.numbers import NO_BREAK
from results.store.comparisons import described_comparison
from tests.results.analysis.test_paired import ATTACK, LOST, PREPARED, Changes, pair, side, unmet
from tests.results.analysis.test_summary import CALM, OFF

UNMET = "ed_visits_unmet"
apart = st.lists(st.integers(-500, 500) | st.integers(-1, 1), min_size=1, max_size=300)


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_LANG", "en")


@cache
def some_pair() -> Paired:
    return pair(unmet(1, 2), unmet(2, 3))


def clause(differences: list[int], shared: int = 1) -> str:
    values = np.array(differences, dtype=np.float64)
    found = difference_of("patients", values, Witnesses.of(len(values), shared, shared))
    return clause_of(replace(some_pair(), added={UNMET: found}), UNMET)


def percentages(text: str) -> list[float]:
    """Those after better in and worse in."""
    return [float(value) for value in re.findall(r"([\d.]+)\s%(?: of crises|$)", text)]


@settings(deadline=None)
@given(differences=apart, shared=st.sampled_from([1, 2]))
def test_a_clause_says_what_the_crises_say(differences: list[int], shared: int) -> None:
    values = np.array(differences, dtype=np.float64)
    text, mean = clause(differences, shared), float(values.mean())
    interval = Witnesses.of(len(values), shared, shared).mean_interval(values)
    assert text.startswith("changes nothing") == (not values.any())
    if text.startswith("avoids "):
        assert interval is not None
        assert interval[1] < 0.0
    elif text.startswith("costs "):
        assert interval is not None
        assert interval[0] > 0.0
    elif text.startswith(("no difference that chance could not make", "most often")):
        assert interval is not None
        assert interval[0] <= 0.0 <= interval[1]
        unequal = values[values != 0.0]
        if len(unequal) >= 20 and shared == 1 and (unequal < 0).all():
            assert text.startswith("most often fewer")
        if text.startswith("most often"):
            assert ("fewer" in text) == ((values < 0).sum() > (values > 0).sum())
    elif values.any():
        assert "in too few to tell it from chance" in text
        assert interval is None
    if values.any():
        better, worse = percentages(text.replace("\u00a0", " "))
        assert better == pytest.approx(100 * (values < 0).mean(), abs=0.06)
        assert worse == pytest.approx(100 * (values > 0).mean(), abs=0.06)
        assert ("less than" in text or better > 0.0) if (values < 0).any() else better == 0.0
        said = re.search(r"(−?)\+?([\d,.]+) patient", text)
        assert said is not None
        last_digit = 10.0 ** -len(said[2].partition(".")[2])
        assert float(said[2].replace(",", "")) == pytest.approx(abs(mean), abs=0.51 * last_digit)
        assert (said[1] == "−") <= (mean < 0.0)


def test_what_every_crisis_has_less_of_is_not_called_chance_where_a_few_decide_the_mean() -> None:
    text = clause([-3, -5, -2, -1] * 5 + [-4_000])
    assert text.startswith(
        "most often fewer, −193 patients not taken into care per crisis on average, but how many"
    )


def test_a_share_that_is_not_all_or_none_is_not_written_as_all_or_none() -> None:
    text = clause([-1] * 9_999 + [1])
    assert "better in more than 99.9" in text
    assert "worse in less than 0.1" in text


CASES: dict[str, tuple[Changes, Changes]] = {
    "nothing is compromised": ([CALM] * 3, [CALM] * 3),
    "all is equal": (unmet(5, 6, 7), unmet(5, 6, 7)),
    "one replication": (unmet(5), unmet(3)),
    "a null everywhere": (
        [OFF | {"ed_visits_unmet": None, "ed_visits_diverted": None, "surgeries_postponed": None}] * 2,
    )
    * 2,
    "nothing is restored": ([LOST] * 4, [LOST] * 4),
    "it goes off under one alone": ([OFF] * 4, [CALM] * 4),
}


def compared(reference: Changes, *others: Changes) -> Comparison:
    """A comparison of these, of which the others have the same posture."""
    sides = [side(ATTACK, reference), *(side(PREPARED, other) for other in others)]
    kept = described_comparison(Varies.POSTURE, [each.description.campaign for each in sides])
    return comparison_of_sides(kept, sides)


@pytest.mark.parametrize("case", CASES)
def test_edges_are_told_as_they_are(case: str) -> None:
    found = compared(*CASES[case])
    (one,) = found.pairs
    said = [*crises_sentences(found), *best_sentences(found), *pair_sentences(found, one), *held_clauses(one)]
    text = " ".join(said)
    assert "nan" not in text
    assert "None" not in text
    assert ("It went off in none" in text) == (case == "nothing is compromised")
    if case == "a null everywhere":
        assert not clauses_of(one)
        assert alternative_rows(found)[0].added == ()
        return
    assert len(clauses_of(one)) == len(COUNTED)
    everything_equal = case in {"nothing is compromised", "all is equal", "nothing is restored"}
    if everything_equal:
        assert all(each.startswith("changes nothing") for each in clauses_of(one) if "operation" not in each)
    if case == "one replication":
        assert "−2.0 patients not taken into care per crisis, in too few to tell it from chance" in text
    if case == "nothing is compromised":
        assert "crisis" not in " ".join([*clauses_of(one), *held_clauses(one)])


def test_the_best_is_named_among_several_and_none_where_chance_may_have_chosen() -> None:
    rng = np.random.default_rng(1)
    before = rng.integers(300, 500, 30)
    better, shuffled = (before - 50).tolist(), rng.permutation(before).tolist()
    named = list(best_sentences(compared(unmet(*before.tolist()), unmet(*better), unmet(*shuffled))))
    assert len(named) == 1
    assert named[0].startswith(
        "What helps most: “Prepared region” instead of “Today's level”: avoids 50 patients"
    )
    nobody = list(best_sentences(compared(unmet(*before.tolist()), unmet(*shuffled), unmet(*shuffled))))
    assert nobody == [
        "What helps most: none can be told from “Today's level” by patients not taken into care, with all of them in "
        "mind."
    ]


def test_of_scenarios_none_is_said_to_help() -> None:
    found = replace(compared(unmet(*[400] * 9), unmet(*[300] * 9), unmet(*[350] * 9)), varies=Varies.SCENARIO)
    (said,) = best_sentences(found)
    assert said.startswith("What adds least: ")


def test_each_row_is_what_its_alternative_adds() -> None:
    found = compared(unmet(500, 400, 300), unmet(450, 420, 200))
    first, second = alternative_rows(found)
    means = [each.added[UNMET].mean for each in found.alternatives]
    for row, mean in zip((first, second), means, strict=True):
        assert row.added[0].startswith(f"+{NO_BREAK}{mean:.0f}" if mean > 0 else f"−{NO_BREAK}{-mean:.0f}")
    assert isinstance(found.reference, Alternative)


def test_a_pair_of_sides_is_the_pair_of_the_comparison() -> None:
    both = unmet(500, 400, 300), unmet(450, 420, 200)
    assert compared(*both).pairs == (pair_of(side(ATTACK, both[0]), side(PREPARED, both[1])),)
