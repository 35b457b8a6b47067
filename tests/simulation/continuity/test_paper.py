"""Paper: who writes for one application among many tires so much less than who writes for all."""

import pytest

from simulation.continuity.paper import Paper
from simulation.engine.nodes import Node
from simulation.inputs.parameters.parameters import Parameters

MONTHS_H = 12 * 168.0


def test_one_tires_by_how_much_is_on_paper(parameters: Parameters) -> None:
    paper, p = Paper(parameters), parameters.continuity
    whole, partly = Node(0), Node(1)
    paper.begin(whole, 0.0, 1.0)
    paper.begin(partly, 0.0, 0.1)
    settled, most = p.paper_settled.value, p.paper_tiring_most.value
    assert paper.hardship(whole, MONTHS_H) == pytest.approx(settled + most, abs=1e-3)
    assert paper.hardship(partly, MONTHS_H) == pytest.approx(settled + most / 10.0, abs=1e-3)
    paper.begin(partly, 0.0, 0.5)
    assert paper.hardship(partly, MONTHS_H) == pytest.approx(settled + most / 2.0, abs=1e-3)
    assert paper.hardship(partly, None) == 1.0
