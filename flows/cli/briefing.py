"""The briefing that a planner reads after a run, in twenty lines; `--details` shows the whole page (`details.py`).

Did it go off, two verdicts, what the attack adds, where care gives way first, what the verdict turns on, how the model
did on real incidents, what to look at next. Lines are counted as wide as those of the documentation, blank ones apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from flows.cli.commands.options import own_store
from flows.terminal.sheet import Sheet
from results import Judgement, Store, Summary, Verdict
from results.presentation.language import _, later, named, of
from results.presentation.numbers import between, number, share
from results.presentation.tabled import added_row, row_of
from results.presentation.turning import turning_in_brief
from results.presentation.visible import one_line
from results.presentation.wording import (
    added_word,
    care_sentences,
    care_word,
    first_sign_sentences,
    reach_in_brief,
    share_in_words,
    systems_word,
    track_record_in_brief,
    undecided_sentences,
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
        [_title(shown)],
        _paragraph(reach_in_brief(summary)),
        _verdicts(summary),
        [added_table(summary, HEADLINES)],
        _paragraph(first_sign_sentences(summary)),
        [*_turns_on(summary), *map(Text, track_record_in_brief(summary))],
        _next_steps(shown),
    ]
    return page(parts)


def page(parts: Sequence[Part]) -> RenderableType:
    """The parts that say something, a blank line after each."""
    return Group(*(line for part in parts if part for line in (*part, "")))


def _title(shown: Shown) -> Text:
    campaign = shown.campaign
    asked = [_("Posture: {posture}").format(posture=of(campaign.posture.title)), *event_words(shown)]
    region = Text(named(campaign.region.title), style="bold")
    return Text.assemble(region, " · ", " · ".join([of(campaign.scenario.title), *asked]))


def event_words(shown: Shown) -> list[str]:
    """The event during which it strikes, or the one that has nothing in this region."""
    event, left_out = shown.campaign.scenario.event, shown.left_out
    region = named(shown.campaign.region.title)
    return [
        *([_("Event: {event}").format(event=of(event.title))] if event else []),
        *([_(NOTHING_HERE).format(name=left_out.name, region=region)] if left_out else []),
    ]


def _verdicts(summary: Summary) -> Part:
    """Both, each in how many of the crises all was kept; in sentences where nothing went off or nobody attacks."""
    if not summary.attacks:
        return [verdict_line(care_word(summary), summary.care, care_sentences(summary))]
    judgements = {care_word(summary): summary.care, systems_word(summary): summary.systems}
    if not summary.went_off.count:
        return [verdict_line(word, judgement) for word, judgement in judgements.items()]
    table = Sheet()
    table.add_column(_("In these crises"))
    for heading in (_("every threshold kept in"), _("95 % confidence"), _("asked")):
        table.add_column(heading, justify="right")
    for word, judgement in judgements.items():
        table.add_row(verdict_line(word, judgement), *_kept(judgement, summary.target))
    return [table, *map(Text, undecided_sentences(summary))]


def _kept(judgement: Judgement | None, target: float) -> Iterator[str]:
    """In how many crises all was kept, how sure that is, and what the scenario asks."""
    if judgement is not None:
        interval = judgement.given.interval or (0.0, 1.0)
        yield from (share_in_words(judgement.given), between(*map(share, interval)), share(target))


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
    return [] if summary.turns_on is None else [Text(turning_in_brief(summary.turns_on))]


def _next_steps(shown: Shown) -> Part:
    """What to look at next: all that it says, and what to send on."""
    whole = _("What to look at next: {command}").format(command=whole_page(shown))
    return [to_copy(whole), to_copy(_("A page to show: {command}").format(command=page_to_show(shown)))]


def whole_page(shown: Shown) -> str:
    """The command that shows all of it."""
    return f"tocsin show {shown.summary.campaign} --details{store_option(shown.store.path)}"


def page_to_show(shown: Shown) -> str:
    """The command that writes a page."""
    return f"tocsin report {shown.summary.campaign} --output page.html{store_option(shown.store.path)}"


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
