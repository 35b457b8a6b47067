"""The briefing that a planner reads after a run: did it go off, two verdicts, what the attack adds, what to do next."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import partial
from json import dumps
from pathlib import Path

from rich.align import Align
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from flows.cli.listing import items
from flows.execution.plan import Plan
from flows.terminal.sheet import Sheet
from results import Judgement, Summary, ThresholdResult, Verdict
from results.presentation.choices import are_named, points_found_in_words
from results.presentation.language import _, later, named, of
from results.presentation.numbers import number, share
from results.presentation.tabled import added_row, caveats, row_of, waited_row
from results.presentation.turning import turning_sentence
from results.presentation.visible import one_line
from results.presentation.wording import (
    added_word,
    care_sentences,
    care_word,
    first_sign_sentences,
    reach_sentences,
    systems_sentences,
    systems_word,
    track_record_sentences,
)
from simulation import Campaign
from simulation.inputs.digests import plain
from simulation.inputs.indicators.indicator import Theme
from simulation.inputs.indicators.registry import THEMES

literal = partial(dumps, ensure_ascii=False)
"""A text as Python and JSON write it, whatever quotes it holds."""

NOTHING_HERE = later("The event {name} has nothing in {region}: run without it")

Part = list[RenderableType]
"""Some lines of the page; none when there is nothing to say."""

COLOURS = {
    Verdict.HOLDS: "bold green",
    Verdict.BREAKS: "bold red",
    Verdict.UNDECIDED: "bold yellow",
    Verdict.UNTESTED: "bold yellow",
}
WAITS = ("restoration_h", "backlog_recovery_h", "responder_wait_max_h", "regional_cell_delay_h")
"""How long things take: what a planner looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A campaign that has just been run: what was asked, what it says, and what it took."""

    plan: Plan
    summary: Summary
    new_replications: int
    new_ordinary: int
    """Those of the ordinary twin."""
    seconds: float


def facts_of(run: Run) -> dict[str, object]:
    """The same for a program."""
    summary = run.summary
    event, left_out = run.plan.campaign.scenario.event, run.plan.left_out
    return {
        **plain(summary),
        "store": str(run.plan.store.path),
        "event": event.name if event else None,
        "event_left_out": left_out.name if left_out else None,
        "aims": plain(run.plan.campaign.aims),
        "new_replications": run.new_replications,
        "new_ordinary_replications": run.new_ordinary,
        "seconds": round(run.seconds, 3),
        "replications_per_second": round((run.new_replications + run.new_ordinary) / run.seconds, 3),
    }


def briefing_of(run: Run) -> RenderableType:
    """The page on the terminal."""
    parts: list[Part] = [
        _title(run),
        [*map(Text, reach_sentences(run.summary))],
        _care(run.summary),
        _systems(run.summary),
        _added(run.summary),
        _waits(run.summary),
        _first_sign(run.summary),
        _departments(run.summary),
        _thresholds(run.summary),
        _turns_on(run.summary),
        [*map(Text, track_record_sentences(run.summary))],
        _next(run),
        _results(run),
    ]
    return Group(*(line for part in parts if part for line in (*part, "")))


def _title(run: Run) -> Part:
    campaign = run.plan.campaign
    event, left_out, region = campaign.scenario.event, run.plan.left_out, named(campaign.region.title)
    return [
        Text(region, style="bold"),
        Text(of(campaign.scenario.title)),
        *([Text(_("Event: {event}").format(event=of(event.title)))] if event else []),
        *([Text(_(NOTHING_HERE).format(name=left_out.name, region=region))] if left_out else []),
        Text(_("Posture: {posture}").format(posture=of(campaign.posture.title))),
        *_chosen(campaign),
    ]


def _chosen(campaign: Campaign) -> Iterator[RenderableType]:
    """What the waves choose in this region, where they do not name it."""
    for wave in campaign.scenario.waves:
        if not are_named(wave.entry_points):
            yield Text(_("{wave}, entry points:").format(wave=of(wave.title)))
            yield items(points_found_in_words(wave.entry_points, campaign.aims[wave.name], campaign.region))


def _care(summary: Summary) -> Part:
    return [_word(care_word(summary), summary.care), *map(Text, care_sentences(summary))]


def _systems(summary: Summary) -> Part:
    if not summary.attacks:
        return []
    return [_word(systems_word(summary), summary.systems), *map(Text, systems_sentences(summary))]


def _word(word: str, judgement: Judgement | None) -> Text:
    return Text(word.upper(), style=COLOURS[judgement.verdict] if judgement else "bold")


def _added(summary: Summary) -> Part:
    """The dozen that matter, theme by theme: what the attack adds to the same days without it."""
    table = Sheet()
    table.add_column(added_word(summary) if summary.attacks else _("Ordinary days"))
    for heading in _headings(summary):
        table.add_column(heading, justify="right")
    for theme, names in _read_first(summary):
        table.add_row(of(theme.value), style="bold")
        for name in names:
            title, *cells = _cells(summary, name)
            table.add_row(Padding(title, (0, 0, 0, 2)), *cells)
    return [table, *map(Text, caveats(summary))]


def _headings(summary: Summary) -> tuple[str, ...]:
    if summary.attacks:
        return (_("without it"), _("median"), _("one in ten"), _("worst"))
    return (_("on average"), _("margin"), _("nine times in ten"))


def _cells(summary: Summary, name: str) -> tuple[str, ...]:
    """An indicator in words: its title first."""
    if summary.attacks:
        return astuple(added_row(name, summary.added[name]))
    return astuple(row_of(name, summary.indicators[name]))


def _read_first(summary: Summary) -> Iterator[tuple[Theme, list[str]]]:
    """The indicators that matter most, by theme."""
    for theme, indicators in THEMES.items():
        names = [name for name, each in indicators.items() if each.read_first and name in summary.added]
        if names:
            yield theme, names


def _waits(summary: Summary) -> Part:
    """How long things took, those that were not over at the end included; nothing where nothing was waited for."""
    if not any(summary.waits[name].concerned for name in WAITS):
        return []
    table = Sheet()
    table.add_column(_("How long it takes"))
    for heading in (_("crises"), _("half within"), _("late")):
        table.add_column(heading, justify="right")
    for name in WAITS:
        row = waited_row(name, summary.waits[name])
        table.add_row(row.name, row.concerned, row.half, row.late)
    return [table]


def _departments(summary: Summary) -> Part:
    """Whose people time-critical care reaches latest, and who lives farthest from it."""
    some = [each for each in summary.departments if each.time_critical_delay_min is not None]
    if len(some) < 2:  # noqa: PLR2004 - one is compared with none
        return []
    latest = max(some, key=lambda each: each.time_critical_delay_min or 0.0)
    farthest = max(some, key=lambda each: each.time_critical_beyond_30_share or 0.0)
    of_all = summary.indicators
    gaps = {
        "latest": latest.department,
        "minutes": number(latest.time_critical_delay_min or 0.0, 1),
        "mean": number(of_all["time_critical_delay_min"].mean or 0.0, 1),
        "farthest": farthest.department,
        "share": share(farthest.time_critical_beyond_30_share or 0.0),
        "mean_share": share(of_all["time_critical_beyond_30_share"].mean or 0.0),
    }
    waits = _(
        "Department whose time-critical patients wait longest: {latest}, {minutes} min after the journey "
        "({mean} in the region)"
    )
    far = _(
        "Department where care most often begins over 30 min after they leave home: {farthest}, {share} of them "
        "({mean_share} in the region)"
    )
    return [Text(waits.format(**gaps)), Text(far.format(**gaps))]


def _first_sign(summary: Summary) -> Part:
    styles = ("bold", "")
    return [Text(line, style) for line, style in zip(first_sign_sentences(summary), styles, strict=False)]


def _thresholds(summary: Summary) -> Part:
    """What it takes to hold, each with how often it was true; ordinary life holds all of it."""
    table = Sheet(show_header=False)
    if not summary.attacks:
        return []
    judgements = [judgement for judgement in (summary.care, summary.systems) if judgement]
    for threshold in (each for judgement in judgements for each in judgement.thresholds):
        held = _held_share(threshold)
        mark = Text("✓", style="green") if held >= summary.target else Text("✗", style="red")
        table.add_row(mark, Align.right(share(held)), of(threshold.reason))
    of_crises = _("How often each threshold held, of the crises in which it went off:")
    heading = of_crises if summary.went_off.count else _("How often each threshold held:")
    return [Text(heading), table]


def _held_share(threshold: ThresholdResult) -> float:
    """Where something went off; over all where nothing did."""
    counted = threshold.given if threshold.given.of else threshold.over_all
    return counted.share or 0.0


def _turns_on(summary: Summary) -> Part:
    """Which assumptions the verdict turns on, where they are drawn."""
    if summary.turns_on is None:
        return []
    return [Text(_("What the verdict turns on")), Text(turning_sentence(summary.turns_on))]


def _next(run: Run) -> Part:
    """What to look at next."""
    summary = run.summary
    if not summary.attacks:
        return []
    prepared = f"tocsin run {summary.region} {summary.scenario} --posture prepared"
    following = [_("the same crises, better prepared: {command}").format(command=prepared)]
    if summary.turns_on is not None:
        store = "" if run.plan.store.path == Path("store").absolute() else f" --store {run.plan.store.path}"
        command = f"tocsin sensitivity {summary.campaign}{store}"
        following.append(_("the assumptions behind it: {command}").format(command=command))
    return [Text(_("What to look at next:")), items(following)]


def _results(run: Run) -> Part:
    path, campaign = run.plan.store.path, run.summary.campaign
    took = _("{count} new {count:replication|replications} in {seconds} s").format(
        count=number(run.new_replications + run.new_ordinary), seconds=number(run.seconds)
    )
    code = f'results.open({literal(str(path))}).frame("replications", "{campaign}")'
    return [
        _to_copy(_("Results: {path} ({took})").format(path=path, took=took)),
        _to_copy(_("In Python, after import results: {code}").format(code=code)),
    ]


def _to_copy(text: str) -> Text:
    """A text that a narrow terminal does not cut: it is meant to be copied."""
    return Text(one_line(text), no_wrap=True, overflow="ignore")
