"""Levers: what would help most, by the comparisons in the store in which this campaign stands."""

from collections.abc import Iterator

from results.analysis.compared.added import UNMET
from results.analysis.pairs.comparison import Comparison
from results.presentation.comparing.sentences import (
    NAMED,
    clauses_of,
    crises_sentences,
    held_clauses,
    name_in_words,
    pair_in_words,
    sentence_of,
    varied_sentence,
)
from results.presentation.language import _
from results.report.evidence import Evidence
from results.report.parts import Listed, Prose, Section
from results.report.sections.reproduce import options_of


def levers(evidence: Evidence) -> Section:
    """What each posture that was compared avoids; else the command that compares."""
    parts: list[Prose | Listed] = [Prose(sentences=tuple(_opening(evidence)))]
    for comparison in evidence.kept.comparisons:
        told = _("Comparison {comparison}: {varied}.")
        what = told.format(comparison=comparison.comparison, varied=varied_sentence(comparison))
        parts.append(Prose(sentences=(what, *crises_sentences(comparison)), small=True))
        parts.extend(
            Listed(heading=pair_in_words(comparison, pair), points=(*clauses_of(pair), *held_clauses(pair)))
            for pair in comparison.pairs
        )
    parts.append(Prose(sentences=(_more(evidence),), small=bool(evidence.kept.comparisons)))
    return Section(anchor="levers", title=_("What would help"), parts=tuple(parts))


def best_lever(evidence: Evidence) -> str:
    """The posture that avoids most and cannot be chance; else that none is, or how to compare some."""
    best = [sentence for sentence in map(_best_of, evidence.kept.comparisons) if sentence]
    if best:
        return best[0]
    if evidence.kept.comparisons:
        return _("nothing that was compared can be told from chance")
    return _("not known yet: no comparison in this store holds this campaign")


def _opening(evidence: Evidence) -> Iterator[str]:
    """What is best, and what could not be read."""
    for comparison in evidence.kept.comparisons:
        none = _("None can be told from “{reference}” by {what}, with all of them in mind.")
        yield _best_of(comparison) or none.format(
            reference=name_in_words(comparison.reference), what=_(NAMED[UNMET])
        )
    for name in evidence.kept.unread:
        cannot = _("Comparison {comparison} is not finished, or damaged: it is left out.")
        yield cannot.format(comparison=name)
    if not evidence.kept.comparisons:
        yield _("No comparison of postures in this store holds this campaign.")


def _more(evidence: Evidence) -> str:
    """The command that compares its posture with others, on the same attacks."""
    (description,) = evidence.snapshot.descriptions
    posture = description.posture
    others = "care-2027" if posture == "prepared" else "prepared"
    compared = "--study funding-domains" if posture == "baseline" else f"--postures {posture},{others}"
    command = f"tocsin compare {options_of(description, evidence.summary.parameters)} {compared}"
    return _(
        "To compare on the same attacks and the same patients: {command}. Other levers: tocsin compare --list. Made "
        "anew, this page then says which helps most."
    ).format(command=command)


def _best_of(comparison: Comparison) -> str | None:
    """The alternative that avoids most of those told apart from the reference."""
    best = comparison.least.get(UNMET)
    if best is None:
        return None
    pair = next(each for each in comparison.pairs if each.alternative == best)
    return sentence_of(comparison, pair, UNMET)
