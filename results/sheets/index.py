"""Index: who is told what in which file, for whoever sends the sheets; its sums are the region's."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Final

import numpy as np

from results.presentation.language import _
from results.presentation.numbers import number
from results.report.heading import heading_of
from results.report.parts import Prose, Section, Table
from results.report.typeset import typeset
from results.sheets.findings import Findings
from results.sheets.sheet import Sheet
from results.sheets.spread import in_words, spread_of

INDEX: Final = "index.pdf"
"""Its file."""


def index_of(findings: Findings, sheets: Iterable[Sheet]) -> bytes:
    """The index as a PDF."""
    heading = replace(heading_of(findings.evidence), brief=())
    return typeset(heading, [section_of(findings, sheets)])


def section_of(findings: Findings, sheets: Iterable[Sheet]) -> Section:
    """A line for each sheet, by department, and the region."""
    read = _(
        "Three days: patients from other hospitals more than ordinarily, in the crises in which one within reach fell "
        "and this one stood; median and range. Received and sent: on the average of all crises and over all days, "
        "patients from other hospitals (emergencies, critical care and acute beds), and emergency patients gone to "
        "one. These averages add up to the region’s; medians do not."
    )
    table = Table(
        caption=_("The sheets of {count} {count:establishment|establishments}").format(
            count=number(len(findings.place))
        ),
        headings=(
            _("establishment"),
            _("falls in, of {of}").format(of=number(findings.replications)),
            _("others fall"),
            _("three days"),
            _("received"),
            _("sent"),
        ),
        rows=(*_rows(findings, sheets), _sums(findings)),
    )
    return Section(anchor="index", title=_("Index of the sheets"), parts=(Prose(sentences=(read,)), table))


def _rows(findings: Findings, sheets: Iterable[Sheet]) -> Iterator[tuple[str, ...]]:
    for place, those in groupby(sheets, lambda sheet: sheet.place):
        if place:
            yield (place,)
        for sheet in those:
            yield _row(findings, sheet)


def _row(findings: Findings, sheet: Sheet) -> tuple[str, ...]:
    site = findings.place[sheet.finess]
    fallen = findings.falls.down[: findings.replications, site].sum()
    stood = (~np.isnan(findings.others_fall_h[:, site])).sum()
    hours = findings.with_hours.get(sheet.finess)
    known = ("–", "–", "–")
    if hours is not None:
        known = (
            in_words(spread_of(findings.three_days[:, hours])),
            number(findings.asked.received_in_all[:, hours].mean(), 1),
            number(findings.asked.sent_in_all[:, hours].mean(), 1),
        )
    name = f"{sheet.heading.title} · {sheet.finess}" if sheet.place else sheet.heading.title
    return (name, number(fallen), number(stood), *known)


def _sums(findings: Findings) -> tuple[str, ...]:
    received, sent = (
        number(some.sum(axis=1).mean(), 1)
        for some in (findings.asked.received_in_all, findings.asked.sent_in_all)
    )
    return (_("region"), "", "", "", received, sent)
