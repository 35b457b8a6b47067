"""What `tocsin compare` shows: what each alternative adds to the ordinary days, and what it avoids or costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from flows.cli.briefing import NOTHING_HERE
from flows.cli.listing import items
from flows.execution.comparison import ComparisonPlan
from flows.terminal.sheet import Sheet
from results import Comparison, Varies
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
from results.presentation.numbers import number
from results.presentation.visible import one_line
from simulation.inputs.digests import plain

NAME_WIDTH = 24
"""Of the column of names: enough for the longest word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison that has just been run: what was asked, what it says, and what it took."""

    plan: ComparisonPlan
    comparison: Comparison
    new_replications: int
    new_ordinary: int
    seconds: float


def facts_of(done: Compared) -> dict[str, object]:
    """The same for a program."""
    return {
        **plain(done.comparison),
        "store": str(done.plan.store.path),
        "sentences": {
            pair.alternative: pair_sentences(done.comparison, pair) for pair in done.comparison.pairs
        },
        "best": list(best_sentences(done.comparison)),
        "new_replications": done.new_replications,
        "new_ordinary_replications": done.new_ordinary,
        "seconds": round(done.seconds, 3),
    }


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
    part, varies = done.plan.parts[0], done.comparison.varies
    region, scenario = named(part.campaign.region.title), part.campaign.scenario
    yield Text(region, style="bold")
    if varies is not Varies.SCENARIO:
        yield Text(of(scenario.title))
    if varies is not Varies.POSTURE:
        yield Text(_("Posture: {posture}").format(posture=of(part.campaign.posture.title)))
    if varies is not Varies.EVENT and scenario.event:
        yield Text(_("Event: {event}").format(event=of(scenario.event.title)))
    if part.left_out:
        yield Text(_(NOTHING_HERE).format(name=part.left_out.name, region=region))


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
    took = _("{count} new {count:replication|replications} in {seconds} s").format(
        count=number(done.new_replications + done.new_ordinary), seconds=number(done.seconds)
    )
    path, name = done.plan.store.path, done.comparison.comparison
    store = "" if path == Path("store").absolute() else f" --store {path}"
    page = f"tocsin report {name}{store} --output comparison.html"
    return [
        _to_copy(_("As a page to send on: {command}").format(command=page)),
        _to_copy(_("Comparison {name} in {path} ({took})").format(name=name, path=path, took=took)),
    ]


def _to_copy(text: str) -> Text:
    """A text that a narrow terminal does not cut: it is meant to be copied."""
    return Text(one_line(text), no_wrap=True, overflow="ignore")
