"""Paper: who writes for one application among many tires so much less than who writes for all."""

import numpy as np
import pytest

from simulation.care.flow.changes import INTACT, Left
from simulation.continuity.paper import Paper
from simulation.engine.nodes import Node
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.streams import NUMBER, STREAMS, Stream

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


def test_staff_make_up_for_places_at_first_and_none_is_lost_in_time_once_more(parameters: Parameters) -> None:
    """What flows through a department is never less than the worse of both, and nears it with the weeks."""
    paper, kept, longer = Paper(parameters), 0.7, 1.2
    emergency, outpatient = NUMBER[Stream.EMERGENCY_ADULT], NUMBER[Stream.OUTPATIENT]

    def left_after(hours: float | None) -> np.ndarray:
        left = np.tile(INTACT, (len(STREAMS), 1))
        left[:, Left.CAPACITY], left[:, Left.STAYS] = kept, longer
        paper.make_up(hours, left)
        return left

    weeks = [left_after(week * 168.0) for week in range(60)]
    places = [left[emergency, Left.CAPACITY] for left in weeks]
    flows = [left[emergency, Left.CAPACITY] / left[emergency, Left.STAYS] for left in weeks]
    assert places[0] == pytest.approx(1.0 - (1.0 - kept) * (1.0 - parameters.continuity.effort_share.value))
    assert places == sorted(places, reverse=True)
    assert places[-1] == pytest.approx(kept)
    assert all(min(kept, 1.0 / longer) <= flow + 1e-9 for flow in flows)
    assert flows[-1] == pytest.approx(kept)
    assert left_after(None)[emergency, Left.CAPACITY] == pytest.approx(kept)
    assert weeks[0][outpatient, Left.CAPACITY] == kept, "who can wait waits"
    assert weeks[0][outpatient, Left.STAYS] == longer
