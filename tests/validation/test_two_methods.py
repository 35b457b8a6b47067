"""Given data and Morris on functions with known answers: what the benchmark of sensitivity stands on."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.assumptions import points
from benchmarks.assumptions.methods import by_given_data, by_morris, changes_of, places_of
from benchmarks.assumptions.points import Study
from benchmarks.assumptions.rankings import Fifth, Ranking, Verdict, verdict_of
from results.analysis.assumptions.sensitivity import ranks_of

Array = NDArray[np.float64]
WEIGHTS = np.array([5.0, 4.0, 3.5, 3.0, 2.5, 2.4, 2.0, 1.0, *[0.3] * 20])
NAMES = tuple(map(str, range(len(WEIGHTS))))
LEADING = tuple(range(8))
TRUE = (100 * WEIGHTS**2 / (WEIGHTS**2).sum())[: len(LEADING)]
DRAWS, STUDIES = 256, 25


def in_line(chances: Array) -> Array:
    line: Array = chances @ WEIGHTS
    return line


@pytest.fixture
def studies(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Study]:
    """The same study with another chance."""

    def study(seed: int) -> Study:
        monkeypatch.setattr(points, "SEED", seed)
        return Study(NAMES, in_line)

    return study


@pytest.mark.parametrize("columns", [tuple(range(len(WEIGHTS))), LEADING], ids=["all", "leading"])
def test_errors_of_given_data_are_what_new_draws_differ_by(
    studies: Callable[[int], Study], columns: tuple[int, ...]
) -> None:
    found = [
        by_given_data(NAMES, studies(seed).draws(1, DRAWS), columns, in_days=True) for seed in range(STUDIES)
    ]
    shares = np.array([one.effects[: len(LEADING)] for one in found])
    told = np.mean([one.errors[: len(LEADING)] for one in found], axis=0)
    assert 0.9 < told.sum() / shares.std(axis=0, ddof=1).sum() < 1.5
    assert shares.mean(axis=0) == pytest.approx(TRUE, abs=2.0)


def test_less_is_left_to_chance_where_what_others_do_is_taken_off(studies: Callable[[int], Study]) -> None:
    draws = studies(1).draws(1, DRAWS)
    everything = by_given_data(NAMES, draws, range(len(NAMES)), in_days=True)
    leading = by_given_data(NAMES, draws, LEADING, in_days=True)
    assert leading.errors.sum() < 0.8 * everything.errors[: len(LEADING)].sum()


def test_morris_moves_each_by_half_of_its_law(studies: Callable[[int], Study]) -> None:
    study = studies(1)
    moved = study.trajectories(1, 6, LEADING)
    changes = changes_of(moved, moved.lost, LEADING)
    assert changes == pytest.approx(np.tile(WEIGHTS[: len(LEADING)] / 2, (6, 1)))
    assert by_morris(NAMES, moved, LEADING, moved.lost).first(8) == list(NAMES[:8])
    many = study.trajectories(2, 2_000, LEADING).chances
    assert many.mean(axis=0) == pytest.approx(np.full(len(NAMES), 0.5), abs=0.03)
    assert many.var(axis=0) == pytest.approx(np.full(len(NAMES), 1 / 12), abs=0.006)


def test_what_an_assumption_does_with_another_is_seen_without_a_sign(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A product of two that rise as often as they fall: alone neither does anything."""
    monkeypatch.setattr(points, "SEED", 4)
    study = Study(("a", "b", "c"), lambda at: 4.0 * (at[:, 0] - 0.5) * (at[:, 1] - 0.5) + 0.1 * at[:, 2])
    moved = study.trajectories(1, 500, (0, 1, 2))
    whole, alone = (
        by_morris(study.names, moved, (0, 1, 2), moved.lost, signed=signed) for signed in (False, True)
    )
    assert whole.effects == pytest.approx([0.5, 0.5, 0.05], abs=0.05)
    assert alone.effects == pytest.approx([0.0, 0.0, 0.05], abs=0.08)


def test_places_are_the_ranks_that_the_command_takes() -> None:
    lost = np.array([4.0, 0.0, 0.0, 7.5])
    assert places_of(lost, lost) == pytest.approx((ranks_of(lost) - 0.5) * 25)
    assert places_of(np.array([-1.0, 5.0, 8.0]), lost) == pytest.approx([0.0, 75.0, 100.0])


def ranking(*effects: float, error: float) -> Ranking:
    """Seven assumptions of one error each, whose chance is their own."""
    chance = np.random.default_rng(1).normal(0.0, error, (4_000, len(effects)))
    return Ranking(tuple("abcdefg"), np.array(effects), np.array(effects) + chance, margin=0.1)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ((9.0, 8.0, 7.0, 6.0, 5.1, 5.0, 1.0), (6.0, 7.0, 8.0, 9.0, 5.1, 5.0, 1.0), Verdict.SAME),
        ((9.0, 8.0, 7.0, 6.0, 5.1, 5.0, 1.0), (9.0, 8.0, 7.0, 6.0, 4.9, 5.0, 1.0), Verdict.TIE),
        ((9.0, 8.0, 7.0, 6.0, 5.1, 4.4, 1.0), (9.0, 8.0, 7.0, 6.0, 4.4, 5.0, 1.0), Verdict.DIFFER),
    ],
)
def test_two_methods_agree_tie_or_differ(
    one: tuple[float, ...], other: tuple[float, ...], verdict: Verdict
) -> None:
    assert verdict_of(ranking(*one, error=0.1), ranking(*other, error=0.1)) is verdict


def test_what_errors_leave_open_is_said_to_be_open() -> None:
    one = ranking(9.0, 8.0, 7.0, 6.0, 5.1, 4.4, 1.0, error=0.5)
    other = ranking(9.0, 8.0, 7.0, 6.0, 4.4, 5.0, 1.0, error=0.5)
    assert (one.fifth(), verdict_of(one, other)) == (Fifth.OPEN, Verdict.UNDECIDED)
    assert ranking(9.0, 8.0, 7.0, 6.0, 5.1, 4.4, 1.0, error=0.1).fifth() is Fifth.APART
    assert ranking(9.0, 8.0, 7.0, 6.0, 5.1, 5.0, 1.0, error=0.1).fifth() is Fifth.EQUAL
    assert one.sure_to_be_first() == set("abc")
    assert one.may_be_first() == set("abcdef")
