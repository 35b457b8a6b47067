"""The briefing that a planner reads after a run, in some thirty lines; `--details` shows the whole page (`details.py`).

Did it go off, two verdicts, what the attack adds, where care gives way first, what the verdict turns on, how the model
did on real incidents, what to look at next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from flows.cli.commands.options import own_store
from flows.cli.listing import items
from flows.terminal.sheet import Sheet
from results import Judgement, Store, Summary, Verdict
from results.presentation.language import _, later, named, of
from results.presentation.numbers import number
from results.presentation.tabled import added_row, row_of
from results.presentation.turning import turning_sentences
from results.presentation.visible import one_line
from results.presentation.wording import (
    added_word,
    care_in_brief,
    care_word,
    first_sign_sentences,
    reach_sentences,
    systems_in_brief,
    systems_word,
    track_record_sentences,
)
from simulation import Campaign, Event
from simulation.inputs.digests import plain

NOTHING_HERE = later("The event {name} has nothing in {region}: run without it")

Part = list[RenderableType]
"""Some lines of the page; none when there is nothing to say."""

COLOURS = {
    Verdict.HOLDS: "bold green",
    Verdict.BREAKS: "bold red",
    Verdict.UNDECIDED: "bold yellow",
    Verdict.UNTESTED: "bold yellow",
}
HEADLINES = ("ed_visits_unmet", "icu_unmet_patient_h", "delay_deaths", "surgeries_postponed")
"""What is read of what the attack adds, one for each theme."""
PREPARED = "prepared"
"""The posture with which others are compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """What it took to run a campaign just now."""

    replications: int
    """Those that the store lacked."""
    ordinary: int
    """The same of the ordinary twin."""
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A campaign of a store, and what it says."""

    campaign: Campaign
    store: Store
    summary: Summary
    left_out: Event | None = None
    """The scenario's own event, of which the region has nothing; nobody knows it of a campaign run earlier."""
    took: Took | None = None
    """None where it is only read again."""


def facts_of(shown: Shown) -> dict[str, object]:
    """The whole page for a program."""
    event, left_out = shown.campaign.scenario.event, shown.left_out
    return {
        **plain(shown.summary),
        "store": str(shown.store.path),
        "event": event.name if event else None,
        "event_left_out": left_out.name if left_out else None,
        "aims": plain(shown.campaign.aims),
        **(facts_of_run(shown.took) if shown.took else {}),
    }


def facts_of_run(took: Took) -> dict[str, object]:
    """What it took, for a program."""
    return {
        "new_replications": took.replications,
        "new_ordinary_replications": took.ordinary,
        "seconds": round(took.seconds, 3),
        "replications_per_second": round((took.replications + took.ordinary) / took.seconds, 3),
    }


def briefing_of(shown: Shown) -> RenderableType:
    """What is read first."""
    summary = shown.summary
    parts: list[Part] = [
        _title(shown),
        [*_paragraph([*reach_sentences(summary)]), *_verdicts(summary)],
        [added_table(summary, HEADLINES)],
        [*_paragraph(first_sign_sentences(summary)), *_turns_on(summary), *_track_record(summary)],
        [*next_steps(shown), results_line(shown)],
    ]
    return page(parts)


def page(parts: Sequence[Part]) -> RenderableType:
    """The parts that say something, a blank line after each."""
    return Group(*(line for part in parts if part for line in (*part, "")))


def _title(shown: Shown) -> Part:
    campaign = shown.campaign
    asked = [_("Posture: {posture}").format(posture=of(campaign.posture.title)), *event_words(shown)]
    region = Text(named(campaign.region.title), style="bold")
    return [Text.assemble(region, " · ", of(campaign.scenario.title)), Text(" · ".join(asked))]


def event_words(shown: Shown) -> list[str]:
    """The event during which it strikes, or the one that has nothing in this region."""
    event, left_out = shown.campaign.scenario.event, shown.left_out
    region = named(shown.campaign.region.title)
    return [
        *([_("Event: {event}").format(event=of(event.title))] if event else []),
        *([_(NOTHING_HERE).format(name=left_out.name, region=region)] if left_out else []),
    ]


def _verdicts(summary: Summary) -> Iterator[Text]:
    """Both, each with what it rests on; what was said of care is not said again."""
    care = care_in_brief(summary)
    yield verdict_line(care_word(summary), summary.care, care)
    if summary.attacks:
        others = [sentence for sentence in systems_in_brief(summary) if sentence not in care]
        yield verdict_line(systems_word(summary), summary.systems, others)


def verdict_line(word: str, judgement: Judgement | None, sentences: Sequence[str] = ()) -> Text:
    """The verdict in a few words, and what follows it."""
    text = Text(word.upper(), style=COLOURS[judgement.verdict] if judgement else "bold")
    return Text.assemble(text, ". ", " ".join(sentences)) if sentences else text


def added_table(summary: Summary, names: Sequence[str]) -> Sheet:
    """What the attack adds to the same days without it; ordinary days where nobody attacks."""
    table = Sheet()
    table.add_column(added_word(summary))
    for heading in headings(summary):
        table.add_column(heading, justify="right")
    for name in names:
        if name in summary.added:
            table.add_row(*cells(summary, name))
    return table


def headings(summary: Summary) -> tuple[str, ...]:
    """Of the columns beside the title of an indicator."""
    if summary.attacks:
        return (_("without it"), _("median"), _("one in ten"), _("worst"))
    return (_("on average"), _("margin"), _("nine times in ten"))


def cells(summary: Summary, name: str) -> tuple[str, ...]:
    """An indicator in words: its title first."""
    if summary.attacks:
        return astuple(added_row(name, summary.added[name]))
    return astuple(row_of(name, summary.indicators[name]))


def _paragraph(sentences: Sequence[str]) -> Part:
    return [Text(" ".join(sentences))] if sentences else []


def _turns_on(summary: Summary) -> Part:
    if summary.turns_on is None:
        return []
    told = _("What does it turn on? {sentence}")
    return [Text(told.format(sentence=turning_sentences(summary.turns_on)[0]))]


def _track_record(summary: Summary) -> Part:
    return [*map(Text, track_record_sentences(summary)[:1])]


def next_steps(shown: Shown) -> Part:
    """What to look at next."""
    summary, store = shown.summary, store_option(shown.store.path)
    following = [
        _whole_page(shown),
        _("a page to show: {command}").format(
            command=f"tocsin report {summary.campaign} --output page.html{store}"
        ),
    ]
    if summary.attacks:
        asked = f"{summary.campaign} --replication {summary.median_replication} --gravest{store}"
        chain = _("the median crisis: {command}")
        following.append(chain.format(command=f"tocsin timeline {asked}"))
    if summary.turns_on is not None and summary.turns_on.turns_on:
        command = f"tocsin sensitivity {summary.campaign}{store}"
        following.append(_("the assumptions behind it: {command}").format(command=command))
    return [Text(_("What to look at next:")), items(following)]


def _whole_page(shown: Shown) -> str:
    """All that it says; and, where it has just been run, what else is worth a run."""
    summary = shown.summary
    gaps = {
        "command": f"tocsin show {summary.campaign} --details{store_option(shown.store.path)}",
        "prepared": f"--posture {PREPARED}",
    }
    if not shown.took or not summary.attacks or summary.posture == PREPARED:
        return _("all of it: {command}").format(**gaps)
    return _("all of it: {command}; better prepared: {prepared}").format(**gaps)


def results_line(shown: Shown) -> Text:
    """Where the results are."""
    told = _("Results: campaign {campaign} in {path} ({took})")
    took = took_in_words(shown.took, shown.summary.replications)
    return to_copy(told.format(campaign=shown.summary.campaign, path=shown.store.path, took=took))


def took_in_words(took: Took | None, replications: int) -> str:
    """What was run; of what is only read again, how many replications there are."""
    if took is None:
        return _("{count} {count:replication|replications}").format(count=number(replications))
    return _("{count} new {count:replication|replications} in {seconds} s").format(
        count=number(took.replications + took.ordinary), seconds=number(took.seconds)
    )


def store_option(path: Path) -> str:
    """How a command of another verb names the store, where it is not the one that it takes anyway."""
    return "" if path == Path(own_store()).absolute() else f" --store {path}"


def to_copy(text: str) -> Text:
    """A text that a narrow terminal does not cut: it is meant to be copied."""
    return Text(one_line(text), no_wrap=True, overflow="ignore")
