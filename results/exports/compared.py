"""Compared: what a comparison says, as tables: each alternative beside the ordinary days, and beside the reference."""

from collections.abc import Iterator

from results.analysis.pairs.comparison import Alternative, Comparison
from results.analysis.pairs.differences import Difference
from results.exports.tables import Cell, Table, portion
from results.exports.told import ADDED_HEADINGS, added_row, named, shown
from results.presentation.comparing.sentences import name_in_words
from results.presentation.language import _
from results.presentation.wording import CARE, SYSTEMS


def standing(comparison: Comparison) -> Table:
    """Each alternative: how often it went off, and how often care and systems held."""
    rows = [(name_in_words(one), one.campaign, *_held(one)) for one in comparison.alternatives]
    return Table(
        title=_("Standing"),
        says=_("Each alternative: how often it went off, and how often care and systems held then."),
        headings=(
            *(_("alternative"), _("campaign"), _("went off in"), _("of")),
            *(_("care"), _("care held in"), _("care held: share"), _("care held: from"), _("care held: to")),
            *(_("systems"), _("systems held in"), _("systems held: share")),
            *(_("systems held: from"), _("systems held: to")),
        ),
        rows=rows,
        count=len(rows),
    )


def _held(one: Alternative) -> Iterator[Cell]:
    yield from (one.went_off.count, one.went_off.of)
    for words, judgement in ((CARE, one.care), (SYSTEMS, one.systems)):
        if judgement is None:
            yield from (None,) * 5
            continue
        ends = judgement.given.interval or (None, None)
        shares = map(portion, (judgement.given.share, *ends))
        yield from (_(words[judgement.verdict]), judgement.given.count, *shares)


def added(comparison: Comparison) -> Table:
    """What the attack adds under each, over the crises of the comparison."""
    rows = [
        (name_in_words(one), *added_row(name, each))
        for one in comparison.alternatives
        for name, each in one.added.items()
    ]
    return Table(
        title=_("Added"),
        says=_("What the attack adds under each, over the replications in which it went off under any."),
        headings=(_("alternative"), *map(_, ADDED_HEADINGS)),
        rows=rows,
        count=len(rows),
    )


def differences(comparison: Comparison) -> Table:
    """Each alternative less the reference, crisis by crisis on the same random numbers."""
    names = {one.campaign: name_in_words(one) for one in comparison.alternatives}
    rows = [
        (names[pair.alternative], names[pair.reference], *named(name), *_apart(name, each))
        for pair in comparison.pairs
        for name, each in pair.added.items()
    ]
    return Table(
        title=_("Differences"),
        says=_(
            "Each alternative less the reference, crisis by crisis: below nought it avoids, above it costs."
        ),
        headings=(
            *(_("alternative"), _("less"), _("indicator"), _("what is counted"), _("unit"), _("mean")),
            *(_("95 %: from"), _("95 %: to"), _("median"), _("lowest tenth"), _("highest tenth")),
            *(_("crises"), _("less in"), _("as much in"), _("more in")),
        ),
        rows=rows,
        count=len(rows),
    )


def _apart(name: str, one: Difference) -> tuple[Cell, ...]:
    numbers = (one.mean, *(one.mean_ci or (None, None)), one.median, one.lowest_tenth, one.highest_tenth)
    return (*shown(name, *numbers), one.equal.of, one.lower.count, one.equal.count, one.higher.count)
