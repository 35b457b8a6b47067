"""Titles of assumptions: what each is called on screens; `titles.yaml`.

Costs of an outage and levels of responders, which stand in lists, are called by what they are a part of.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from results.presentation.language import _, later, of
from simulation.inputs.parameters.parameters import OUTAGES, RESPONDER_LEVELS, load_parameters
from topologies.fields.quantity import Input
from topologies.fields.scalars import Text
from topologies.fields.title import Title
from topologies.reading.documents import read_yaml

FILE = Path(__file__).with_name("titles.yaml")
EFFECTS: Final[Mapping[str, str]] = {
    "kept": later("{application} down: capacity kept"),
    "lengthened": later("{application} down: how much longer patients stay"),
    "minutes": later("{application} down: minutes lost"),
    "hosted": later("{application}: share gone with its host"),
    "switched_off": later("{application}: share gone when all is switched off"),
    "outside": later("{application}: share that leans on the outside"),
}
"""What an outage does to care or to the application, by the end of the assumption's name."""
OF_LEVELS: Final[Mapping[str, str]] = {
    "activation_h": later("{level}: hours until they set out"),
    "travel_h": later("{level}: hours on the road"),
    "more_a_week": later("{level}: teams that join each week"),
    "most": later("{level}: teams that join in all"),
}


class Titles(Input):
    """The titles of the file."""

    titles: dict[Text, Title]


@cache
def load_titles() -> Mapping[str, Title]:
    """The titles by the names of what is not known (`unknown_of`)."""
    return read_yaml(FILE, Titles).titles


def title_of_assumption(name: str) -> str:
    """What an assumption is called in the language spoken; its name where it has no title, as one of older models."""
    if name in load_titles():
        return of(load_titles()[name])
    of_what, _dot, what = name.removeprefix(OUTAGES).removeprefix(RESPONDER_LEVELS).partition(".")
    parameters = load_parameters()
    if name.startswith(OUTAGES) and what in EFFECTS and of_what in parameters.outages.applications:
        application = parameters.outages.applications[of_what].title
        return _(EFFECTS[what]).format(application=of(application))
    if name.startswith(RESPONDER_LEVELS) and of_what in parameters.responder_levels.levels:
        return _(OF_LEVELS[what]).format(level=of(parameters.responder_levels.levels[of_what].title))
    return name
