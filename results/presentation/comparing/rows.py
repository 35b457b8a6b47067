"""Rows: what each alternative adds to the ordinary days, as a table of words."""

from dataclasses import dataclass

from results import Alternative, Comparison, Judgement, Share
from results.presentation.comparing.sentences import COUNTED, NAMED, name_in_words, share_of_all
from results.presentation.language import _
from results.presentation.numbers import NO_BREAK, decimals_for, number


@dataclass(frozen=True, slots=True)
class AlternativeRow:
    """What an alternative adds to the ordinary days in the mean crisis, in words."""

    name: str
    went_off: str
    care_held: str
    added: tuple[str, ...]
    """By the indicators of `headings`."""


def title_of_rows(comparison: Comparison) -> str:
    """What they say."""
    if comparison.crises:
        return _("What each adds to the ordinary days, on average per crisis")
    return _("What each adds to the ordinary days, on average per replication")


def headings(comparison: Comparison) -> list[str]:
    """The indicators of the rows, in words."""
    return [_(NAMED[name]) for name in _shown(comparison)]


def alternative_rows(comparison: Comparison) -> list[AlternativeRow]:
    """The alternatives, the reference first."""
    return [_row(comparison, each) for each in comparison.alternatives]


def _shown(comparison: Comparison) -> list[str]:
    return [name for name in COUNTED if all(name in each.added for each in comparison.alternatives)]


def _row(comparison: Comparison, alternative: Alternative) -> AlternativeRow:
    return AlternativeRow(
        name=name_in_words(alternative),
        went_off=_of(alternative.went_off),
        care_held=_held(alternative.care),
        added=tuple(_mean(alternative, name) for name in _shown(comparison)),
    )


def _mean(alternative: Alternative, indicator: str) -> str:
    """The mean that the attack adds, with its margin."""
    added = alternative.added[indicator]
    margin = added.mean_ci[1] - added.mean if added.mean_ci else 0.0
    decimals = decimals_for(margin or abs(added.mean))
    sign = "−" if added.mean < 0 else "+"
    written = f"{sign}{NO_BREAK}{number(abs(added.mean), decimals)}"
    return f"{written} ± {number(margin, decimals)}" if margin else written


def _of(counted: Share) -> str:
    return share_of_all(counted) if counted.of else ""


def _held(judgement: Judgement | None) -> str:
    """How often care held, of the replications in which it went off."""
    return _of(judgement.given) if judgement else ""
