"""Beliefs: what the script wrote fits the priors, and the parameters that everyone uses."""

import backtest
from backtest.calibration.beliefs import BEFORE_ALL, Belief, load_learnt
from backtest.calibration.drawing import drawn
from backtest.calibration.priors import load_priors
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import load_parameters


def test_the_file_tells_of_the_parameters_that_have_a_prior_and_of_no_other() -> None:
    learnt = load_learnt()
    assert set(learnt.all) == set(load_priors())
    assert all(set(each) == set(load_priors()) for each in learnt.without.values())
    assert set(learnt.without) <= set(backtest.incident_names())


def test_a_prior_of_its_own_is_drawn_from_its_range() -> None:
    prior = load_priors()["crisis_cell_h"]
    values = [BEFORE_ALL.value(prior, chance) for chance in (0.0, 0.5, 1.0)]
    assert prior.low <= values[0] < values[1] < values[2] <= prior.high
    assert Belief(mean=1.0, sd=0.1).value(prior, 0.5) > values[1]


def test_parameters_of_a_replay_lie_within_what_can_be_and_belong_to_it() -> None:
    everyone = load_parameters()
    one, again, other = (drawn(everyone, (), {}, Luck(1, number)) for number in (0, 0, 1))
    assert one == again
    assert one != other
    priors = load_priors()
    for name, quantity in one.quantities.items():
        bounds = priors.get(name, everyone.quantities[name])
        assert bounds.low <= quantity.value <= bounds.high


def test_what_is_known_of_an_incident_is_drawn_from_what_is_known() -> None:
    rouen = backtest.load("rouen-2019")
    known = rouen.account.known["isolation_h"]
    draws = [
        drawn(rouen.eve.parameters, rouen.account.known, {}, Luck(1, number)).response.isolation_h.value
        for number in range(20)
    ]
    assert all(known.low <= value <= known.high for value in draws)
