"""The details: the whole page of a campaign, of which the briefing is what is read first."""

from collections.abc import Iterator
from functools import partial
from json import dumps

from rich.align import Align
from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from flows.cli.briefing import (
    Part,
    Shown,
    cells,
    event_words,
    headings,
    page,
    page_to_show,
    results_line,
    store_option,
    to_copy,
    verdict_line,
)
from flows.cli.listing import items
from flows.terminal.sheet import Sheet
from results import Summary, ThresholdResult
from results.presentation.choices import are_named, points_found_in_words
from results.presentation.language import _, named, of
from results.presentation.numbers import number, share
from results.presentation.regions.departments import department_in_words
from results.presentation.tabled import WAITS_READ_FIRST, caveats, waited_row
from results.presentation.turning import turning_sentences
from results.presentation.wording import (
    added_word,
    care_sentences,
    care_word,
    first_sign_sentences,
    reach_sentences,
    stopped_sentences,
    systems_sentences,
    systems_word,
    track_record_sentences,
)
from simulation import Campaign
from simulation.inputs.indicators.indicator import Theme
from simulation.inputs.indicators.registry import THEMES

literal = partial(dumps, ensure_ascii=False)
"""A text as Python and JSON write it, whatever quotes it holds."""
PREPARED = "prepared"
"""The posture with which others are compared."""


def details_of(shown: Shown) -> RenderableType:
    """The page on the terminal."""
    summary = shown.summary
    return page(
        [
            _title(shown),
            [*map(Text, [*reach_sentences(summary), *stopped_sentences(summary)])],
            [verdict_line(care_word(summary), summary.care), *map(Text, care_sentences(summary))],
            _systems(summary),
            _added(summary),
            _waits(summary),
            _first_sign(summary),
            _departments(summary),
            _thresholds(summary),
            _turns_on(summary),
            [*map(Text, track_record_sentences(summary))],
            _next_steps(shown),
            _results(shown),
        ]
    )


def _title(shown: Shown) -> Part:
    campaign = shown.campaign
    return [
        Text(named(campaign.region.title), style="bold"),
        Text(of(campaign.scenario.title)),
        *map(Text, event_words(shown)),
        Text(_("Posture: {posture}").format(posture=of(campaign.posture.title))),
        *_chosen(campaign),
    ]


def _chosen(campaign: Campaign) -> Iterator[RenderableType]:
    """What the waves choose in this region, where they do not name it."""
    for wave in campaign.scenario.waves:
        if not are_named(wave.entry_points):
            yield Text(_("{wave}, entry points:").format(wave=of(wave.title)))
            yield items(points_found_in_words(wave.entry_points, campaign.aims[wave.name], campaign.region))


def _systems(summary: Summary) -> Part:
    if not summary.attacks:
        return []
    return [verdict_line(systems_word(summary), summary.systems), *map(Text, systems_sentences(summary))]


def _added(summary: Summary) -> Part:
    """The dozen that matter, theme by theme: what the attack adds to the same days without it."""
    table = Sheet()
    table.add_column(added_word(summary))
    for heading in headings(summary):
        table.add_column(heading, justify="right")
    for theme, names in _read_first(summary):
        table.add_row(of(theme.value), style="bold")
        for name in names:
            title, *others = cells(summary, name)
            table.add_row(Padding(title, (0, 0, 0, 2)), *others)
    return [table, *map(Text, caveats(summary))]


def _read_first(summary: Summary) -> Iterator[tuple[Theme, list[str]]]:
    """The indicators that matter most, by theme."""
    for theme, indicators in THEMES.items():
        names = [name for name, each in indicators.items() if each.read_first and name in summary.added]
        if names:
            yield theme, names


def _waits(summary: Summary) -> Part:
    """How long things took, those that were not over at the end included; nothing where nothing was waited for."""
    if not any(summary.waits[name].concerned for name in WAITS_READ_FIRST):
        return []
    table = Sheet()
    table.add_column(_("How long it takes"))
    for heading in (_("replications"), _("half within"), _("late")):
        table.add_column(heading, justify="right")
    for name in WAITS_READ_FIRST:
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
        "latest": department_in_words(latest.department),
        "minutes": number(latest.time_critical_delay_min or 0.0, 1),
        "mean": number(of_all["time_critical_delay_min"].mean or 0.0, 1),
        "farthest": department_in_words(farthest.department),
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
    return [Text(_("What the verdict turns on")), Text(" ".join(turning_sentences(summary.turns_on)))]


def _next_steps(shown: Shown) -> Part:
    """What to look at next, and what else is worth a run."""
    summary, store = shown.summary, store_option(shown.store.path)
    following = [_("a page to show: {command}").format(command=page_to_show(shown))]
    if summary.attacks:
        asked = f"{summary.campaign} --replication {summary.median_replication} --gravest{store}"
        chain = _("the median crisis: {command}")
        following.append(chain.format(command=f"tocsin timeline {asked}"))
    if summary.turns_on is not None and summary.turns_on.turns_on:
        command = f"tocsin sensitivity {summary.campaign}{store}"
        following.append(_("the assumptions behind it: {command}").format(command=command))
    if summary.attacks and summary.posture != PREPARED:
        prepared = _("the region better prepared: run it again with {option}")
        following.append(prepared.format(option=f"--posture {PREPARED}"))
    return [Text(_("What to look at next:")), items(following)]


def _results(shown: Shown) -> Part:
    path, campaign = shown.store.path, shown.summary.campaign
    code = f'results.open({literal(str(path))}).frame("replications", "{campaign}")'
    return [results_line(shown), to_copy(_("In Python, after import results: {code}").format(code=code))]
