"""Laid payloads: what was laid on machines before their links were cut starts at its hour, until somebody has looked.

Who is cut off knows of attackers or is told of them, and searches its systems meanwhile, as long as a hunt takes there
(`response/detecting/hunts.py`): then the payload is found. Where everything is switched off it does not start.
"""

from simulation.attack.prepared import PreparedAttack
from simulation.engine.delays import Delay
from simulation.engine.nodes import Node, NodeState
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters


class LaidPayload:
    """The payloads that one wave has laid."""

    def __init__(self, situation: Situation, prepared: PreparedAttack, p: Parameters, wave: str) -> None:
        hunted = [defence.hunt_pace for defence in prepared.defences]
        self.search = Delay(situation, "hunt_pace", p.detection.hunt_h, shortened_by=hunted)
        self.situation = situation
        self._works = p.attack.laid_payload_works.value
        self._laid = situation.luck.chances(f"laid {wave}", len(situation.nodes))

    def works(self, node: Node, state: NodeState) -> bool:
        """It starts behind the cut."""
        if state.isolated_h is None or not state.is_cut_off or state.is_switched_off:
            return False
        is_found = self.situation.now_h >= state.isolated_h + self.search.hours(node)
        return not is_found and self._laid[node] < self._works
