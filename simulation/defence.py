"""What does a posture change? It moves thresholds and delays, never luck."""

from dataclasses import dataclass

from simulation.parameters import Parameters
from simulation.posture import Posture
from topologies.region import LinkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Defence:
    """What the levers of one node leave to the attacker, and what they save in the crisis."""

    foothold_chance: float
    control_chance: float
    crossing_chance: dict[LinkKind, float]
    """Chance that an attack comes in by a link of this kind."""
    detection_per_h: float
    """Hazard of noticing an attacker inside."""
    backups_lost_chance: float
    machines_exposed: float
    """Part of the machines that a payload would hit, over that without protection."""
    decisions: float
    """Decision delays, over those of a cell that never exercised."""
    losses: float
    """Capacity lost, over that without a continuity plan."""
    work: float
    """Work of recovery, over that of a plan never rehearsed."""


LN_2 = 0.6931471805599453


def defence_of(node: str, posture: Posture, parameters: Parameters) -> Defence:
    """The defence of a node under a posture; each lever acts in proportion to its level."""
    p = parameters

    def left(lever: str, effect_at_full: float) -> float:
        return 1.0 - effect_at_full * posture.level(lever, node)

    directory = left("directory", p.directory_resists.value)
    awareness = left("awareness", p.awareness_resists.value)
    exercises = posture.level("exercises", node)
    detection = p.detection_gain.value ** posture.level("detection", node)
    return Defence(
        foothold_chance=p.foothold_success.value
        * left("internet_exposure", p.exposure_resists.value)
        * awareness,
        control_chance=p.directory_control_success.value * directory,
        crossing_chance={
            LinkKind.DIRECTORY: p.crossing_directory.value * directory,
            LinkKind.HOSTING: p.crossing_hosting.value,
            LinkKind.MAINTENANCE: p.crossing_maintenance.value
            * left("remote_maintenance", p.maintenance_resists.value),
            LinkKind.EXCHANGE: p.crossing_exchange.value * awareness,
        },
        # A hazard grows with its lever as a power: each further step of supervision multiplies what is seen.
        detection_per_h=LN_2 / p.detection_h.value * detection,
        backups_lost_chance=p.backups_lost.value * left("backups", p.backups_protect.value),
        machines_exposed=left("workstations", p.workstations_resist.value),
        decisions=left("exercises", p.exercises_shorten.value),
        losses=left("continuity_plan", p.continuity_keeps.value),
        # A plan saves work only where it has been rehearsed.
        work=1.0 - p.rehearsal_speeds_recovery.value * posture.level("continuity_plan", node) * exercises,
    )
