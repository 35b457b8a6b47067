"""Sections of a comparison: what helps most, by how much and how surely, and what each alternative costs."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple

from results.analysis.pairs.comparison import Comparison
from results.analysis.pairs.differences import Difference
from results.presentation.comparing.rows import alternative_rows, headings, title_of_rows
from results.presentation.comparing.sentences import (
    COUNTED,
    NAMED,
    best_sentences,
    clauses_of,
    crises_sentences,
    held_clauses,
    name_in_words,
    pair_in_words,
    share_of_all,
    varied_sentence,
)
from results.presentation.language import _
from results.presentation.numbers import between, decimals_for, number
from results.presentation.tabled import WAITS_READ_FIRST, signed, waited_row
from results.report.charts.forest import Line, forest_chart
from results.report.parts import Chart, Charts, Listed, Prose, Section, Table
from results.store.comparisons import Varies
from results.store.description import Description


def best(comparison: Comparison) -> Section:
    """Which helps most, and what each avoids or costs, in sentences."""
    pairs = [
        Listed(heading=pair_in_words(comparison, pair), points=(*clauses_of(pair), *held_clauses(pair)))
        for pair in comparison.pairs
    ]
    return Section(
        anchor="best",
        title=_("What helps most?") if comparison.varies is Varies.POSTURE else _("What adds least?"),
        parts=(
            Prose(sentences=(*best_sentences(comparison), varied_sentence(comparison) + ".")),
            Prose(sentences=tuple(crises_sentences(comparison))),
            *pairs,
        ),
    )


def standing(comparison: Comparison) -> Section:
    """Each alternative beside the ordinary days."""
    rows = tuple((row.name, row.went_off, row.care_held, *row.added) for row in alternative_rows(comparison))
    title = title_of_rows(comparison)
    return Section(
        anchor="standing",
        title=_("What each adds to the ordinary days"),
        parts=(
            Table(
                caption=title,
                headings=(_("Alternative"), _("went off in"), _("care held in"), *headings(comparison)),
                rows=rows,
            ),
        ),
    )


def differences(comparison: Comparison) -> Section:
    """How much less or more, crisis by crisis, and how sure that is."""
    reference = name_in_words(comparison.reference)
    read = _(
        "Each alternative less “{reference}”, crisis by crisis: left of nought it avoids, right of it it costs. The "
        "mean lies on the line with 95 % confidence; in colour where the mean, or how often it is less, cannot be "
        "chance."
    )
    charts = tuple(
        _forest(comparison, name) for name in COUNTED if all(name in pair.added for pair in comparison.pairs)
    )
    key = (
        ("avoided", _("avoids, on average or most often")),
        ("asked", _("costs, on average or most often")),
        ("ordinary", _("cannot be told from chance")),
    )
    return Section(
        anchor="differences",
        title=_("How much, and how surely"),
        parts=(Prose(sentences=(read.format(reference=reference),)), Charts(key=key, charts=charts)),
    )


def _forest(comparison: Comparison, indicator: str) -> Chart:
    names = {each.campaign: name_in_words(each) for each in comparison.alternatives}
    found = {names[pair.alternative]: pair.added[indicator] for pair in comparison.pairs}
    what = _(NAMED[indicator])
    title = what[:1].upper() + what[1:]
    return Chart(
        name=f"difference-{indicator}",
        title=title,
        seen=" ".join(_in_brief(name, difference) for name, difference in found.items()),
        drawn=forest_chart(
            [Line(name, each.mean, each.mean_ci, each.direction) for name, each in found.items()]
        ),
        table=Table(
            caption=title,
            headings=(
                _("Alternative"),
                _("mean"),
                _("95 % interval"),
                _("median"),
                _("better in"),
                _("worse in"),
            ),
            rows=tuple(_row(name, each) for name, each in found.items()),
        ),
    )


def _in_brief(name: str, difference: Difference) -> str:
    _name, mean, interval, *_rest = _row(name, difference)
    if not interval:
        return _("{name}: {mean}.").format(name=name, mean=mean)
    return _("{name}: {mean} ({interval}).").format(name=name, mean=mean, interval=interval)


def _row(name: str, difference: Difference) -> tuple[str, ...]:
    low, high = difference.mean_ci or (difference.mean, difference.mean)
    decimals = decimals_for(abs(high - low) or abs(difference.mean))
    interval = between(signed(low, decimals), signed(high, decimals)) if difference.mean_ci else ""
    return (
        name,
        signed(difference.mean, decimals),
        interval,
        signed(difference.median, decimals),
        share_of_all(difference.lower),
        share_of_all(difference.higher),
    )


def lasting(comparison: Comparison) -> Section:
    """How long things take under each."""
    return Section(
        anchor="waits",
        title=_("How long it takes"),
        parts=(
            Table(
                caption=_("How long it takes"),
                headings=(_("what is waited for"), _("replications"), _("half within"), _("late")),
                rows=tuple(_waits(comparison)),
            ),
        ),
    )


def _waits(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    for each in comparison.alternatives:
        yield (name_in_words(each),)
        yield from (
            astuple(waited_row(name, each.waits[name])) for name in WAITS_READ_FIRST if name in each.waits
        )


def compared_again(comparison: Comparison, descriptions: Mapping[str, Description]) -> Section:
    """What was compared, by which version, and how to look into each."""
    explained = _(
        "Each alternative is a campaign of its own in the store; its page tells it in full: tocsin report {campaign}."
    )
    reference = descriptions[comparison.reference.campaign]
    rows = [
        (_("comparison"), comparison.comparison),
        *((name_in_words(each), each.campaign) for each in comparison.alternatives),
        (_("replications"), number(comparison.replications)),
        (_("seed"), str(comparison.seed)),
        (_("version of the model"), reference.versions["model"]),
        (_("how parameters are drawn"), comparison.parameters),
    ]
    return Section(
        anchor="reproduce",
        title=_("How to reproduce it"),
        parts=(
            Prose(sentences=(explained.format(campaign=comparison.reference.campaign),)),
            Table(
                caption=_("How to reproduce this page"),
                headings=(_("what"), _("value")),
                rows=tuple(rows),
                worded=frozenset({1}),
            ),
        ),
    )
