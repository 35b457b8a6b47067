"""Verdicts: whether care holds and systems come back, in a sentence each, with what is known of it and what is not."""

from collections.abc import Iterator

from results.analysis.compared.verdicts import Judgement, ThresholdResult, Verdict
from results.analysis.summary import Summary
from results.presentation.language import _, of
from results.presentation.numbers import number, share
from results.presentation.tabled import caveats
from results.presentation.turning import turning_sentence
from results.presentation.wording import (
    care_in_brief,
    care_sentences,
    care_word,
    reach_sentences,
    share_in_words,
    stopped_sentences,
    systems_in_brief,
    systems_sentences,
    systems_word,
    track_record_sentences,
)
from results.report.evidence import Evidence
from results.report.parts import Card, Listed, Prose, Section, Table, Tone, Verdicts

TONES = {
    Verdict.HOLDS: Tone.GOOD,
    Verdict.BREAKS: Tone.BAD,
    Verdict.UNDECIDED: Tone.OPEN,
    Verdict.UNTESTED: Tone.OPEN,
}


def verdicts(evidence: Evidence) -> Section:
    """Both verdicts, the thresholds that they rest on, and what remains open."""
    summary = evidence.summary
    care = dict.fromkeys((*care_in_brief(summary), *care_sentences(summary)))
    cards = [_card(care_word(summary), summary.care, tuple(care))]
    thresholds: tuple[Table, ...] = ()
    if summary.attacks:
        systems = dict.fromkeys((*systems_in_brief(summary), *systems_sentences(summary)))
        cards.append(_card(systems_word(summary), summary.systems, tuple(systems)))
        thresholds = (_thresholds(summary),)
    return Section(
        anchor="verdict",
        title=_("Does the region hold?"),
        parts=(
            Prose(sentences=tuple(_reach(summary))),
            Verdicts(cards=tuple(cards)),
            *thresholds,
            Listed(heading=_("What is known, and what is not"), points=tuple(_open(summary))),
        ),
    )


def _reach(summary: Summary) -> Iterator[str]:
    """Whether it went off, what became of it elsewhere, and how far it came."""
    went_off, *how_far = reach_sentences(summary)
    yield " ".join([went_off, *stopped_sentences(summary)])
    yield from how_far


def _card(word: str, judgement: Judgement | None, sentences: tuple[str, ...]) -> Card:
    tone = TONES[judgement.verdict] if judgement else Tone.OPEN
    return Card(word=word, tone=tone, sentences=sentences)


def _thresholds(summary: Summary) -> Table:
    """Each threshold, how often it held, and whether that is often enough."""
    judgements = [judgement for judgement in (summary.care, summary.systems) if judgement]
    rows = [_threshold(each, summary.target) for one in judgements for each in one.thresholds]
    heading = (
        _("How often each threshold held, of the crises in which it went off")
        if summary.went_off.count
        else _("How often each threshold held")
    )
    return Table(
        caption=heading,
        headings=(_("threshold"), _("held in"), _("asked: {target}").format(target=share(summary.target))),
        rows=tuple(rows),
    )


def _threshold(threshold: ThresholdResult, target: float) -> tuple[str, ...]:
    counted = threshold.given if threshold.given.of else threshold.over_all
    held = (counted.share or 0.0) >= target
    mark = _("✓ often enough") if held else _("✗ too seldom")
    return of(threshold.reason), share_in_words(counted), mark


def _open(summary: Summary) -> Iterator[str]:
    """How sure this is, on what it turns, and how the model did where the truth is known."""
    yield from caveats(summary)
    if summary.turns_on is not None:
        yield turning_sentence(summary.turns_on)
    yield from track_record_sentences(summary)
    if summary.attacks:
        yield _(
            "How likely such an attack is, is not known here: all shares are of {count} simulated "
            "{count:crisis|crises}, not of the years to come."
        ).format(count=number(summary.went_off.count or summary.replications))
