"""Beliefs: what the script wrote fits the priors, the incidents, and the parameters that everyone uses."""

import shutil
from pathlib import Path

import numpy as np
import pytest

import backtest
from backtest.calibration import surveys
from backtest.calibration.bayes_linear import Evidence
from backtest.calibration.beliefs import Beliefs, Told, load_learnt
from backtest.calibration.drawing import drawn
from backtest.calibration.everyone import told_to_everyone, write_everyone
from backtest.calibration.known import evidence_of_known
from backtest.calibration.matrix_law import load_matrix_law
from backtest.calibration.priors import load_priors
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import FOLDER, load_parameters
from simulation.inputs.parameters.uncertainty import AT_LEAST, AT_MOST
from topologies.fields.quantity import Quantity

PLACE = list(load_priors()).index("crisis_cell_h")


def test_incidents_tell_of_what_their_figures_and_what_is_known_of_them_may_tell() -> None:
    learnt = load_learnt()
    accounts = {account.name: account for account in backtest.accounts()}
    assert set(learnt.told[surveys.NAME].pull) <= set(surveys.TOLD_OF)
    for name, told in learnt.told.items():
        if name == surveys.NAME:
            continue
        account = accounts[name]
        may = {parameter for figure in account.figures for parameter in figure.used_for}
        assert set(told.pull) == set(told.precision) <= may | set(account.known)


def test_what_is_written_of_an_incident_is_what_it_told() -> None:
    count = len(load_priors())
    precision, pull = np.zeros((count, count)), np.zeros(count)
    precision[:2, :2] = [[1.5, -0.25], [-0.25, 2.0]]
    pull[:2] = [0.5, -1.0]
    read = Told.of(Evidence(precision, pull)).evidence
    assert np.array_equal(read.precision, precision)
    assert np.array_equal(read.pull, pull)


def test_without_an_incident_its_own_evidence_is_not_heard() -> None:
    learnt = load_learnt()
    for name in learnt.told:
        others = {other: told for other, told in learnt.told.items() if other != name}
        believed = learnt.without_incident(name)
        assert np.allclose(believed.mean, learnt.model_copy(update={"told": others}).by_all.mean)


def test_a_prior_of_which_nothing_is_told_is_drawn_from_its_range() -> None:
    prior, beliefs = load_priors()["crisis_cell_h"], Beliefs.by(())
    values = [beliefs.value("crisis_cell_h", chance) for chance in (1e-6, 0.5, 1 - 1e-6)]
    assert prior.low <= values[0] < values[1] < values[2] <= prior.high


def test_parameters_that_were_told_together_are_drawn_together() -> None:
    """Where only a sum was told, who draws one of the two long draws the other short."""
    count = len(load_priors())
    precision = np.zeros((count, count))
    precision[:2, :2] = 100.0
    beliefs = Beliefs.by([Evidence(precision, np.zeros(count))])
    luck = np.random.default_rng(1)
    first, second = list(load_priors())[:2]
    draws = [beliefs.scores(luck.standard_normal(count)) for _ in range(400)]
    one, other = (np.array([draw[name] for draw in draws]) for name in (first, second))
    assert np.std(one) == pytest.approx(0.5**0.5, rel=0.1)
    assert np.std(one + other) < 0.2


def test_a_delay_that_is_known_of_a_case_draws_the_median_towards_it() -> None:
    quick = Quantity(value=0.25, unit="h", low=0.2, high=0.3, source="the test")
    told = evidence_of_known({"crisis_cell_h": quick, "machines_hit": quick})
    assert told is not None
    assert np.count_nonzero(told.pull) == 1
    assert told.pull[PLACE] < 0.0
    guessed = quick.model_copy(update={"assumption": True, "reason": "a guess tells nothing"})
    assert evidence_of_known({"crisis_cell_h": guessed}) is None


def test_parameters_of_a_replay_lie_within_what_can_be_and_belong_to_it() -> None:
    everyone, nothing = load_parameters(), Beliefs.by(())
    one, again, other = (drawn(everyone, (), nothing, Luck(1, number)) for number in (0, 0, 1))
    assert one == again
    assert one != other
    priors, cells = load_priors(), set(told_by_law())
    for name, quantity in one.quantities.items():
        if name not in cells:
            bounds = priors.get(name, everyone.quantities[name])
            assert bounds.low <= quantity.value <= bounds.high


def test_replays_keep_the_order_that_parameters_have() -> None:
    for number in range(20):
        one = drawn(load_parameters(), (), load_learnt().by_all, Luck(1, number)).quantities
        assert all(one[name].value >= one[other].value for name, other in AT_LEAST.items())
        assert all(one[name].value <= one[other].value for name, other in AT_MOST.items())


def test_the_law_of_the_matrix_gives_every_cell_of_it_and_no_other() -> None:
    numbers = set(load_parameters().quantities)
    assert {name for name in numbers if name.endswith((".kept", ".kept_rehearsed", ".outside"))} == set(
        told_by_law()
    )


def test_what_is_known_of_an_incident_is_drawn_from_what_is_known() -> None:
    rouen, nothing = backtest.load("rouen-2019"), Beliefs.by(())
    known = rouen.account.known["isolation_h"]
    draws = [
        drawn(rouen.eve.parameters, rouen.account.known, nothing, Luck(1, number)).response.isolation_h.value
        for number in range(20)
    ]
    assert all(known.low <= value <= known.high for value in draws)


def test_what_everyone_uses_is_what_incidents_tell() -> None:
    everyone = load_parameters().quantities
    for name, told in told_to_everyone().items():
        quantity = everyone[name]
        assert (quantity.value, quantity.low, quantity.high) == (told.value, told.low, told.high), (
            f"{name}: python -m flows.cli.calibration"
        )
        assert told.source in quantity.source


def test_writing_what_is_written_changes_nothing(tmp_path: Path) -> None:
    copy = Path(shutil.copytree(FOLDER, tmp_path / "parameters"))
    write_everyone(copy)
    assert load_parameters(copy) == load_parameters()


def told_by_law() -> dict[str, float]:
    law = load_matrix_law()
    return law.cells(dict.fromkeys(law.names, 0.5), {need: share.value for need, share in law.needs.items()})
