"""Responders: how many establishments wait for a team from outside, day after day, and how long."""

from dataclasses import astuple
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from results.analysis.compared.rows import Rows
from results.presentation.language import _
from results.presentation.numbers import PARIS, calendar_day, number
from results.presentation.tabled import waited_row
from results.report.charts.bands import Band, bands_chart
from results.report.evidence import Evidence
from results.report.parts import Chart, Charts, Prose, Section, Table
from simulation.engine.event_kinds import EventKind

COLUMNS = ("replication", "at_h", "kind")
SIGNS = {EventKind.RESPONDERS_ASKED: 1.0, EventKind.RESPONDERS_COME: -1.0}
QUANTILES = (0.05, 0.5, 0.95)
WAIT = "responder_wait_max_h"


def responders(evidence: Evidence) -> Section:
    """Those who asked and still wait at the end of each day, and the longest wait."""
    title = _("The load of the responders")
    waited = evidence.summary.waits[WAIT]
    if not waited.concerned:
        nobody = _("No establishment asked for a team from outside.")
        return Section(anchor="responders", title=title, parts=(Prose(sentences=(nobody,)),))
    explained = _(
        "Teams from outside are few: who asks when all are at work waits. Shown are the establishments that have asked "
        "and have no team yet, day after day."
    )
    return Section(
        anchor="responders",
        title=title,
        parts=(
            Prose(sentences=(explained, evidence.counted)),
            Charts(key=(("asked", _("establishments that wait")),), charts=(_chart(evidence),)),
            Table(
                caption=_("The longest wait"),
                headings=(_("what is waited for"), _("replications"), _("half within"), _("late")),
                rows=(astuple(waited_row(WAIT, waited)),),
            ),
        ),
    )


def _chart(evidence: Evidence) -> Chart:
    found, title = _waiting(evidence), _("Establishments that wait for a team")
    top = int(found.bands[1].argmax())
    sentence = (
        _("At most {median} wait in the median crisis, on {day}, and {high} in one of twenty.")
        if found.bands[1, top]
        else _(
            "On each day nobody waits in half of the crises or more; in one of twenty, {high} wait on the worst day."
        )
    )
    seen = sentence.format(
        median=number(found.bands[1, top]),
        day=calendar_day(found.days[top]),
        high=number(found.bands[2].max()),
    )
    rows = (
        (calendar_day(day), *map(number, found.bands[:, place].tolist()))
        for place, day in enumerate(found.days)
    )
    return Chart(
        name="responders-waiting",
        title=title,
        seen=seen,
        drawn=bands_chart([found]),
        table=Table(
            caption=title,
            headings=(_("day"), _("one in twenty below"), _("median"), _("one in twenty above")),
            rows=tuple(rows),
        ),
    )


def _waiting(evidence: Evidence) -> Band:
    """Those who wait after each 24 hours, over the crises that are told of."""
    hours = int(evidence.inputs["scenario"]["horizon_h"])
    ends = np.arange(24, hours + 1, 24)
    shown = np.flatnonzero(evidence.told)
    counts = _asked_and_not_come(evidence, ends)[shown]
    start = evidence.summary.start
    days = tuple((start + timedelta(hours=int(end))).astimezone(PARIS).date() for end in ends)
    return Band("asked", days, np.quantile(counts, QUANTILES, axis=0))


def _asked_and_not_come(evidence: Evidence, ends: NDArray[np.int64]) -> NDArray[np.float64]:
    """How many had asked by each of these hours, less those who had a team, of shape (replications, hours)."""
    counts = np.zeros((len(evidence.told), len(ends) + 1))
    for part in evidence.snapshot.parts("timeline", COLUMNS, len(counts)):
        rows = Rows(part)
        kinds, names = rows.codes_of("kind")
        numbers, before = rows.of("replication").astype(np.intp), np.searchsorted(ends, rows.of("at_h"))
        for kind, sign in SIGNS.items():
            if kind in names:
                mine = kinds == names.index(kind)
                np.add.at(counts, (numbers[mine], before[mine]), sign)
    return counts.cumsum(axis=1)[:, :-1]
