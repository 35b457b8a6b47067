"""Stages of recovery: what each takes, what makes it longer, and what comes back with it.

Two things are rebuilt side by side once the directory is. Servers and their applications come back in the order in
which care needs them, one application after the other. Machines are reinstalled by other hands: a first wave, without
which no vital application could be read, then the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from simulation.engine.recovery_events import Stage
from simulation.inputs.parameters.parameters import Parameters
from topologies.fields.quantity import Quantity

BEFORE: Mapping[Stage, Stage] = {
    Stage.INVESTIGATE: Stage.CONTAIN,
    Stage.DIRECTORY: Stage.INVESTIGATE,
    Stage.CORE_SERVERS: Stage.DIRECTORY,
    Stage.FIRST_WORKSTATIONS: Stage.DIRECTORY,
    Stage.VITAL_APPLICATIONS: Stage.CORE_SERVERS,
    Stage.WORKSTATIONS: Stage.FIRST_WORKSTATIONS,
    Stage.CARE_APPLICATIONS: Stage.VITAL_APPLICATIONS,
    Stage.OTHER_APPLICATIONS: Stage.CARE_APPLICATIONS,
}
"""The stage that each follows."""


@dataclass(frozen=True, slots=True)
class StageWork:
    """The work of a stage of recovery where everything was hit, and what changes it."""

    stage: Stage
    work: Quantity
    whole: bool = False
    """It is as long however few machines were hit, once the directory was the attacker's, and hardly more in a body."""
    from_backups: bool = False
    """Lost backups lengthen it."""
    spared_by_key: bool = False
    """A key that decrypts shortens it."""


@dataclass(frozen=True, slots=True)
class Stages:
    """All stages."""

    contain: StageWork
    clean_start: tuple[StageWork, ...]
    """What takes a team that has done it before."""
    servers: tuple[StageWork, ...]
    workstations: tuple[StageWork, ...]
    """A first wave of machines, without which no vital application could be read, then the rest."""


def stages_of(p: Parameters) -> Stages:
    """The stages with their work."""

    def servers(stage: Stage, work: Quantity) -> StageWork:
        return StageWork(stage, work, from_backups=True, spared_by_key=True)

    return Stages(
        contain=StageWork(Stage.CONTAIN, p.recovery.contain_days, whole=True),
        clean_start=(
            StageWork(Stage.INVESTIGATE, p.recovery.investigate_days, whole=True),
            StageWork(Stage.DIRECTORY, p.recovery.directory_days, whole=True, from_backups=True),
        ),
        servers=(
            servers(Stage.CORE_SERVERS, p.recovery.core_servers_days),
            servers(Stage.VITAL_APPLICATIONS, p.recovery.vital_applications_days),
            servers(Stage.CARE_APPLICATIONS, p.recovery.care_applications_days),
            servers(Stage.OTHER_APPLICATIONS, p.recovery.other_applications_days),
        ),
        workstations=(
            StageWork(Stage.FIRST_WORKSTATIONS, p.recovery.first_workstations_days),
            StageWork(Stage.WORKSTATIONS, p.recovery.workstations_days),
        ),
    )


def applications_by_stage(p: Parameters) -> Mapping[Stage, tuple[str, ...]]:
    """The applications that come back with each stage, in the order in which care needs them."""
    found: dict[Stage, list[str]] = {}
    for name, application in p.outages.applications.items():
        found.setdefault(Stage(application.returns_with), []).append(name)
    return {stage: tuple(names) for stage, names in found.items()}
