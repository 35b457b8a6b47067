"""Bayes linear: on a Gaussian model the update is exact, and leaving evidence out is not hearing it."""

import numpy as np
import pytest

from backtest.calibration.bayes_linear import Evidence, evidence_of, updated

REPLAYS = 4_000


def of_one_parameter(observed: float, noise_sd: float, seed: int) -> Evidence:
    """A figure that is its parameter's score and noise."""
    luck = np.random.default_rng(seed)
    scores = luck.standard_normal((REPLAYS, 1))
    values = scores + noise_sd * luck.standard_normal((REPLAYS, 1))
    return evidence_of(scores, values, np.array([observed]), np.array([[True]]))


def test_the_update_is_that_of_a_gaussian_model() -> None:
    """A figure seen at 2 with a noise of 1 moves a standard normal to 1, with half of its variance."""
    mean, covariance = updated(1, [of_one_parameter(2.0, 1.0, 1)])
    assert mean[0] == pytest.approx(1.0, abs=0.1)
    assert covariance[0, 0] == pytest.approx(0.5, abs=0.05)


def test_two_incidents_tell_as_much_as_their_precisions_together() -> None:
    both = updated(1, [of_one_parameter(2.0, 1.0, 1), of_one_parameter(2.0, 1.0, 2)])
    assert both[0][0] == pytest.approx(4.0 / 3.0, abs=0.1)
    assert both[1][0, 0] == pytest.approx(1.0 / 3.0, abs=0.05)


def test_without_evidence_the_prior_stands() -> None:
    mean, covariance = updated(3, [])
    assert mean.tolist() == [0.0, 0.0, 0.0]
    assert covariance.tolist() == np.eye(3).tolist()


def test_a_figure_tells_nothing_of_a_parameter_that_it_may_not_tell_of() -> None:
    luck = np.random.default_rng(3)
    scores = luck.standard_normal((REPLAYS, 2))
    values = scores.sum(axis=1, keepdims=True)
    mean, covariance = updated(2, [evidence_of(scores, values, np.array([2.0]), np.array([[True], [False]]))])
    assert mean[0] == pytest.approx(1.0, abs=0.1)
    assert (mean[1], covariance[1, 1]) == (0.0, 1.0)


def test_of_a_sum_the_parts_are_believed_together() -> None:
    """Two parameters whose sum was seen: their sum is known, and what one is more the other is less."""
    luck = np.random.default_rng(4)
    scores = luck.standard_normal((REPLAYS, 2))
    values = scores.sum(axis=1, keepdims=True) + 0.1 * luck.standard_normal((REPLAYS, 1))
    told = evidence_of(scores, values, np.array([0.0]), np.array([[True], [True]]))
    _, covariance = updated(2, [told])
    assert covariance[0, 1] < -0.4
    assert covariance.sum() < 0.1
