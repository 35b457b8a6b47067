"""News: whether it says anything new that attackers are seen at a site."""

from collections.abc import Sequence

from simulation.engine.nodes import Node
from simulation.engine.situation import Situation


def is_news(situation: Situation, node: Node, body: Sequence[Node]) -> bool:
    """It is not known there, nor cut off already since another site of the same body knows."""
    state = situation.states[node]
    if state.detected_h is not None:
        return False
    others = (situation.states[site] for site in body if site != node)
    return not (state.is_cut_off and any(each.detected_h is not None for each in others))
