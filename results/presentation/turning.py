"""Turning: what a verdict turns on, in sentences and rows of words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from results.analysis.assumptions.given_data import FEWEST_POINTS
from results.analysis.assumptions.sensitivity import CARE, Assumption, Explained, Sensitivity
from results.presentation.assumptions.titles import title_of_assumption
from results.presentation.language import _, later
from results.presentation.numbers import between, measure, number, share
from results.presentation.wording import name_of
from simulation.inputs.campaign import CRISIS_SHARED, ORDINARY_SHARED

MORE = 10
"""Times as many replications."""
TOLD_IN_BRIEF = 2
"""Assumptions."""
VERDICT: Final = later("How near what the attack adds comes to the thresholds on care")


@dataclass(frozen=True, slots=True)
class TurningRow:
    """An assumption by its title and its name, and how much of a number it explains."""

    name: str
    drawn: str
    share: str
    interval: str
    worse: str


def turning_sentence(sensitivity: Sensitivity) -> str:
    """What the verdict on care turns on; no assumption is named that chance may have brought up."""
    return " ".join(turning_sentences(sensitivity))


def turning_sentences(sensitivity: Sensitivity) -> tuple[str, ...]:
    """The same, sentence by sentence: the first says it, those that follow how sure it is."""
    care = sensitivity.explained.get(CARE)
    if care is None:
        return (_("The scenario sets no threshold on care: there is no verdict to explain."),)
    if not sensitivity.crises:
        return (_("It never went off: there is no verdict to explain."),)
    named = sensitivity.turns_on
    if not named:
        return nothing_in_words(sensitivity, care)
    return _named(named, len(care.told_apart), sensitivity.replications)


def turning_in_brief(sensitivity: Sensitivity) -> str:
    """The same in two lines at most: where some are told apart, two by their titles alone."""
    titles = [title_of_assumption(one.name) for one in sensitivity.turns_on]
    if not titles:
        sentence = turning_sentences(sensitivity)[0]
        return _("What does it turn on? {sentence}").format(sentence=sentence)
    names = ", ".join(titles[:TOLD_IN_BRIEF])
    more = len(titles) - TOLD_IN_BRIEF
    if more > 0:
        return _("What does it turn on? {names}, and {more} more.").format(names=names, more=number(more))
    return _("What does it turn on? {names}.").format(names=names)


def nothing_in_words(sensitivity: Sensitivity, explained: Explained) -> tuple[str, ...]:
    """No assumption is told apart from chance, which is not to say that none matters; and how many replications might.

    Where none was judged, why not.
    """
    crisis = explained.crisis
    if crisis.level is None and crisis.draws >= FEWEST_POINTS:
        return (_("It comes to the same in all crises: there is nothing to explain."),)
    if crisis.level is None:
        few = _("With {count} {count:crisis|crises} this cannot be said yet.")
        drawn = _(
            "They rest on {draws} {draws:draw|draws} of the assumptions, which are judged from {fewest} on: run more."
        )
        draws, fewest = number(crisis.draws), number(FEWEST_POINTS)
        return few.format(count=number(sensitivity.crises)), drawn.format(draws=draws, fewest=fewest)
    nothing = _("With {count} {count:replication|replications} this cannot be said yet.")
    more = _(
        "Nothing can be told apart from chance: by chance alone an assumption can seem to explain {level} of the "
        "spread; with {more} replications that is about {less}."
    )
    count, times_more = number(sensitivity.replications), number(MORE * sensitivity.replications)
    return (
        nothing.format(count=count),
        more.format(level=share(crisis.level), more=times_more, less=share(crisis.level / MORE)),
    )


def _named(named: tuple[Assumption, ...], told_apart: int, replications: int) -> tuple[str, ...]:
    """The assumptions, and whether there are others."""
    sentences = {
        1: _("The verdict on care turns on this one: {names}."),
        2: _("The verdict on care turns on these two: {names}."),
        3: _("The verdict on care turns on these three: {names}."),
    }
    sentence = sentences[len(named)].format(names=", ".join(map(_in_brief, named)))
    if told_apart > len(named):
        others = _("{others} {others:other|others} can be told apart from chance too.")
        return sentence, others.format(others=number(told_apart - len(named)))
    rest = _("No other can be told apart from chance with {count} {count:replication|replications}.")
    return sentence, rest.format(count=number(replications))


def _in_brief(one: Assumption) -> str:
    worse = _("{name} (worse where it is high)") if one.rises else _("{name} (worse where it is low)")
    return worse.format(name=title_of_assumption(one.name))


def caveat_sentences(sensitivity: Sensitivity) -> Iterator[str]:
    """How the shares are to be read, and what was not judged."""
    yield _(
        "Share: how much of the spread from crisis to crisis an assumption explains by itself, chance included; the "
        "numbers are taken by their ranks."
    )
    explained = next(iter(sensitivity.explained.values()))
    for group, shared, sentence in (
        (
            explained.crisis,
            CRISIS_SHARED,
            _(
                "The crisis was drawn {draws} {draws:time|times}: its {assumptions} assumptions are judged from "
                "{fewest} draws on in which it goes off, which takes {needed} replications or more."
            ),
        ),
        (
            explained.ordinary,
            ORDINARY_SHARED,
            _(
                "Ordinary life was drawn {draws} {draws:time|times}: its {assumptions} assumptions are judged from "
                "{fewest} draws on, which takes {needed} replications or more."
            ),
        ),
    ):
        if group.draws < FEWEST_POINTS:
            yield sentence.format(
                draws=number(group.draws),
                assumptions=number(group.assumptions),
                fewest=number(FEWEST_POINTS),
                needed=number(FEWEST_POINTS * shared),
            )
    yield _("What each assumption is, and from where: docs/parameters.md.")


def title_of_number(name: str) -> str:
    """What is explained."""
    return _(VERDICT) if name == CARE else name_of(name)


def turning_rows(explained: Explained) -> list[TurningRow]:
    """The assumptions that are told apart from chance, those that explain most first."""
    return [_row(one) for one in explained.told_apart]


def _row(one: Assumption) -> TurningRow:
    return TurningRow(
        name=_("{title}, {name}").format(title=title_of_assumption(one.name), name=one.name),
        drawn=between(_rounded(one.low), _rounded(one.high)),
        share=share(max(0.0, one.share)),
        interval=between(*(share(max(0.0, end)) for end in one.interval)),
        worse=_("high") if one.rises else _("low"),
    )


def _rounded(value: float) -> str:
    return measure(float(f"{value:.2g}"))
