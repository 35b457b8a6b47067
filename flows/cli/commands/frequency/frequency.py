"""`tocsin frequency`: how many ransomware cases of each severity a region has to expect in a year."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

import topologies
from flows.cli.commands import completing
from flows.cli.commands.options import Json, Lang
from flows.cli.listing import show_sources
from flows.terminal import console
from results.presentation.language import _, named
from results.presentation.names import SEVERITIES
from results.presentation.numbers import between, number, share

if TYPE_CHECKING:
    from results.analysis.frequency import Expected

InRegion = Annotated[
    str,
    typer.Argument(
        metavar=_("REGION"), autocompletion=completing.regions, help=_("A region by name, or its folder.")
    ),
]
FINE = 1.0
"""Below so many cases in a year two decimals are told."""


def frequency(region: InRegion, *, json: Json = False, lang: Lang = None) -> None:
    """What the counts of CERT Santé come to in a region."""
    from results.analysis.frequency import counted, expected_in

    where, known = topologies.load(region), counted()
    found = expected_in(where)
    sources = [known.cases.source, known.severity.source, known.establishments.source]
    if json:
        console.print_json(
            {
                "region": where.name,
                "establishments": len(where.establishments),
                "establishments_of_the_country": known.establishments.value,
                "severities": [asdict(each) for each in found[:-1]],
                "all": asdict(found[-1]),
                "sources": sources,
            }
        )
        return
    say = console.facts().print
    say(named(where.title), style="bold")
    gaps = {"here": number(len(where.establishments)), "all": number(known.establishments.value)}
    say(
        _("{here} of some {all} health establishments of the country, each as exposed as another").format(
            **gaps
        )
    )
    say()
    _show_table(found)
    say()
    say(
        _(
            "Cases are those that are declared, most of them stopped early. A scenario is about the few that are "
            "not: it says what happens then, not how often."
        )
    )
    say()
    show_sources(sources)


def _show_table(found: "list[Expected]") -> None:
    from flows.terminal.sheet import Sheet

    table = Sheet()
    table.add_column(_("Ransomware: how far it goes"))
    for title in (_("Cases in a year"), _("Nine times in ten"), _("One at least in a year")):
        table.add_column(title, justify="right")
    for each in found:
        decimals = 2 if each.per_year < FINE else 1
        bounds = between(str(number(each.low, decimals)), str(number(each.high, decimals)))
        name = _(SEVERITIES[each.severity]) if each.severity else _("all")
        table.add_row(name, str(number(each.per_year, decimals)), bounds, share(each.in_a_year))
    console.facts().print(table)
