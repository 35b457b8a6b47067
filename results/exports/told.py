"""Told: what a campaign says, as tables: its verdicts, what the attack adds, how long things take, departments."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from results.analysis.compared.added import Added
from results.analysis.compared.verdicts import Judgement, Share
from results.analysis.departments import Department
from results.exports.source import Source
from results.exports.tables import Cell, Table, portion
from results.exports.units import unit_shown
from results.presentation.language import _, later, of
from results.presentation.regions.departments import department_in_words
from results.presentation.wording import care_word, name_of, systems_word
from simulation.inputs.indicators.registry import INDICATORS


def verdict(source: Source) -> Table:
    """Both verdicts, and under each how often every threshold held."""
    rows = [*_judged(source)]
    return Table(
        title=_("Verdict"),
        says=_(
            "Both verdicts, and how often each threshold held, of the crises in which something went off."
        ),
        headings=(
            *(_("verdict"), _("threshold"), _("indicator"), _("at most"), _("unit")),
            *(_("crises"), _("held in"), _("share"), _("95 %: from"), _("95 %: to"), _("asked")),
            *(_("held, of all replications"), _("not due by the end")),
        ),
        rows=rows,
        count=len(rows),
    )


def _judged(source: Source) -> Iterator[tuple[Cell, ...]]:
    summary = source.summary
    for word, judgement in (
        (care_word(summary), summary.care),
        (systems_word(summary), summary.systems),
    ):
        if judgement is None:
            continue
        whole = _held(judgement.given, summary.target, judgement.over_all)
        yield (word, _("all of them"), "", None, "", *whole, None)
        yield from _thresholds(judgement, word, summary.target)


def _thresholds(judgement: Judgement, word: str, target: float) -> Iterator[tuple[Cell, ...]]:
    for each in judgement.thresholds:
        indicator = INDICATORS[each.indicator]
        at_most = each.at_most / indicator.shown_per
        bound = (of(each.reason), each.indicator, at_most, unit_shown(indicator))
        yield (word, *bound, *_held(each.given, target, each.over_all), each.not_due)


def _held(given: Share, target: float, over_all: Share) -> tuple[Cell, ...]:
    low, high = given.interval or (None, None)
    return (given.of, given.count, *map(portion, (given.share, low, high, target, over_all.share)))


ADDED_HEADINGS: Final = (
    *(later("indicator"), later("what is counted"), later("unit"), later("without it"), later("median")),
    *(later("one in ten"), later("worst"), later("mean"), later("95 %: from"), later("95 %: to")),
    later("share of its variance that is chance"),
)


def added(source: Source) -> Table:
    """What the attack adds to each indicator of care, beside the same days without it."""
    rows = [added_row(name, one) for name, one in source.summary.added.items()]
    return Table(
        title=_("Added"),
        says=_(
            "What the attack adds to the same days without it, over the crises in which something went off."
        ),
        headings=tuple(map(_, ADDED_HEADINGS)),
        rows=rows,
        count=len(rows),
    )


def added_row(name: str, one: Added) -> tuple[Cell, ...]:
    """What is added to an indicator."""
    ranks = shown(name, one.ordinary, one.median, one.one_in_ten, one.worst)
    mean = shown(name, one.mean, *(one.mean_ci or (None, None)))
    return (*named(name), *ranks, *mean, portion(one.chance_share))


def waits(source: Source) -> Table:
    """How long things take; what was not over at the end is counted as such, and in no mean as if it had ended."""
    rows = [
        (
            *named(name),
            *(one.concerned, one.over),
            *shown(name, one.median, one.nine_in_ten, one.restricted_mean, one.restricted_to, one.deadline),
            portion(one.beyond_share),
        )
        for name, one in source.summary.waits.items()
    ]
    return Table(
        title=_("Waits"),
        says=_("How long things took; what was not over at the end is in no mean as if it had ended."),
        headings=(
            *(_("indicator"), _("what is waited for"), _("unit"), _("crises"), _("over by the end")),
            *(_("half within"), _("nine in ten within"), _("restricted mean"), _("restricted to")),
            *(_("deadline"), _("share beyond the deadline")),
        ),
        rows=rows,
        count=len(rows),
    )


def named(name: str) -> tuple[str, str, str]:
    """An indicator: its name in the dataset, its title and the unit in which it is read."""
    return name, name_of(name), unit_shown(INDICATORS[name])


def shown(name: str, *values: float | None) -> tuple[float | None, ...]:
    """Values of an indicator in the unit in which people read it."""
    per = INDICATORS[name].shown_per
    return tuple(None if value is None else value / per for value in values)


def departments(source: Source) -> Table:
    """What emergency care was to the people of each department, over all replications."""
    _code, *names = [each.name for each in fields(Department)]
    rows = [
        (department_in_words(each.department), *(_measured(name, getattr(each, name)) for name in names))
        for each in source.summary.departments
    ]
    return Table(
        title=_("Departments"),
        says=_("Emergency care of the people of each department, over all replications."),
        headings=(
            *(_("department"), _("emergency visits per replication"), _("share not taken into care")),
            *(_("mean journey (min)"), _("added to it (min)"), _("share over 30 min")),
            *(_("time-critical: mean journey (min)"), _("time-critical: mean delay (min)")),
            *(_("time-critical: share over 30 min"), _("time-critical: share over 45 min")),
        ),
        rows=rows,
        count=len(rows),
    )


def _measured(name: str, value: float | None) -> float | None:
    return portion(value) if name.endswith("_share") else value
