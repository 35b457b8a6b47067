"""Heading: what a page is about, and with whom it may be shared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from results.analysis.compared.added import UNMET
from results.analysis.compared.verdicts import Judgement
from results.presentation.language import _, named, of
from results.presentation.numbers import PARIS, calendar_days, number, share
from results.presentation.tabled import added_row
from results.presentation.tlp import sharing_of
from results.presentation.wording import added_word, care_word, first_sign_sentences, systems_word
from results.report.asked import NamesShown
from results.report.evidence import Evidence
from results.report.sections.levers import best_lever
from topologies.fields.title import Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands at the top of a page."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    brief: tuple[tuple[str, str], ...]
    """What a reader who has a minute should know."""
    tlp: str
    sharing: str
    """What the mark means."""


def heading_of(evidence: Evidence) -> Heading:
    """The region, the attack and what was run."""
    scenario = evidence.inputs["scenario"]
    return Heading(
        title=named(evidence.inputs["region"]["title"]),
        subtitle=of(Title.model_validate(scenario["title"])),
        facts=tuple(_facts(evidence)),
        brief=tuple(_brief(evidence)) if evidence.attacked else (),
        tlp=f"TLP:{evidence.asked.tlp}",
        sharing=sharing_of(evidence.asked.tlp),
    )


def _facts(evidence: Evidence) -> Iterator[tuple[str, str]]:
    scenario, summary = evidence.inputs["scenario"], evidence.summary
    if scenario["event"]:
        yield _("Event"), of(Title.model_validate(scenario["event"]["title"]))
    yield _("Posture"), of(Title.model_validate(evidence.inputs["posture"]["title"]))
    yield _("Days simulated"), days_in_words(summary.start, scenario["horizon_h"])
    yield (
        _("Replications"),
        _("{count}, each beside the same days without it").format(count=number(summary.replications))
        if summary.attacks
        else number(summary.replications),
    )
    if evidence.asked.names is NamesShown.ANONYMISED:
        yield _("Names"), _("establishments, shared services and territories are numbered")


def _brief(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Both verdicts, what is added, what breaks first, and what helps most."""
    summary = evidence.summary
    verdicts = ((care_word(summary), summary.care), (systems_word(summary), summary.systems))
    asked = _("At least {target} are asked.").format(target=share(summary.target))
    yield _("Verdicts"), " ".join([*(_verdict(*each) for each in verdicts), asked])
    if UNMET in summary.added:
        row = added_row(UNMET, summary.added[UNMET])
        told = _("{indicator}: {median} in the median crisis, {one_in_ten} or more in one of ten")
        what = told.format(indicator=row.name, median=row.median, one_in_ten=row.one_in_ten)
        yield added_word(summary), what
    if summary.first_sign is not None:
        yield _("What breaks first"), " ".join(first_sign_sentences(summary))
    yield _("What helps most"), best_lever(evidence)


def _verdict(word: str, judgement: Judgement | None) -> str:
    """The verdict, and in how many of the crises all was kept."""
    if judgement is None or not judgement.given.of:
        return f"{word}."
    held, given = _("{verdict} (all kept in {count} of {of} {of:crisis|crises})."), judgement.given
    return held.format(verdict=word, count=number(given.count), of=number(given.of))


def days_in_words(start: datetime, horizon_h: float) -> str:
    """The first and the last day that are simulated."""
    last = start + timedelta(hours=horizon_h) - timedelta(seconds=1)
    return calendar_days(start.astimezone(PARIS).date(), last.astimezone(PARIS).date())
