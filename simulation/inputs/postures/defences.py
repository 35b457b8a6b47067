"""Defences: what a posture changes at each node. It moves thresholds and delays, never luck."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Levels, Posture
from simulation.inputs.scenarios.wave import WayIn
from topologies.region import LinkKind, Trust

LN_2 = 0.6931471805599453


@dataclass(frozen=True, slots=True, kw_only=True)
class Defence:
    """What the levers of one node leave to an attacker of middling skill, and what they save in the crisis."""

    foothold_chance: dict[WayIn, float]
    """Chance that a first door opens, by the way in."""
    privilege_chance: float
    control_chance: float
    crossing_chance: dict[LinkKind, float]
    """Chance that an attack comes in by a link of this kind, directories apart."""
    trusting_chance: dict[Trust, float]
    """Chance that it falls with a directory, by what stands behind that one; of a legal entity, that all do, as one."""
    shared_chance: dict[Trust, float]
    """Of a directory: the chance that who holds one of its members comes to it, where they are not one entity."""
    worm_chance: float
    """Chance that a worm comes in over a network that is shared with others."""
    own_detection_per_h: float
    """Hazard that it notices by itself an attacker who holds its directory."""
    soc_detection_per_h: float
    """The same, of the supervision shared by the region."""
    cert_warning_per_h: float
    """The same, of a warning from outside."""
    overlooks_chance: float
    """Chance that its own staff does not understand an alert."""
    sabotage_seen_chance: float
    """Chance that it sees its backups being destroyed."""
    theft_seen_chance: float
    """Chance that it sees data leaving in mass."""
    hunt_pace: float
    """How long a hunt takes, over that of one who is not watched."""
    hunt_finds_chance: float
    backups_lost_chance: float
    backups_fail_chance: float
    """Chance that copies that were spared cannot be restored, for want of a rehearsal."""
    machines_exposed: float
    """Part of the machines that a payload would hit, over that without protection."""
    decisions: float
    """Decision delays, over those of a cell that never exercised."""
    rehearsed: float
    """How far its continuity plan helps, from 0 without one to 1 for one that is rehearsed."""
    work: float
    """Work of recovery, over that of a plan never rehearsed."""
    checks: float
    """Work of checks before what was switched off is on again, over that without any plan or supervision."""
    leaves_trust_chance: float
    """Chance that it leaves a trust in a directory that others share, rather than wait for it."""


def defences_of(nodes: Iterable[str], posture: Posture, parameters: Parameters) -> tuple[Defence, ...]:
    """The defence of each node under a posture."""
    levels = posture.levels_at(nodes)
    defences = {each: defence_of(each, parameters) for each in set(levels)}
    return tuple(defences[each] for each in levels)


def defence_of(levels: Levels, parameters: Parameters) -> Defence:
    """The defence at these levels; each lever acts in proportion to its own."""
    p = parameters

    directory = _left(levels.directory, p.protection.directory_resists.value)
    awareness = _left(levels.awareness, p.protection.awareness_resists.value)
    exposure = _left(levels.internet_exposure, p.protection.exposure_resists.value)
    maintenance = _left(levels.remote_maintenance, p.protection.maintenance_resists.value)
    workstations = _left(levels.workstations, p.protection.workstations_resist.value)
    foothold = p.attack.foothold_success.value
    # Its own supervision or the shared one, whichever sees it.
    watched = 1.0 - (1.0 - levels.detection) * (1.0 - levels.shared_soc)
    rehearsed = levels.continuity_plan * levels.exercises
    return Defence(
        foothold_chance={
            WayIn.EXPLOIT: foothold * exposure,
            WayIn.CREDENTIALS: foothold * exposure,
            WayIn.MAIL: foothold * awareness,
            WayIn.SUPPLIER: foothold * maintenance,
        },
        privilege_chance=p.attack.privilege_success.value * workstations,
        control_chance=p.attack.directory_control_success.value * directory,
        crossing_chance={
            LinkKind.HOSTING: p.attack.crossing_hosting.value,
            LinkKind.MAINTENANCE: p.attack.crossing_maintenance.value * maintenance,
            LinkKind.EXCHANGE: p.attack.crossing_exchange.value * awareness,
        },
        # Inside one network nothing stands between its sites that could be made to resist; nor does a better kept
        # directory make several networks of the sites of an entity that are one.
        trusting_chance={
            Trust.NETWORK: p.attack.trust_network.value,
            Trust.ENTITY: p.attack.trust_entity.value,
            Trust.SEPARATE: p.attack.trust_separate.value * directory,
            Trust.UNKNOWN: p.attack.trust_unknown.value * directory,
        },
        shared_chance={
            Trust.NETWORK: 1.0,
            Trust.SEPARATE: p.attack.shared_directory_reached.value * directory,
            Trust.UNKNOWN: p.attack.shared_directory_reached.value * directory,
        },
        worm_chance=p.attack.worm_crossing.value * workstations,
        # A hazard grows with its lever as a power: each further step of supervision multiplies what is seen.
        own_detection_per_h=LN_2
        / p.detection.detection_h.value
        * p.protection.detection_gain.value**levels.detection,
        soc_detection_per_h=LN_2 / p.detection.soc_detection_h.value * levels.shared_soc,
        cert_warning_per_h=LN_2 / p.detection.cert_warning_h.value,
        overlooks_chance=p.detection.alert_overlooked.value
        * _left(levels.detection, p.protection.supervision_understands.value),
        sabotage_seen_chance=_between(
            p.detection.sabotage_seen.value, p.protection.supervision_sees.value, watched
        ),
        theft_seen_chance=_between(
            p.detection.theft_seen.value, p.protection.supervision_sees.value, watched
        ),
        hunt_pace=_left(watched, p.protection.supervision_hunts_faster.value),
        hunt_finds_chance=_between(
            p.detection.hunt_finds.value, p.protection.supervision_finds.value, watched
        ),
        backups_lost_chance=p.attack.backups_lost.value
        * _left(levels.backups, p.protection.backups_protect.value),
        backups_fail_chance=p.recovery.untested_backups_fail.value * (1.0 - rehearsed),
        machines_exposed=workstations,
        decisions=_left(levels.exercises, p.protection.exercises_shorten.value),
        rehearsed=levels.continuity_plan
        * (
            p.protection.unrehearsed_plan_helps.value
            + (1.0 - p.protection.unrehearsed_plan_helps.value) * levels.exercises
        ),
        # A plan saves work only where it has been rehearsed.
        work=_left(rehearsed, p.protection.rehearsal_speeds_recovery.value),
        checks=_left(rehearsed, p.protection.rehearsal_speeds_recovery.value)
        * _left(watched, p.protection.supervision_checks_faster.value),
        leaves_trust_chance=_between(
            p.site.leaves_trust.value, p.protection.plan_leaves_trust.value, rehearsed
        ),
    )


def _left(level: float, effect_at_full: float) -> float:
    """What a lever at this level leaves of what it resists."""
    return 1.0 - effect_at_full * level


def _between(bare: float, full: float, level: float) -> float:
    """A chance that rises from nobody watching to full supervision; one that is higher without stays so."""
    return bare + max(0.0, full - bare) * level
