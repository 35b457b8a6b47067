"""The parameters: every number of the model, by mechanism; a file each, with unit, range and source."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from simulation.inputs.parameters.care import (
    BedWards,
    Conditions,
    Crowds,
    Emergency,
    PlanBlanc,
    Samu,
    Sessions,
    Surgery,
)
from simulation.inputs.parameters.crisis import (
    Attack,
    Continuity,
    Detection,
    Protection,
    Recovery,
    ResponderTeams,
    Response,
)
from simulation.inputs.parameters.outages import Outages
from simulation.inputs.parameters.plausible import Group, Profile
from simulation.inputs.parameters.responder_levels import ResponderLevels
from topologies.fields.quantity import Input, Quantity
from topologies.reading.documents import read_yaml

FOLDER = Path(__file__).parent


class Parameters(Input):
    """Every number of the model: parameters by mechanism, then what an outage costs and who comes to help.

    No two parameters bear the same name, whatever their groups.
    """

    attack: Attack
    protection: Protection
    detection: Detection
    response: Response
    responders: ResponderTeams
    recovery: Recovery
    continuity: Continuity
    emergency: Emergency
    conditions: Conditions
    beds: BedWards
    surgery: Surgery
    sessions: Sessions
    samu: Samu
    plan_blanc: PlanBlanc
    crowds: Crowds
    outages: Outages
    responder_levels: ResponderLevels

    @property
    def named(self) -> dict[str, Quantity | Profile]:
        """Each parameter by its name."""
        return {name: parameter for group in self._groups().values() for name, parameter in group}

    @property
    def quantities(self) -> dict[str, Quantity]:
        """The same without profiles."""
        return {name: one for name, one in self.named.items() if isinstance(one, Quantity)}

    def changed(self, others: Mapping[str, Quantity | Profile]) -> "Parameters":
        """The same, but for these parameters, by their names; `KeyError` where one is unknown."""
        unknown = set(others) - set(self.named)
        if unknown:
            raise KeyError(*unknown)
        groups = {
            place: group.model_copy(update={name: others[name] for name, _ in group if name in others})
            for place, group in self._groups().items()
        }
        return Parameters.model_validate(
            {**dict(self), **groups}
        )  # a copy would keep what is cached of the old ones

    def _groups(self) -> dict[str, Group]:
        return {place: group for place, group in self if isinstance(group, Group)}


PARAMETER_TYPES = {
    name: parameter.annotation
    for field in Parameters.model_fields.values()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Group)
    for name, parameter in field.annotation.model_fields.items()
}
"""The type of every parameter, in the order of its group and of its file."""
PARAMETER_NAMES = tuple(PARAMETER_TYPES)
QUANTITY_TYPES = {
    name: kind
    for name, kind in PARAMETER_TYPES.items()
    if isinstance(kind, type) and issubclass(kind, Quantity)
}
"""The same without profiles."""


@cache
def load_parameters(folder: Path = FOLDER) -> Parameters:
    """The model's parameters; `BadInput` when a file misses one or holds one that the model does not know."""
    crisis, care = folder / "crisis", folder / "care"
    return Parameters(
        attack=read_yaml(crisis / "attack.yaml", Attack),
        protection=read_yaml(crisis / "protection.yaml", Protection),
        detection=read_yaml(crisis / "detection.yaml", Detection),
        response=read_yaml(crisis / "response.yaml", Response),
        responders=read_yaml(crisis / "responders.yaml", ResponderTeams),
        recovery=read_yaml(crisis / "recovery.yaml", Recovery),
        continuity=read_yaml(crisis / "continuity.yaml", Continuity),
        emergency=read_yaml(care / "emergency.yaml", Emergency),
        conditions=read_yaml(care / "conditions.yaml", Conditions),
        beds=read_yaml(care / "beds.yaml", BedWards),
        surgery=read_yaml(care / "surgery.yaml", Surgery),
        sessions=read_yaml(care / "sessions.yaml", Sessions),
        samu=read_yaml(care / "samu.yaml", Samu),
        plan_blanc=read_yaml(care / "plan_blanc.yaml", PlanBlanc),
        crowds=read_yaml(care / "crowds.yaml", Crowds),
        outages=read_yaml(crisis / "outages.yaml", Outages),
        responder_levels=read_yaml(crisis / "responder_levels.yaml", ResponderLevels),
    )
