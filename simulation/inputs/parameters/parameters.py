"""The parameters: every number of the model, by mechanism; a file each, with unit, range and source."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from simulation.inputs.parameters.care import (
    BedWards,
    Conditions,
    Crowds,
    Doors,
    Emergency,
    Harm,
    Homes,
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
    SiteDecisions,
)
from simulation.inputs.parameters.outages import Outages
from simulation.inputs.parameters.plausible import Group, Profile
from simulation.inputs.parameters.responder_levels import ResponderLevels
from topologies.fields.quantity import Input, Quantity
from topologies.reading.documents import read_yaml

FOLDER = Path(__file__).parent
OUTAGES, RESPONDER_LEVELS = "outages.", "responder_levels."
"""How the paths of their numbers begin."""


class Parameters(Input):
    """Every number of the model: parameters by mechanism, then what an outage costs and who comes to help.

    No two parameters bear the same name, whatever their groups.
    """

    attack: Attack
    protection: Protection
    detection: Detection
    response: Response
    site: SiteDecisions
    responders: ResponderTeams
    recovery: Recovery
    continuity: Continuity
    emergency: Emergency
    doors: Doors
    conditions: Conditions
    harm: Harm
    homes: Homes
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
        """Each parameter of a mechanism by its name."""
        return {name: parameter for group in self._groups().values() for name, parameter in group}

    @property
    def quantities(self) -> dict[str, Quantity]:
        """Every number over which a study can range: parameters by their names, what stands in a list by its path.

        Paths are such as `responder_levels.regional.travel_h`, `outages.record.hosted` and
        `outages.record.medicine.kept`.
        """
        numbers = {name: one for name, one in self.named.items() if isinstance(one, Quantity)}
        numbers |= _prefixed(OUTAGES, self.outages.quantities)
        numbers |= _prefixed(RESPONDER_LEVELS, self.responder_levels.quantities)
        return numbers

    def changed(self, others: Mapping[str, Quantity | Profile]) -> "Parameters":
        """The same, but for these, by the names of `named` and `quantities`; `KeyError` where one is unknown."""
        unknown = set(others) - set(self.named) - set(self.quantities)
        if unknown:
            raise KeyError(*unknown)
        return self.replaced(others)

    def replaced(self, others: Mapping[str, Quantity | Profile]) -> "Parameters":
        """The same; the names are known to be right."""
        numbers = {name: one for name, one in others.items() if isinstance(one, Quantity)}
        groups = {
            place: group.model_copy(update={name: others[name] for name, _ in group if name in others})
            for place, group in self._groups().items()
        }
        lists = {
            "outages": self.outages.changed(_within(OUTAGES, numbers)),
            "responder_levels": self.responder_levels.changed(_within(RESPONDER_LEVELS, numbers)),
        }
        # A copy would keep what is cached of the old ones.
        return Parameters.model_validate({**dict(self), **groups, **lists})

    def _groups(self) -> dict[str, Group]:
        return {place: group for place, group in self if isinstance(group, Group)}


def _prefixed(prefix: str, numbers: Mapping[str, Quantity]) -> dict[str, Quantity]:
    return {prefix + path: one for path, one in numbers.items()}


def _within(prefix: str, numbers: Mapping[str, Quantity]) -> dict[str, Quantity]:
    return {path.removeprefix(prefix): one for path, one in numbers.items() if path.startswith(prefix)}


PARAMETER_TYPES = {
    name: parameter.annotation
    for field in Parameters.model_fields.values()
    if isinstance(field.annotation, type) and issubclass(field.annotation, Group)
    for name, parameter in field.annotation.model_fields.items()
}
"""The type of every parameter, in the order of its group and of its file."""
PARAMETER_NAMES = tuple(PARAMETER_TYPES)


def group_names(*places: str) -> frozenset[str]:
    """The names of the parameters of these groups."""
    kinds = [Parameters.model_fields[place].annotation for place in places]
    return frozenset(
        name
        for kind in kinds
        if isinstance(kind, type) and issubclass(kind, Group)
        for name in kind.model_fields
    )


ORDINARY_LIFE = group_names(
    "emergency", "doors", "conditions", "homes", "beds", "surgery", "sessions", "samu", "plan_blanc", "crowds"
)
"""Parameters of what a region is without a crisis."""

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
        site=read_yaml(crisis / "site.yaml", SiteDecisions),
        responders=read_yaml(crisis / "responders.yaml", ResponderTeams),
        recovery=read_yaml(crisis / "recovery.yaml", Recovery),
        continuity=read_yaml(crisis / "continuity.yaml", Continuity),
        emergency=read_yaml(care / "emergency.yaml", Emergency),
        doors=read_yaml(care / "doors.yaml", Doors),
        conditions=read_yaml(care / "conditions.yaml", Conditions),
        harm=read_yaml(care / "harm.yaml", Harm),
        homes=read_yaml(care / "homes.yaml", Homes),
        beds=read_yaml(care / "beds.yaml", BedWards),
        surgery=read_yaml(care / "surgery.yaml", Surgery),
        sessions=read_yaml(care / "sessions.yaml", Sessions),
        samu=read_yaml(care / "samu.yaml", Samu),
        plan_blanc=read_yaml(care / "plan_blanc.yaml", PlanBlanc),
        crowds=read_yaml(care / "crowds.yaml", Crowds),
        outages=read_yaml(crisis / "outages.yaml", Outages),
        responder_levels=read_yaml(crisis / "responder_levels.yaml", ResponderLevels),
    )
