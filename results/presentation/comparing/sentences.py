"""Sentences: what an alternative avoids or costs beside the reference, and how sure that is."""

from collections.abc import Iterator, Mapping
from typing import Final

from results import Alternative, Comparison, Difference, Paired, Share, Varies
from results.analysis.pairs.differences import Direction
from results.presentation.language import _, later, of
from results.presentation.numbers import MOST_DECIMALS, between, decimals_for, number, share
from simulation.inputs.campaign import Uncertainty
from topologies.errors import Count

COUNTED: Final[Mapping[str, str]] = {
    "ed_visits_unmet": later("{count} {count:patient|patients} not taken into care"),
    "ed_visits_diverted": later("{count} {count:patient|patients} sent on"),
    "surgeries_postponed": later("{count} {count:operation|operations} postponed"),
}
"""What is told in a sentence, and of which less is better; by the first alternatives are ranked."""
NAMED: Final[Mapping[str, str]] = {
    "ed_visits_unmet": later("patients not taken into care"),
    "ed_visits_diverted": later("patients sent on"),
    "surgeries_postponed": later("operations postponed"),
}
"""The same without a number."""
VARIED: Final[Mapping[Varies, str]] = {
    Varies.POSTURE: later(
        "Postures compared on the same random numbers: the same attempts, the same patients"
    ),
    Varies.SCENARIO: later("Scenarios compared on the same random numbers: the same days, the same patients"),
    Varies.EVENT: later("Events compared on the same random numbers: the same days, the same attempts"),
}
BEST: Final[Mapping[Varies, str]] = {
    Varies.POSTURE: later("What helps most"),
    Varies.SCENARIO: later("What adds least"),
    Varies.EVENT: later("What adds least"),
}
"""What the one is called that adds least."""
LEAST_SHARE = 0.001
"""What a percentage with one decimal can show."""


def varied_sentence(comparison: Comparison) -> str:
    """What is compared."""
    return _(VARIED[comparison.varies])


def crises_sentences(comparison: Comparison) -> Iterator[str]:
    """Of how many crises all is told, and what the intervals leave out."""
    gaps = {"of": number(comparison.replications), "count": number(comparison.crises)}
    under_any = _(
        "It went off in {count} of {of} {of:replication (simulated crisis)|replications (simulated crises)} under one "
        "of them at least; all is told of these."
    )
    under_none = _(
        "It went off in none of {of} {of:replication (simulated crisis)|replications (simulated crises)} under any of "
        "them: what follows is what watching and cutting links cost."
    )
    yield (under_any if comparison.crises else under_none).format(**gaps)
    if comparison.parameters == Uncertainty.CENTRAL:
        yield _(
            "The intervals hold chance alone, not what is not known of the model's assumptions: --parameters drawn "
            "adds it."
        )


def best_sentences(comparison: Comparison) -> Iterator[str]:
    """Of several alternatives, which one avoids most; none is named that chance may have put first."""
    if len(comparison.pairs) == 1:
        return
    (indicator, *_others) = COUNTED
    best = comparison.least.get(indicator)
    if indicator not in comparison.least:
        return
    word = _(BEST[comparison.varies])
    if best is None:
        none = _("{word}: none can be told from “{reference}” by {what}, with all of them in mind.")
        yield none.format(word=word, reference=name_in_words(comparison.reference), what=_(NAMED[indicator]))
        return
    pair = next(each for each in comparison.pairs if each.alternative == best)
    most = _("{word}: {sentence}")
    yield most.format(word=word, sentence=sentence_of(comparison, pair, indicator))


def pair_sentences(comparison: Comparison, pair: Paired) -> list[str]:
    """What the alternative of a pair avoids or costs, indicator by indicator."""
    return [sentence_of(comparison, pair, indicator) for indicator in COUNTED if indicator in pair.added]


def sentence_of(comparison: Comparison, pair: Paired, indicator: str) -> str:
    """What the alternative of a pair avoids of an indicator, or costs."""
    whole = _("{pair}: {clause}.")
    return whole.format(pair=pair_in_words(comparison, pair), clause=clause_of(pair, indicator))


def pair_in_words(comparison: Comparison, pair: Paired) -> str:
    """The alternative, and what it takes the place of."""
    titles = {each.campaign: name_in_words(each) for each in comparison.alternatives}
    instead = _("“{alternative}” instead of “{reference}”")
    return instead.format(alternative=titles[pair.alternative], reference=titles[pair.reference])


def clauses_of(pair: Paired) -> list[str]:
    """What the alternative of a pair avoids or costs, where both are named already."""
    return [clause_of(pair, indicator) for indicator in COUNTED if indicator in pair.added]


def clause_of(pair: Paired, indicator: str) -> str:
    """What it avoids of an indicator, or costs, with its interval and how often it is better."""
    found = pair.added[indicator]
    one = _("crisis") if pair.crises else _("replication")
    if found.direction is Direction.EQUAL:
        same = _("changes nothing: {what} more or less in any {one}")
        return same.format(what=_what(indicator, number(0)), one=one)
    decimals = _decimals(found)
    often = _often(found, pair)
    if found.mean_ci is None:
        few = _("{what} per {one}, in too few to tell it from chance; {often}")
        return few.format(what=_what(indicator, _signed(found.mean, decimals)), one=one, often=often)
    low, high = found.mean_ci
    if low <= 0.0 <= high:
        ends = between(_signed(low, decimals), _signed(high, decimals))
        what = _what(indicator, _signed(found.mean, decimals))
        return _unsure(found).format(what=what, one=one, interval=ends, often=often)
    sure = (
        _("avoids {what} per {one} ({interval} with 95 % confidence); {often}")
        if found.mean < 0.0
        else _("costs {what} more per {one} ({interval} with 95 % confidence); {often}")
    )
    ends = between(*(number(end, decimals) for end in sorted((abs(low), abs(high)))))
    what = _what(indicator, number(abs(found.mean), decimals))
    return sure.format(what=what, one=one, interval=ends, often=often)


def _unsure(found: Difference) -> str:
    """The mean may be chance; the direction need not be."""
    if found.direction is Direction.LOWER:
        return _(
            "most often fewer, {what} per {one} on average, but how many is uncertain ({interval} with 95 % "
            "confidence); {often}"
        )
    if found.direction is Direction.HIGHER:
        return _(
            "most often more, {what} per {one} on average, but how many is uncertain ({interval} with 95 % "
            "confidence); {often}"
        )
    return _(
        "no difference that chance could not make, {what} per {one} ({interval} with 95 % confidence); {often}"
    )


def held_clauses(pair: Paired) -> list[str]:
    """In how many crises care held under each; nothing where a scenario sets no threshold on it."""
    held = pair.care_held
    if held is None:
        return []
    counted = (
        _("care holds in {count} of {of} {of:crisis|crises} instead of {before}")
        if pair.crises
        else _("care holds in {count} of {of} {of:replication|replications} instead of {before}")
    )
    return [
        counted.format(
            count=number(held.both + held.alternative_only),
            of=number(held.both + held.reference_only + held.alternative_only + held.neither),
            before=number(held.both + held.reference_only),
        )
    ]


def name_in_words(alternative: Alternative) -> str:
    """What differs, as a person calls it."""
    return of(alternative.title)


def _what(indicator: str, count: Count) -> str:
    return _(COUNTED[indicator]).format(count=count)


def _often(found: Difference, pair: Paired) -> str:
    """In how many crises the alternative is better, and in how many worse."""
    template = (
        _("better in {better} of crises, worse in {worse}")
        if pair.crises
        else _("better in {better} of replications, worse in {worse}")
    )
    return template.format(better=share_of_all(found.lower), worse=share_of_all(found.higher))


def share_of_all(counted: Share) -> str:
    """A share that says neither none nor all where it is not."""
    value = counted.share or 0.0
    if 0.0 < value < LEAST_SHARE / 2:
        return _("less than {share}").format(share=share(LEAST_SHARE))
    if 1.0 - LEAST_SHARE / 2 <= value < 1.0:
        return _("more than {share}").format(share=share(1.0 - LEAST_SHARE))
    return share(value)


def _signed(value: float, decimals: int) -> Count:
    """A number with its sign, with which words can agree."""
    written = number(abs(value), decimals)
    sign = "" if round(value, decimals) == 0.0 else "−" if value < 0.0 else "+"
    return Count(f"{sign}{written}", one=written.one)


def _decimals(found: Difference) -> int:
    """As many as the interval allows, and more where a number would be written as nought that is not."""
    low, high = found.mean_ci or (found.mean, found.mean)
    decimals = decimals_for(abs(high - low) or abs(found.mean))
    shown = [abs(value) for value in (found.mean, low, high) if value]
    while decimals < MOST_DECIMALS and any(round(value, decimals) == 0.0 for value in shown):
        decimals += 1
    return decimals
