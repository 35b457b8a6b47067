"""Own fall: how often an establishment falls, what its patients meet then, and who takes them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.survival import curve_of
from results.presentation.language import _, later, named
from results.presentation.names import LINKS
from results.presentation.numbers import decimals_for, number
from results.report.parts import Prose, Section, Table
from results.sheets.findings import Findings
from results.sheets.spread import spread_of
from simulation.engine.event_kinds import EventKind

MOST_NEEDS: Final = 4
"""Kinds of patients that a sheet has room for: those of whom most come."""
MOST_RECEIVERS: Final = 3
OUTSIDE: Final = later("straight from outside")
BY: Final[Mapping[str, str]] = {
    "impact_h": later("hit in {count}"),
    "switched_off_h": later("switched off by decision in {count}"),
    "ed_shut_h": later("emergencies closed, or without ambulances, by decision in {count}"),
}
MET: Final[Mapping[tuple[EventKind, ...], str]] = {
    (EventKind.PATIENTS_UNMET,): later("not cared for"),
    (
        EventKind.AMBULANCES_DIVERTED,
        EventKind.PATIENTS_MOVED_ON,
        EventKind.PATIENTS_TRANSFERRED,
    ): later("gone to another hospital"),
    (EventKind.OPERATIONS_POSTPONED,): later("operations put off"),
}
"""What patients meet, and the kinds of event that count it."""
PLANNED: Final = later(
    "Each: minutes by road, patients per day whom the plan sends, after the slash those for whom it has room on an "
    "ordinary day, and in how many of the crises in which you fall it stands (of all in which anybody does, where you "
    "fall in fewer than twenty). Only who stands in nine of ten has room."
)


def own_fall(findings: Findings, finess: str) -> Section:
    """The crises in which it falls, then the plan for its patients."""
    fallen = findings.falls.down[: findings.replications, findings.place[finess]]
    told = [_often(findings, finess, fallen), *_came_in(findings, finess)]
    if fallen.any():
        told.append(_lasts(findings, finess, fallen))
    told += _met(findings, finess, fallen)
    if fallen.any():
        told += _who_received(findings, finess, fallen)
    return Section(
        anchor="own",
        title=_("If you fall"),
        parts=(Prose(sentences=tuple(told)), *_plan(findings, finess)),
    )


def _often(findings: Findings, finess: str, fallen: NDArray[np.bool_]) -> str:
    place, of = findings.place[finess], number(findings.replications)
    if not fallen.any():
        return _("Never: you fall in none of {of} simulated {of:crisis|crises}.").format(of=of)
    how = [
        _(words).format(count=number(count))
        for name, words in BY.items()
        if (count := int((~np.isnan(findings.falls.begun_h[name][: len(fallen), place])).sum()))
    ]
    sentence = _("You fall in {crises} of {of} simulated {of:crisis|crises}: {how}.")
    return sentence.format(crises=number(int(fallen.sum())), of=of, how=", ".join(how))


def _came_in(findings: Findings, finess: str) -> Iterator[str]:
    """How attackers came, in however many crises, whether it then fell or not."""
    ways = findings.ways_in.get(finess, Counter())
    if ways:
        named_ways = (
            _("{way} in {count}").format(way=_(LINKS[kind]) if kind else _(OUTSIDE), count=number(count))
            for kind, count in ways.most_common()
        )
        sentence = _("Attackers come in to you in {crises} of {of}: {ways}.")
        yield sentence.format(
            crises=number(ways.total()), of=number(findings.replications), ways=", ".join(named_ways)
        )


def _lasts(findings: Findings, finess: str, fallen: NDArray[np.bool_]) -> str:
    """By when all is back in half of these crises; what is not over at the end is not counted as if it were."""
    place, horizon_h = findings.place[finess], float(findings.evidence.inputs["scenario"]["horizon_h"])
    begins, ends = (
        some[: len(fallen), place][fallen] for some in (findings.falls.begins_h, findings.falls.ends_h)
    )
    is_over = ~np.isnan(ends)
    half_h = curve_of(np.where(is_over, ends, horizon_h) - begins, is_over).quantile(0.5)
    open_at_the_end = int((~is_over).sum())
    gaps = {"crises": number(len(ends)), "open": number(open_at_the_end)}
    if half_h is None:
        return _(
            "By the end of the days simulated, not all is back in {open} of these {crises} {crises:crisis|crises}."
        ).format(**gaps)
    days = half_h / 24
    half = _(
        "In half of these crises all systems are back and emergencies open within {days} {days:day|days}."
    )
    told = half.format(days=number(days, decimals_for(days)))
    if not open_at_the_end:
        return told
    return f"{told} " + _("In {open} of {crises}, not all is back by the end of the days simulated.").format(
        **gaps
    )


def _met(findings: Findings, finess: str, fallen: NDArray[np.bool_]) -> Iterator[str]:
    """What the crisis led to at this establishment where it fell, then where it stood and its patients paid."""
    met = findings.chains.met.get(finess, {})
    numbers = np.flatnonzero(fallen).tolist()
    others = sorted({one for counted in met.values() for one in counted if not fallen[one]})
    if counts := _counts(met, numbers):
        yield _("What it then leads to for your patients, sessions and examinations apart: {met}.").format(
            met=counts
        )
    if counts := _counts(met, others):
        sentence = _(
            "In {crises} {crises:crisis|crises} you stand, and it costs your patients all the same, as where what "
            "others run for you is lost, links are cut or patients of others come: {met}."
        )
        yield sentence.format(crises=number(len(others)), met=counts)


def _counts(met: Mapping[EventKind, Counter[int]], numbers: Sequence[int]) -> str:
    """What patients met in these replications, in words."""
    said = []
    for kinds, words in MET.items():
        counts = [float(sum(met[kind][one] for kind in kinds if kind in met)) for one in numbers]
        spread = spread_of(np.array(counts, np.float64))
        if spread is not None and spread.high:
            said.append(_("{count} {what}").format(count=spread.counted(), what=_(words)))
    return ", ".join(said)


def _who_received(findings: Findings, finess: str, fallen: NDArray[np.bool_]) -> Iterator[str]:
    """Those who stood in these crises and received most more; who came from whom is in no table."""
    if finess not in findings.with_hours:
        return
    found = []
    for site, other in enumerate(findings.asked.sites):
        spread = spread_of(findings.three_days[fallen, site])
        # Who stands in half of these crises or more, so that a median says something.
        if spread is not None and 2 * spread.crises >= fallen.sum() and round(spread.median) > 0:
            found.append((spread.median, other))
    if found:
        most = sorted(found, key=lambda each: (-each[0], each[1]))[:MOST_RECEIVERS]
        names = [
            f"{named(findings.region.establishments[other].name)} (+{number(median)})"
            for median, other in most
        ]
        sentence = _(
            "Who stood and received most patients of all who had fallen, more than ordinarily, within three days "
            "(median): {names}. Who came from whom is not recorded."
        )
        yield sentence.format(names=", ".join(names))


def _plan(findings: Findings, finess: str) -> Iterator[Table | Prose]:
    """Who takes its patients, by the redirect plan."""
    planned = findings.planned(finess)
    rows = sorted((row for row in planned.rows if row.daily), key=lambda row: -row.daily)[:MOST_NEEDS]
    if findings.plan is None or not rows:
        nobody = _("No emergencies, births or dialysis come to you that others would have to take.")
        if finess not in findings.with_care:
            nobody = _(
                "The data of the region hold no acute beds, theatres or visits of yours: what your fall would cost "
                "your patients is not counted here. Declare them to your ARS."
            )
        yield Prose(sentences=(nobody,))
        return
    most_first = [replace(row, takers=tuple(sorted(row.takers, key=lambda one: -one.daily))) for row in rows]
    yield Table(
        caption=_("Who takes your patients, by the redirect plan"),
        headings=(_("patients"), _("per day"), _("takes most"), _("then"), _("then"), _("and")),
        rows=tuple(findings.plan.row(row, planned.counted) for row in most_first),
        worded=frozenset({2, 3, 4, 5}),
    )
    yield Prose(sentences=(_(PLANNED),), small=True)
