"""What is missing of each application: reasons add up, end by themselves, and reach those who depend on a service."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulation.continuity.dependence import Dependence
from simulation.continuity.losses import Losses, Reason
from simulation.continuity.taken import Taken
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck

HERE, HOST = Node(0), Node(1)
EVENT = 0
HALF, MOST = np.array([0.5, 0.0]), np.array([0.8, 1.0])
SUITES = np.array([0, 0, 1, 2], dtype=np.intp)
SHARE = st.floats(0, 1)
NO_DRAWS = np.zeros((2, 2))


def test_what_two_reasons_leave_is_multiplied_and_each_ends_by_itself() -> None:
    losses = Losses({}, NO_DRAWS)
    assert losses.own(HERE) is None
    losses.lose(HERE, Reason.TAKEN, HALF)
    losses.lose(HERE, Reason.SWITCHED_OFF, MOST)
    assert losses.own(HERE) == pytest.approx([0.9, 1.0])
    losses.regain(HERE, Reason.SWITCHED_OFF, np.array([False, True]))
    assert losses.own(HERE) == pytest.approx([0.9, 0.0])
    losses.regain(HERE, Reason.SWITCHED_OFF)
    assert losses.own(HERE) == pytest.approx(HALF)
    losses.regain(HERE, Reason.TAKEN)
    losses.regain(HERE, Reason.OUTAGE)
    assert losses.own(HERE) is None
    assert losses.of(HERE, Reason.TAKEN) is None


def test_a_service_takes_what_depends_on_it_and_nothing_more() -> None:
    losses = Losses({HERE: [Dependence(HOST, np.array([0.5, 0.0]), np.zeros(2))]}, NO_DRAWS)
    assert losses.missed(HERE) is None
    losses.lose(HOST, Reason.OUTAGE, np.ones(2))
    assert losses.missed(HERE) == pytest.approx([0.5, 0.0])
    losses.lose(HERE, Reason.CUT_OFF, np.array([0.0, 0.9]))
    assert losses.missed(HERE) == pytest.approx([0.5, 0.9])
    assert losses.own(HERE) == pytest.approx([0.0, 0.9])


def test_an_application_is_at_a_host_or_not_and_a_whole_outage_takes_all_that_is() -> None:
    of_host = Dependence(HOST, MOST, MOST, chance=0.5)
    losses = Losses({HERE: [of_host]}, np.array([[0.4, 0.6], [0.0, 0.0]]))
    losses.lose(HOST, Reason.OUTAGE, np.ones(2))
    assert losses.missed(HERE) == pytest.approx([0.8, 0.0])


def test_a_link_that_is_cut_costs_its_own_until_it_is_taken_up_and_no_loss_is_counted_twice() -> None:
    losses = Losses({HERE: [Dependence(HOST, MOST, np.array([0.1, 0.0]))]}, NO_DRAWS)
    losses.sever(HERE, HOST, EVENT)
    assert losses.missed(HERE) == pytest.approx([0.1, 0.0])
    losses.lose(HOST, Reason.OUTAGE, np.ones(2))
    assert losses.missed(HERE) == pytest.approx(MOST)
    losses.regain(HOST, Reason.OUTAGE)
    losses.mend(HERE, HOST, EVENT)
    assert losses.missed(HERE) is None


@given(machines=SHARE, more=SHARE, seed=st.integers(0, 1_000))
def test_more_machines_lost_never_take_less(machines: float, more: float, seed: int) -> None:
    taken = Taken.drawn(Luck(seed, 0), 3, SUITES, 0.7)
    less, greater = taken.of(HERE, min(machines, more)), taken.of(HERE, max(machines, more))
    assert np.all(greater >= less)
    assert less[0] == less[1], "what runs on the same servers falls together"


def test_most_applications_are_wholly_taken_or_spared_and_on_average_as_the_machines() -> None:
    taken = Taken.drawn(Luck(1, 0), 4_000, SUITES, 0.7)
    shares = np.array([taken.of(Node(node), 0.4) for node in range(4_000)])
    assert np.mean(shares) == pytest.approx(0.4, abs=0.01)
    assert np.mean((shares == 0.0) | (shares == 1.0)) == pytest.approx(0.7, abs=0.02)
    assert np.all(Taken.drawn(Luck(1, 0), 9, SUITES, 0.7).of(HERE, 1.0) == 1.0)
