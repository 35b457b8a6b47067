"""Intervals of replications that share what is drawn for them."""

from functools import partial

import numpy as np
import pytest

from results.analysis.statistics import mean_interval, share_interval
from results.analysis.witnesses import Witnesses, chance_share

SHARED = partial(Witnesses.of, crisis_shared=2, ordinary_shared=16)
ALONE = partial(Witnesses.of, crisis_shared=1, ordinary_shared=1)
CAMPAIGNS, REPLICATIONS, TRUTH = 600, 200, 7.0


def campaign(rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """A toy whose mean is known: ordinary life, the crisis and chance each move it."""
    of_all = SHARED(REPLICATIONS)
    ordinary, crisis = rng.normal(0.0, 1.0, REPLICATIONS), rng.exponential(2.0, REPLICATIONS) - 2.0
    return TRUTH + ordinary[of_all.ordinary] + crisis[of_all.crisis] + rng.normal(0.0, 2.0, REPLICATIONS)


def test_intervals_cover_the_truth_at_their_level_where_parameters_are_drawn() -> None:
    rng = np.random.default_rng(1)
    held = {"mean": 0, "share": 0, "median": 0}
    median = np.median([np.median(campaign(np.random.default_rng(9_000 + k))) for k in range(2_000)])
    share = np.mean([np.mean(campaign(np.random.default_rng(9_000 + k)) > TRUTH) for k in range(2_000)])
    for _ in range(CAMPAIGNS):
        values = campaign(rng)
        low, high = SHARED(REPLICATIONS).mean_interval(values) or (0.0, 0.0)
        held["mean"] += low <= TRUTH <= high
        low, high = SHARED(REPLICATIONS).share_interval(values > TRUTH)
        held["share"] += low <= share <= high
        low, high = SHARED(REPLICATIONS).quantile_interval(values, 0.5) or (0.0, 0.0)
        held["median"] += low <= median <= high
    # 0.95, and what 600 campaigns can differ from it by chance.
    assert 0.92 <= held["mean"] / CAMPAIGNS <= 0.98
    assert 0.90 <= held["share"] / CAMPAIGNS <= 0.98
    assert 0.92 <= held["median"] / CAMPAIGNS <= 0.99


def test_where_nothing_is_drawn_they_are_those_of_student_and_wilson() -> None:
    values = np.random.default_rng(2).normal(5.0, 2.0, 40)
    assert ALONE(40).mean_interval(values) == pytest.approx(mean_interval(values))
    assert ALONE(40).share_interval(values > 5.0) == share_interval(int((values > 5.0).sum()), 40)


def test_those_who_all_say_the_same_are_worth_their_draws() -> None:
    assert SHARED(40).share_interval(np.ones(40, np.bool_)) == share_interval(20, 20)


def test_chance_is_told_from_what_is_not_known() -> None:
    rng = np.random.default_rng(3)
    draws = SHARED(20_000)
    values = rng.normal(0.0, 3.0, 20_000)[draws.crisis] + rng.normal(0.0, 1.0, 20_000)
    assert chance_share(values, draws) == pytest.approx(0.1, abs=0.01)
    assert chance_share(rng.normal(0.0, 1.0, 20_000), draws) == pytest.approx(1.0, abs=0.02)
    assert chance_share(values[:200], ALONE(200)) is None
