"""Tabled: what an attack adds, how long things take, and any other indicator, as rows of words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from results import Added, Distribution, Summary, Waited
from results.presentation.language import _, later, of
from results.presentation.numbers import NO_BREAK, between, decimals_for, number, share
from results.presentation.wording import name_of
from simulation.inputs.campaign import Uncertainty
from simulation.inputs.indicators import harm
from simulation.inputs.indicators.indicator import Indicator
from simulation.inputs.indicators.registry import INDICATORS

NOTHING: Final[Mapping[str, str]] = {
    "restoration_h": later("nothing was lost"),
    "restored_80_h": later("nothing was lost"),
    "backlog_recovery_h": later("nothing was put off"),
    "responder_wait_max_h": later("nobody asked for one"),
    "regional_cell_delay_h": later("no establishment was hit"),
}
"""What is said where there was nothing to wait for."""
WAITS_READ_FIRST = ("restoration_h", "backlog_recovery_h", "responder_wait_max_h", "regional_cell_delay_h")
"""How long things take: what a planner looks at."""
WHOLE_FROM = 20.0
"""What a row comes to from which on it is told in whole numbers."""
TOLD_APART = "ed_visits_unmet"
"""The indicator of which it is said how much of its spread is chance."""


@dataclass(frozen=True, slots=True)
class AddedRow:
    """What an attack adds to an indicator, in words."""

    name: str
    ordinary: str
    median: str
    one_in_ten: str
    worst: str


def added_row(name: str, added: Added) -> AddedRow:
    """What it adds in the median crisis, in one of ten and in the worst, beside the same days without it.

    Harm that an attack spares some is no gain, and is told as no harm more: see `caveats`.
    """
    per = INDICATORS[name].shown_per
    decimals = _decimals_up_to(max(map(abs, (added.worst, added.median, added.ordinary))) / per)

    def more(value: float) -> str:
        rounded = round(value / per, decimals)
        if rounded < 0 and name in harm.INDICATORS:
            return _("no more")
        return signed(rounded, decimals)

    return AddedRow(
        name=name_of(name),
        ordinary=number(added.ordinary / per, decimals),
        median=more(added.median),
        one_in_ten=more(added.one_in_ten),
        worst=more(added.worst),
    )


def _decimals_up_to(most: float) -> int:
    """Decimals of a row whose greatest number is this: none from twenty on, lest luck be told to tenths of a patient.

    >>> _decimals_up_to(1644), _decimals_up_to(14.6), _decimals_up_to(0.66)
    (0, 1, 2)
    """
    return 0 if most >= WHOLE_FROM else 1 if most >= 1.0 else 2


def signed(value: float, decimals: int = 0) -> str:
    """A number with its sign; what rounds to nothing has none.

    >>> signed(-0.4), signed(0.04, 1)
    ('0', '0,0')
    """
    rounded = round(value, decimals)
    written = number(abs(rounded), decimals)
    return f"{'−' if rounded < 0 else '+'}{NO_BREAK}{written}" if rounded else written


@dataclass(frozen=True, slots=True)
class WaitedRow:
    """How long something takes, in words."""

    name: str
    concerned: str
    half: str
    late: str


def waited_row(name: str, waited: Waited) -> WaitedRow:
    """In how many crises there was something to wait for, by when half of these are over, and how many come late."""
    indicator = INDICATORS[name]
    if not waited.concerned:
        nothing = _(NOTHING[name]) if name in NOTHING else _("did not occur")
        return WaitedRow(name_of(name), "0", nothing, "")
    late = ""
    if waited.beyond_share is not None and waited.deadline is not None:
        by = number(
            waited.deadline / indicator.shown_per, decimals_for(waited.deadline / indicator.shown_per)
        )
        late = _("{share} over {limit}").format(share=share(waited.beyond_share), limit=by)
    return WaitedRow(
        name=name_of(name),
        concerned=number(waited.concerned),
        half=_not_so_many(waited) if waited.median is None else _in_unit(indicator, waited.median),
        late=late,
    )


def _not_so_many(waited: Waited) -> str:
    """Fewer than half were over when last seen."""
    if not waited.over:
        return _("never by the end")
    return _("not by the end")


def _in_unit(indicator: Indicator, value: float) -> str:
    return _written(indicator, value, value / 10)


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator over a campaign, in words."""

    name: str
    mean: str
    margin: str
    usual: str


def row_of(name: str, distribution: Distribution) -> Row:
    """Its mean with the margin at 95 %, and the range that holds nine replications in ten."""
    mean, p05, p95 = distribution.mean, distribution.p05, distribution.p95
    if mean is None:
        return Row(name_of(name), _("did not occur"), "", "")
    margin = distribution.mean_ci[1] - mean if distribution.mean_ci else 0.0
    if p05 is None or p95 is None:
        return Row(name_of(name), share(mean), between(*map(share, distribution.mean_ci or (0.0, 1.0))), "")
    indicator, width = INDICATORS[name], p95 - p05
    return Row(
        name=name_of(name),
        mean=_written(indicator, mean, margin or width),
        margin=f"± {_written(indicator, margin, margin)}" if margin else "",
        usual=between(_written(indicator, p05, 3 * width), _written(indicator, p95, 3 * width)),
    )


def _written(indicator: Indicator, value: float, spread: float) -> str:
    """A value of the indicator in the unit of screens, as precise as the spread allows."""
    return number(value / indicator.shown_per, decimals_for(abs(spread) / indicator.shown_per))


def caveats(summary: Summary) -> list[str]:
    """What the numbers leave out, and what they include that one might not expect."""
    sentences = list(_what_intervals_hold(summary))
    if summary.attacks:
        sentences.append(_("Deaths and healthy days include what is not known of the harm of a minute."))
        if any(summary.added[name].median < 0.0 for name in harm.INDICATORS if name in summary.added):
            sentences.append(
                _(
                    "“No more”: an operation put off leaves its bed to an emergency patient, who waits less. That is "
                    "no gain of the attack: the operation is still owed, and its bed with it."
                )
            )
    return sentences


def _what_intervals_hold(summary: Summary) -> Iterator[str]:
    """Chance alone, or what is not known of the parameters too; and which of the two the spread comes from."""
    if summary.parameters == Uncertainty.CENTRAL:
        yield _(
            "The intervals hold chance alone, not what is not known of the model's assumptions: --parameters drawn "
            "adds it."
        )
        return
    yield _(
        "The intervals hold chance, and what is not known of the parameters: each is drawn from its range."
    )
    chance = summary.added[TOLD_APART].chance_share if TOLD_APART in summary.added else None
    if chance is not None:
        told = _(
            "What makes “{name}” differ from crisis to crisis: chance for {chance}, what is not known for {rest}."
        )
        yield told.format(
            name=of(INDICATORS[TOLD_APART].title), chance=share(chance), rest=share(1.0 - chance)
        )
