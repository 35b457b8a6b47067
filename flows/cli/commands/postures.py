"""The verb `postures`: how prepared a region can be, and what each level rests on."""

import simulation
from flows.cli.commands.options import Json, Lang, NameOrFile
from flows.cli.listing import Kind, list_or_show
from flows.terminal import console
from results.presentation.choices import node_in_words
from results.presentation.language import _, of
from results.presentation.names import LEVERS, SERVED_FIRST
from results.presentation.numbers import between, measure
from simulation.inputs.postures.posture import Posture
from topologies.building.called import names_of
from topologies.fields.quantity import Quantity


def postures(name: NameOrFile = None, *, json: Json = False, lang: Lang = None) -> None:
    """The postures are listed, or one is shown."""
    list_or_show(POSTURES, name, json)


def _facts_of(posture: Posture) -> object:
    return posture.model_dump(mode="json")


def _show(posture: Posture) -> None:
    """Each level with its range, its source, and whether it is an assumption."""
    from flows.terminal.sheet import Sheet

    say = console.facts().print
    say(of(posture.title), style="bold")
    say(of(posture.story))
    table = Sheet()
    table.add_column(_("Level"))
    table.add_column(_("Value"), justify="right")
    table.add_column(_("Range"), justify="right")
    table.add_column(_("Source"))
    for name, level in _levels(posture):
        values = (measure(level.value), between(measure(level.low), measure(level.high)))
        source = _("{source} (assumption)") if level.assumption else "{source}"
        table.add_row(name, *values, source.format(source=_(level.source)))
    say()
    say(table)
    _show_own_levels(posture)
    say()
    say(_("Reinforcements go first to: {whom}").format(whom=_(SERVED_FIRST[posture.responders.served_first])))
    if not posture.regional_cell:
        say(_("No regional crisis cell"))


def _show_own_levels(posture: Posture) -> None:
    """Where establishments differ from the region."""
    from flows.terminal.sheet import Sheet

    if not posture.establishments:
        return
    table = Sheet()
    for title in (_("Establishment"), _("Level")):
        table.add_column(title)
    table.add_column(_("Value"), justify="right")
    table.add_column(_("Source"))
    called = names_of(posture.establishments)
    for finess, own in posture.establishments.items():
        for name, title in LEVERS.items():
            value = getattr(own, name, None)  # `ght_pooling` is of the region alone
            if value is not None:
                table.add_row(node_in_words(finess, called), _(title), measure(value), _(own.source))
    say = console.facts().print
    say()
    say(_("Establishments that differ from their region:"))
    say(table)


def _levels(posture: Posture) -> list[tuple[str, Quantity]]:
    """The levers, then the teams that can come, each as a reader knows it."""
    levers = [(_(title), getattr(posture.levers, name)) for name, title in LEVERS.items()]
    known = simulation.load_parameters().responder_levels.levels
    teams = posture.responders.teams
    return levers + [(of(known[name].title) if name in known else name, teams[name]) for name in teams]


POSTURES = Kind(
    plural="postures",
    names=simulation.posture_names,
    load=simulation.load_posture,
    facts=_facts_of,
    show=_show,
)
