"""The briefing that a planner reads after a run, in some thirty lines; `--details` shows the whole page (`details.py`).

Did it go off, two verdicts, what the attack adds, where care gives way first, what the verdict turns on, how the model
did on real incidents, what to look at next.
"""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from rich.console import Group, RenderableType
from rich.text import Text

from flows.cli.listing import items
from flows.execution.plan import Plan
from flows.terminal.sheet import Sheet
from results import Judgement, Summary, Verdict
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
class Run:
    """A campaign that has just been run: what was asked, what it says, and what it took."""

    plan: Plan
    summary: Summary
    new_replications: int
    new_ordinary: int
    """Those of the ordinary twin."""
    seconds: float

    @property
    def store_option(self) -> str:
        """How a command of another verb names the store, where it is not the one that it takes anyway."""
        path = self.plan.store.path
        return "" if path == Path("store").absolute() else f" --store {path}"


def facts_of(run: Run) -> dict[str, object]:
    """The whole page for a program."""
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
    """What is read first."""
    summary = run.summary
    parts: list[Part] = [
        _title(run),
        [*_paragraph([*reach_sentences(summary)]), *_verdicts(summary)],
        [added_table(summary, HEADLINES)],
        [*_paragraph(first_sign_sentences(summary)), *_turns_on(summary), *_track_record(summary)],
        [*next_steps(run), results_line(run)],
    ]
    return page(parts)


def page(parts: Sequence[Part]) -> RenderableType:
    """The parts that say something, a blank line after each."""
    return Group(*(line for part in parts if part for line in (*part, "")))


def _title(run: Run) -> Part:
    campaign = run.plan.campaign
    asked = [_("Posture: {posture}").format(posture=of(campaign.posture.title)), *event_words(run)]
    region = Text(named(campaign.region.title), style="bold")
    return [Text.assemble(region, " · ", of(campaign.scenario.title)), Text(" · ".join(asked))]


def event_words(run: Run) -> list[str]:
    """The event during which it strikes, or the one that has nothing in this region."""
    event, left_out = run.plan.campaign.scenario.event, run.plan.left_out
    region = named(run.plan.campaign.region.title)
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


def next_steps(run: Run) -> Part:
    """What to look at next."""
    summary, store = run.summary, run.store_option
    page = f"tocsin report {summary.campaign} --output page.html{store}"
    following = [_again(summary), _("a page to show: {command}").format(command=page)]
    if summary.attacks:
        asked = f"{summary.campaign} --replication {summary.median_replication} --gravest{store}"
        chain = _("the median crisis: {command}")
        following.append(chain.format(command=f"tocsin timeline {asked}"))
    if summary.turns_on is not None and summary.turns_on.turns_on:
        command = f"tocsin sensitivity {summary.campaign}{store}"
        following.append(_("the assumptions behind it: {command}").format(command=command))
    return [Text(_("What to look at next:")), items(following)]


def _again(summary: Summary) -> str:
    """What the same command can be asked besides."""
    gaps = {"details": "--details", "prepared": f"--posture {PREPARED}"}
    if not summary.attacks or summary.posture == PREPARED:
        return _("the same command, {details}: the whole page").format(**gaps)
    both = _("the same command, {details}: the whole page; {prepared}: better prepared")
    return both.format(**gaps)


def results_line(run: Run) -> Text:
    """Where the results are."""
    took = _("{count} new {count:replication|replications} in {seconds} s").format(
        count=number(run.new_replications + run.new_ordinary), seconds=number(run.seconds)
    )
    told = _("Results: campaign {campaign} in {path} ({took})")
    return to_copy(told.format(campaign=run.summary.campaign, path=run.plan.store.path, took=took))


def to_copy(text: str) -> Text:
    """A text that a narrow terminal does not cut: it is meant to be copied."""
    return Text(one_line(text), no_wrap=True, overflow="ignore")
