"""What `tocsin compare` shows: what each alternative adds to the ordinary days, and what it avoids or costs."""

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.text import Text

from flows.cli.briefing import NOTHING_HERE, Took, facts_of_run, store_option, to_copy, took_in_words
from flows.cli.listing import items
from flows.terminal import console
from flows.terminal.sheet import Sheet
from results import Comparison, Store, Varies
from results.presentation.comparing.rows import alternative_rows, headings, title_of_rows
from results.presentation.comparing.sentences import (
    best_sentences,
    clauses_of,
    crises_sentences,
    held_clauses,
    pair_in_words,
    pair_sentences,
    varied_sentence,
)
from results.presentation.language import _, named, of
from simulation import Campaign, Event
from simulation.inputs.digests import plain

NAME_WIDTH = 24
"""Of the column of names: enough for the longest word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison of a store, and what it says."""

    reference: Campaign
    """What the campaigns share is told of this one."""
    store: Store
    comparison: Comparison
    left_out: Event | None = None
    """The scenario's own event, of which the region has nothing."""
    took: Took | None = None
    """None where it is only read again."""


def facts_of(done: Compared) -> dict[str, object]:
    """The same for a program."""
    return {
        **plain(done.comparison),
        "store": str(done.store.path),
        "sentences": {
            pair.alternative: pair_sentences(done.comparison, pair) for pair in done.comparison.pairs
        },
        "best": list(best_sentences(done.comparison)),
        **(facts_of_run(done.took) if done.took else {}),
    }


def show_comparison(done: Compared, *, json: bool) -> None:
    """The page, or all of it for a program."""
    console.print_json(facts_of(done)) if json else console.facts().print(page_of(done), crop=False)


def page_of(done: Compared) -> RenderableType:
    """The page on the terminal."""
    comparison = done.comparison
    lines: list[RenderableType] = [
        *_title(done),
        Text(varied_sentence(comparison)),
        *map(Text, crises_sentences(comparison)),
        "",
        Text(title_of_rows(comparison), style="bold"),
        _table(comparison),
        "",
    ]
    for sentence in best_sentences(comparison):
        lines += [Text(sentence), ""]
    for pair in comparison.pairs:
        lines += [
            Text(pair_in_words(comparison, pair), style="bold"),
            items([*clauses_of(pair), *held_clauses(pair)]),
            "",
        ]
    return Group(*lines, *_results(done))


def _title(done: Compared) -> Iterator[RenderableType]:
    """The region, and what does not differ."""
    reference, varies = done.reference, done.comparison.varies
    region, scenario = named(reference.region.title), reference.scenario
    yield Text(region, style="bold")
    if varies is not Varies.SCENARIO:
        yield Text(of(scenario.title))
    if varies is not Varies.POSTURE:
        yield Text(_("Posture: {posture}").format(posture=of(reference.posture.title)))
    if varies is not Varies.EVENT and scenario.event:
        yield Text(_("Event: {event}").format(event=of(scenario.event.title)))
    if done.left_out:
        yield Text(_(NOTHING_HERE).format(name=done.left_out.name, region=region))


def _table(comparison: Comparison) -> Sheet:
    table = Sheet()
    table.add_column(_("Alternative"), min_width=NAME_WIDTH)
    for heading in (_("went off in"), _("care held in"), *headings(comparison)):
        table.add_column(heading, justify="right")
    for row in alternative_rows(comparison):
        added = (cell.replace(" ± ", "\n± ") for cell in row.added)
        table.add_row(row.name, row.went_off, row.care_held, *added)
    return table


def _results(done: Compared) -> list[RenderableType]:
    """Where it lies, and how it is opened again."""
    path, name = done.store.path, done.comparison.comparison
    page = f"tocsin report {name} --output comparison.html{store_option(path)}"
    told = _("Comparison {name} in {path} ({took})")
    took = took_in_words(done.took, done.comparison.replications)
    return [
        to_copy(_("As a page to send on: {command}").format(command=page)),
        to_copy(told.format(name=name, path=path, took=took)),
    ]
