"""News: some shun a department that can take clearly fewer, once people know and as long as they do."""

import pytest

from simulation.care.demand.news import News
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.replication import PreparedCampaign


@pytest.mark.parametrize(("kept", "shares"), [(0.95, []), (0.5, [0.1, 0.0])])
def test_people_hear_of_what_began_and_of_its_end(
    small: PreparedCampaign, parameters: Parameters, kept: float, shares: list[float]
) -> None:
    situation = Situation.at_start(small.nodes, Luck(1, 0), 1_000.0)
    news, told = News(situation, parameters), list[tuple[float, Node, float]]()
    situation.signals.shunned.subscribe(lambda node, share: told.append((situation.now_h, node, share)))
    node = small.nodes.sites[0]
    news.happen(node, 1.0 - kept)
    situation.after(100.0, lambda: news.happen(node, 0.0))
    situation.env.run(until=500.0)
    assert [(one, share) for _, one, share in told] == [(node, share) for share in shares]
    assert all(at_h > 0.0 for at_h, _, _ in told)
    if told:
        assert told[1][0] == pytest.approx(100.0 + told[0][0]), "as long after it is over"


def test_who_hears_of_it_when_it_is_over_hears_nothing(
    small: PreparedCampaign, parameters: Parameters
) -> None:
    situation = Situation.at_start(small.nodes, Luck(1, 0), 1_000.0)
    news, told = News(situation, parameters), list[float]()
    situation.signals.shunned.subscribe(lambda _, share: told.append(share))
    news.happen(small.nodes.sites[0], 0.5)
    news.happen(small.nodes.sites[0], 0.0)
    situation.env.run(until=500.0)
    assert told == []
