"""Work of recovery: the hours that one team needs for a stage at an establishment.

It grows with beds and machines hit, with backups lost or never tested, and a key shortens it. What is one for all, such
as the directory, takes as long for few machines as for all, and hardly longer for a body of forty hospitals than for
a large one alone. Some cases take ten times as long as others of the same size (`case_log_sd`); within a case,
establishments and stages differ less. Teams tire.
"""

from simulation.engine.delays import HOURS_A_DAY
from simulation.engine.nodes import Node
from simulation.engine.recovery_events import Stage
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.response.prepared import PreparedResponse
from simulation.response.responders import HOURS_A_WEEK
from simulation.response.stages import StageWork


def by_beds(beds: float, p: Parameters) -> float:
    """What the beds of a hospital make of work on its systems and machines, over that at one of the reference size."""
    return float((beds / p.recovery.reference_beds.value) ** p.recovery.work_size_exponent.value)


class Work:
    """How long the stages take in one replication."""

    def __init__(self, situation: Situation, prepared: PreparedResponse, p: Parameters) -> None:
        luck, nodes = situation.luck, len(situation.nodes)
        self._situation = situation
        self._prepared = prepared
        self._p = p
        self._paces: dict[Stage, list[float]] = {}
        """Of each stage that somebody has worked on, by node."""
        self._case = luck.paces("work", 1, p.recovery.case_log_sd.value)[0]
        self._backups_fail = luck.chances("backups_fail", nodes)

    def hours(self, node: Node, stage: StageWork) -> float:
        """Hours that one team needs for a stage here, as tired as it is by now."""
        p, state = self._p, self._situation.states[node]
        since_h = 0.0 if state.impact_h is None else self._situation.now_h - state.impact_h
        tired = min(
            p.responders.fatigue_most.value, p.responders.fatigue_a_week.value * since_h / HOURS_A_WEEK
        )
        return float(
            stage.work.value
            * HOURS_A_DAY
            * self._size(node, stage)
            * self._extent(node, stage)
            * (self._without_backups(node) if stage.from_backups else 1.0)
            * (self._with_key(node) if stage.spared_by_key else 1.0)
            * self._prepared.defences[node].work
            * self._paces_of(stage.stage)[node]
            * self._case
            / (1.0 - tired)
        )

    def _size(self, node: Node, stage: StageWork) -> float:
        """What its beds make of the work; what is one for all hardly grows beyond the size for which it is stated."""
        p = self._p.recovery
        beds = self._prepared.beds[node]
        if stage.whole and beds > p.reference_beds.value:
            return float((beds / p.reference_beds.value) ** p.whole_size_exponent.value)
        return by_beds(beds, self._p)

    def _paces_of(self, stage: Stage) -> list[float]:
        if stage not in self._paces:
            luck, nodes = self._situation.luck, len(self._situation.nodes)
            self._paces[stage] = luck.paces(f"work_{stage}", nodes, self._p.recovery.work_log_sd.value)
        return self._paces[stage]

    def _extent(self, node: Node, stage: StageWork) -> float:
        """Which part of the whole there is to do."""
        state = self._situation.states[node]
        return 1.0 if stage.whole and state.directory_held_h is not None else state.machines_hit

    def _without_backups(self, node: Node) -> float:
        """What backups that are lost, or that cannot be restored, add to the work; a body's are where its sites are."""
        p, supervision = self._p.recovery, self._prepared.supervision
        sites = supervision.body_of(node) if supervision.is_shared(node) else (node,)
        if any(self._situation.states[site].backups_destroyed for site in sites):
            return p.lost_backups_multiply.value
        fail = self._backups_fail[node] < self._prepared.defences[node].backups_fail_chance
        return p.untested_backups_multiply.value if fail else 1.0

    def _with_key(self, node: Node) -> float:
        """What is left of the work once a key is there."""
        key_h = self._situation.states[node].key_h
        has_key = key_h is not None and key_h <= self._situation.now_h
        return self._p.recovery.key_leaves.value if has_key else 1.0
