"""Parameters of a year without seasons: what is declared and published of sites holds for the mean of the year."""

from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.parameters.plausible import Group, Profile


def without_seasons(parameters: Parameters) -> Parameters:
    """The same, with all months alike."""
    groups = {name: _level(group) for name, group in parameters if isinstance(group, Group)}
    return parameters.model_copy(update=groups)


def _level(group: Group) -> Group:
    months = {
        name: each.model_copy(update={"values": (1.0,) * len(each.values)})
        for name, each in group
        if isinstance(each, Profile) and name.endswith("_by_month")
    }
    return group.model_copy(update=months)
