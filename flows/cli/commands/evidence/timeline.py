"""`tocsin timeline`: what happened in a replication, and why."""

from dataclasses import astuple
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.cli.commands.options import NUMBER, CampaignName, Json, Lang, Store
from flows.terminal import console
from results.presentation.language import _
from results.presentation.numbers import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from flows.terminal.sheet import Sheet
    from results.presentation.story.chain import Line, Row
    from simulation.engine.event_kinds import EventKind
    from simulation.inputs.streams import Stream

Replication = Annotated[
    int, typer.Option("--replication", min=0, metavar=NUMBER, help=_("Its number, from 0."))
]
Site = Annotated[
    str | None,
    typer.Option(
        "--at",
        metavar=_("NAME|FINESS"),
        help=_("Only what happens at the establishments with this in their name, or of this FINESS number."),
    ),
]
Why = Annotated[
    int | None,
    typer.Option(
        "--why",
        min=0,
        metavar=NUMBER,
        help=_(
            "The chain that led to the event of this NUMBER, from the first act, and what became of patients by it."
        ),
    ),
]


Gravest = Annotated[
    bool,
    typer.Option(
        "--gravest",
        help=_(
            "What befell most patients who could not wait, and the chain that led to it from the first act."
        ),
    ),
]


def timeline(
    campaign: CampaignName,
    *,
    replication: Replication = 0,
    at: Site = None,
    why: Why = None,
    gravest: Gravest = False,
    store: Store = "store",
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The events of a replication, or the chain to one of them."""
    import results
    from results.presentation.story.chain import (
        Telling,
        at_sites,
        chain_to,
        events_of,
        of_the_crisis,
        toll_of,
    )
    from results.presentation.story.gravest import gravest as gravest_of
    from results.presentation.story.places import real_names
    from results.presentation.story.together import together

    opened = results.open(store)
    events, inputs = events_of(opened, campaign, replication), opened.inputs(campaign)
    why = gravest_of(events) if gravest else why
    if gravest and why is None:
        nothing = _("No patient was turned away, moved, put off or left without care because of the attack.")
        console.print_json({"events": [], "patients": []}) if json else console.facts().print(nothing)
        return
    if why is not None:
        shown = chain_to(events, why)
    elif at is not None:
        names = {finess: one["name"] for finess, one in inputs["region"]["establishments"].items()}
        shown = at_sites(events, at, names)
    else:
        shown = events if json else of_the_crisis(events)
    toll = {} if why is None else toll_of(events, why)
    if json:
        console.print_json(_facts(shown, toll))
        return
    say = console.facts().print
    telling = Telling(inputs, real_names(inputs["region"]))
    lines = map(telling.line, shown)
    say(_table(together(lines) if why is None and at is None else lines))
    if why is not None:
        say()
        say(
            _("What it led to, for patients:")
            if toll
            else _("Because of it no patient was turned away, moved, put off or left without care.")
        )
        for sentence in telling.toll(toll):
            say(f"  {sentence}")
        return
    for sentence in _remarks(shown, 0 if at is not None else len(events) - len(shown)):
        say()
        say(sentence)


def _facts(shown: "Sequence[Row]", toll: "Mapping[tuple[EventKind, Stream], int]") -> dict[str, Any]:
    """The events and what they led to, for programs."""
    return {
        "events": [{**row, "at": row["at"].isoformat()} for row in shown],
        "patients": [
            {"kind": kind, "stream": stream, "patients": some} for (kind, stream), some in toll.items()
        ],
    }


def _remarks(shown: "Sequence[Row]", left_out: int) -> "Iterator[str]":
    """How patients are counted, and how many events are not shown."""
    if any(row["patients"] is not None for row in shown):
        yield _(
            "Patients are counted at the first hour at which one cause costs them something, for all that it costs."
        )
    if left_out:
        told = _(
            "Not shown: {count} {count:event|events} of ordinary life, which would have happened without the crisis. "
            "Those of an establishment: --at NAME."
        )
        yield told.format(count=number(left_out))


def _table(lines: "Iterable[Line]") -> "Sheet":
    from flows.terminal.sheet import Sheet

    table = Sheet()
    table.add_column(_("no."), justify="right")
    for heading in (_("when"), _("where"), _("what")):
        table.add_column(heading)
    for line in lines:
        table.add_row(*astuple(line))
    return table
