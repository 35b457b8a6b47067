"""`tocsin sensitivity`: which assumptions the verdict of a campaign turns on."""

from dataclasses import astuple
from typing import TYPE_CHECKING

from flows.cli.commands.options import CampaignName, Json, Lang, Store
from flows.terminal import console
from results.presentation.language import _

if TYPE_CHECKING:
    from flows.terminal.sheet import Sheet
    from results import Sensitivity
    from results.presentation.turning import TurningRow


def sensitivity(
    campaign: CampaignName, *, store: Store = "store", json: Json = False, lang: Lang = None
) -> None:
    """The assumptions of a campaign that draws its parameters, those that explain most first."""
    import results
    from results.presentation.turning import turning_sentence
    from simulation.inputs.digests import plain

    found = results.sensitivity_of(results.open(store), campaign)
    if json:
        console.print_json(
            {
                **plain(found),
                "turns_on": [one.name for one in found.turns_on],
                "sentence": turning_sentence(found),
            }
        )
    else:
        _show(found)


def _show(found: "Sensitivity") -> None:
    from results.presentation.turning import (
        caveat_sentences,
        nothing_in_words,
        title_of_number,
        turning_rows,
        turning_sentence,
    )

    say = console.facts().print
    for name, explained in found.explained.items():
        say(title_of_number(name), style="bold")
        nothing = " ".join(nothing_in_words(found, explained))
        say(_table(turning_rows(explained)) if explained.told_apart else nothing)
        say()
    for sentence in caveat_sentences(found):
        say(sentence)
    say()
    say(turning_sentence(found), style="bold")


def _table(rows: "list[TurningRow]") -> "Sheet":
    from flows.terminal.sheet import Sheet

    table = Sheet()
    table.add_column(_("Assumption"))
    for heading in (_("drawn"), _("share"), _("95 % interval"), _("worse where")):
        table.add_column(heading, justify="right")
    for row in rows:
        table.add_row(*astuple(row))
    return table
