"""What postures are there, what does one hold, and what are its numbers worth?"""

from babel.numbers import format_decimal

from flows.cli.commands.options import Json, Lang, Name
from flows.terminal import console
from results.presentation.language import _, later, of, spoken
from results.presentation.numbers import between
from simulation.inputs.postures.posture import Posture, ServedFirst
from topologies.fields.quantity import Quantity

LEVERS = {
    "internet_exposure": later("Exposure to the internet"),
    "directory": later("Directories"),
    "workstations": later("Workstations"),
    "detection": later("Detection"),
    "remote_maintenance": later("Remote maintenance"),
    "backups": later("Backups"),
    "continuity_plan": later("Continuity plan"),
    "exercises": later("Exercises"),
    "awareness": later("Staff awareness"),
    "it_budget_share": later("Share of the budget for digital"),
    "shared_soc": later("Shared supervision"),
    "ght_pooling": later("GHTs that pool their teams"),
    "regional_teams": later("Regional teams of responders"),
    "national_teams": later("National teams of responders"),
    "contracted_teams": later("Contracted teams of responders"),
}

SERVED_FIRST = {
    ServedFirst.FIRST_COME: later("who asked first"),
    ServedFirst.PATIENTS_AT_STAKE: later("who has most patients at stake"),
    ServedFirst.EVENT_HOSPITALS: later("the hospitals of the event, then who has most patients at stake"),
}


def postures(name: Name = None, *, json: Json = False, lang: Lang = None) -> None:
    """Tell the postures, or one of them."""
    import simulation

    if name is None:
        known = [simulation.load_posture(each) for each in simulation.posture_names()]
        console.give({"postures": [_named(each) for each in known]}) if json else _tell_all(known)
    else:
        posture = simulation.load_posture(name)
        console.give(posture.model_dump(mode="json")) if json else _tell(posture)


def _named(posture: Posture) -> dict[str, object]:
    return {"name": posture.name, "title": posture.title.model_dump()}


def _tell_all(postures: list[Posture]) -> None:
    for posture in postures:
        console.facts().print(f"{posture.name}  {of(posture.title)}", soft_wrap=True)


def _tell(posture: Posture) -> None:
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
    for name, quantity in _quantities(posture):
        source = f"{quantity.source} ({_('assumption')})" if quantity.assumption else quantity.source
        table.add_row(
            _(LEVERS[name]),
            _written(quantity.value),
            between(_written(quantity.low), _written(quantity.high)),
            source,
        )
    say()
    say(table)
    say()
    say(_("Served first: {whom}").format(whom=_(SERVED_FIRST[posture.responders.served_first])))
    if not posture.regional_cell:
        say(_("No regional crisis cell"))


def _quantities(posture: Posture) -> list[tuple[str, Quantity]]:
    groups = (posture.levers, posture.responders)
    named = [(name, getattr(group, name)) for group in groups for name in type(group).model_fields]
    return [(name, level) for name, level in named if isinstance(level, Quantity)]


def _written(value: float) -> str:
    return format_decimal(value, "#,##0.###", locale=spoken())
