"""The briefing that a planner reads after a run: the verdict, what it cost, where it broke, where the results lie."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from json import dumps

from rich.align import Align
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from flows.cli.listing import items
from flows.execution.plan import Plan
from flows.terminal.sheet import Sheet
from results import Summary, Verdict
from results.presentation.choices import are_named, points_found_in_words
from results.presentation.language import _, later, named, of
from results.presentation.numbers import instant, number, share
from results.presentation.visible import one_line
from results.presentation.wording import (
    caveats,
    name_of,
    row_of,
    verdict_sentences,
    verdict_word,
)
from simulation import Campaign
from simulation.inputs.digests import plain
from simulation.inputs.indicators.registry import THEMES

literal = partial(dumps, ensure_ascii=False)
"""A text as Python and JSON write it, whatever quotes it holds."""

NOTHING_HERE = later("The event {name} has nothing in {region}: run without it")

Part = list[RenderableType]
"""Some lines of the page; none when there is nothing to say."""

COLOURS = {Verdict.HOLDS: "bold green", Verdict.BREAKS: "bold red", Verdict.UNDECIDED: "bold yellow"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A campaign that has just been run: what was asked, what it says, and what it took."""

    plan: Plan
    summary: Summary
    new_replications: int
    seconds: float


def facts_of(run: Run) -> dict[str, object]:
    """The same for a program."""
    summary = run.summary
    return {
        "campaign": summary.campaign,
        "store": str(run.plan.store.path),
        "region": summary.region,
        "scenario": summary.scenario,
        "event": run.plan.campaign.scenario.event.name if run.plan.campaign.scenario.event else None,
        "event_left_out": run.plan.left_out.name if run.plan.left_out else None,
        "aims": plain(run.plan.campaign.aims),
        "posture": summary.posture,
        "seed": summary.seed,
        "replications": summary.replications,
        "new_replications": run.new_replications,
        "verdict": summary.verdict.value,
        "held_share": summary.held_share,
        "held_share_ci": summary.held_share_ci,
        "target": summary.target,
        "seconds": round(run.seconds, 3),
        "replications_per_second": round(run.new_replications / run.seconds, 3),
        "first_broken": asdict(summary.first_broken) if summary.first_broken else None,
        "thresholds": [asdict(threshold) for threshold in summary.thresholds],
        "departments": [asdict(department) for department in summary.departments],
        "indicators": {name: asdict(indicator) for name, indicator in summary.indicators.items()},
    }


def briefing_of(run: Run) -> RenderableType:
    """The page on the terminal."""
    parts = [
        _title(run),
        _verdict(run.summary),
        _indicators(run.summary),
        _departments(run.summary),
        _first_broken(run),
        _thresholds(run),
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


def _verdict(summary: Summary) -> Part:
    word = Text(verdict_word(summary).upper(), style=COLOURS[summary.verdict])
    return [word, *map(Text, verdict_sentences(summary))]


def _indicators(summary: Summary) -> Part:
    """The dozen that matter, theme by theme, and what they leave out."""
    table = Sheet()
    table.add_column(_("In a replication"))
    table.add_column(_("on average"), justify="right")
    table.add_column(_("margin"))
    table.add_column(_("nine times in ten"), justify="right")
    for theme, indicators in THEMES.items():
        table.add_row(of(theme.value), style="bold")
        for name, indicator in indicators.items():
            if indicator.read_first:
                row = row_of(name, summary.indicators[name])
                table.add_row(Padding(row.name, (0, 0, 0, 2)), row.mean, row.margin, row.usual)
    return [table, *map(Text, caveats(summary))]


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


def _first_broken(run: Run) -> Part:
    broken = run.summary.first_broken
    if broken is None:
        return []
    gaps = {
        "place": named(broken.name) if broken.name else _("the whole region"),
        "indicator": name_of(broken.indicator),
        "instant": instant(run.plan.campaign.scenario.start, broken.median_h),
        "share": share(broken.breaking_share),
    }
    return [
        Text(_("Where it breaks first, most often: {place}").format(**gaps), style="bold"),
        Text(_("Threshold: {indicator}").format(**gaps)),
        Text(_("Around {instant}, in {share} of the replications that break").format(**gaps)),
    ]


def _thresholds(run: Run) -> Part:
    """What it takes to hold, each with how often it was true."""
    table = Sheet(show_header=False)
    reasons = {
        threshold.indicator: of(threshold.reason) for threshold in run.plan.campaign.scenario.thresholds
    }
    for threshold in run.summary.thresholds:
        kept = threshold.held_share >= run.summary.target
        mark = Text("✓", style="green") if kept else Text("✗", style="red")
        table.add_row(mark, Align.right(share(threshold.held_share)), reasons[threshold.indicator])
    return [Text(_("How often each threshold held:")), table]


def _results(run: Run) -> Part:
    path, campaign = run.plan.store.path, run.summary.campaign
    took = _("{count} new {count:replication|replications} in {seconds} s").format(
        count=number(run.new_replications), seconds=number(run.seconds)
    )
    code = f'results.open({literal(str(path))}).frame("replications", "{campaign}")'
    return [
        _to_copy(_("Results: {path} ({took})").format(path=path, took=took)),
        _to_copy(_("In Python, after import results: {code}").format(code=code)),
    ]


def _to_copy(text: str) -> Text:
    """A text that a narrow terminal does not cut: it is meant to be copied."""
    return Text(one_line(text), no_wrap=True, overflow="ignore")
