"""Others: what comes to an establishment when others fall and it stands."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from results.presentation.language import _
from results.presentation.numbers import number
from results.report.parts import Prose, Section, Table
from results.sheets.arrivals import EDGES_H, RECEIVED
from results.sheets.findings import Findings
from results.sheets.sections.curve import curve
from results.sheets.spread import ENOUGH, in_words, spread_of

FIRST_DAY, THREE_DAYS, A_WEEK = (EDGES_H.index(hours) for hours in (24, 72, 168))
WINDOWS = (FIRST_DAY, THREE_DAYS, A_WEEK)


def others_fall(findings: Findings, finess: str) -> Section:
    """How many arrive, hour by hour, and how many beds they ask for."""
    title = _("If others fall")
    crises = int((~np.isnan(findings.others_fall_h[:, findings.place[finess]])).sum())
    gaps = {
        "crises": number(crises),
        "of": number(findings.replications),
        "others": number(len(findings.neighbours.get(finess, ()))),
        "minutes": number(findings.within_min),
    }
    never = _never(findings, finess, crises)
    if never:
        parts = (Prose(sentences=(never.format(**gaps), *_on_average(findings, finess))),)
        return Section(anchor="others", title=title, parts=parts)
    often = _(
        "In {crises} of {of} simulated {of:crisis|crises}, you stood while one at least fell of the {others} "
        "{others:other hospital|other hospitals} with emergencies or critical care within {minutes} min by road: it "
        "was hit, switched everything off, or closed its emergencies."
    )
    total = np.sum([*findings.received(finess).values()], axis=0)
    three = spread_of(total[:, THREE_DAYS])
    told = [often.format(**gaps)]
    if three is not None:
        told.append(_three_days(three.crises, crises, in_words(three)))
    chart = curve(total)
    return Section(
        anchor="others",
        title=title,
        parts=(
            Prose(sentences=tuple(told)),
            *([chart] if chart else ()),
            _arrivals(findings, finess),
            *_beds(findings, finess),
            Prose(sentences=tuple(_on_average(findings, finess)), small=True),
        ),
    )


def _never(findings: Findings, finess: str, crises: int) -> str:
    """Why nobody is known to come, if so."""
    if finess not in findings.with_hours:
        return _(
            "The model sends patients of other hospitals only to those with emergencies or critical care: what you "
            "could take is not counted here. Tell your ARS what you can take, before it is asked for."
        )
    if not findings.neighbours.get(finess):
        return _("No other hospital with emergencies or critical care lies within {minutes} min by road.")
    if not crises:
        return _(
            "Never: in none of {of} simulated {of:crisis|crises} did you stand while one fell of the {others} "
            "{others:other hospital|other hospitals} with emergencies or critical care within {minutes} min by road."
        )
    return ""


def _three_days(known: int, crises: int, written: str) -> str:
    """What the first three days bring, in a sentence that says of how many crises it is told."""
    told = _(
        "Within three days of the first fall, patients from other hospitals who come to you, more than on the same "
        "days without it: {written}."
    ).format(written=written)
    return told if known == crises else f"{told} {_followed(known)}"


def _followed(known: int) -> str:
    some = _("Told of the {count} {count:crisis|crises} that were followed so long.")
    return some.format(count=number(known))


def _arrivals(findings: Findings, finess: str) -> Table:
    received = findings.received(finess)
    doors = {
        "ed_received": _("by the door of emergencies"),
        "critical_received": _("transferred for a bed of critical care"),
        "medicine_received": _("transferred for another acute bed"),
    }
    rows = [(_("all"), *_cells(np.sum([*received.values()], axis=0)))]
    rows += [(doors[name], *_cells(received[name])) for name in RECEIVED]
    return Table(
        caption=_("More than on the same days without it: {how}").format(
            how=how_to_read(int((~np.isnan(received[RECEIVED[0]][:, 0])).sum()))
        ),
        headings=(_("how they come"), _("in a day"), _("in three days"), _("in a week")),
        rows=tuple(rows),
    )


def _cells(received: NDArray[np.float64]) -> tuple[str, ...]:
    return tuple(in_words(spread_of(received[:, edge])) for edge in WINDOWS)


def how_to_read(crises: int) -> str:
    """What stands between brackets."""
    if crises < ENOUGH:
        return _("median (the smallest and the largest)")
    return _("median (nine crises in ten lie between)")


def _beds(findings: Findings, finess: str) -> Iterator[Table]:
    """Declared, taken on ordinary days, and asked for in addition on the busiest day."""
    site, place = findings.region.establishments[finess], findings.with_hours[finess]
    declared = {
        "critical": (_("critical care"), _sum(site.beds_icu, site.beds_intensive)),
        "medicine": (_("medicine and surgery"), site.beds_mco),
    }
    rows = []
    for kind, (name, beds) in declared.items():
        taken = findings.ordinary.beds[f"{kind}_taken"][:, place]
        busiest = findings.busiest_day(finess, kind)
        if busiest is None or not (np.nan_to_num(taken).any() or beds):
            continue
        rows.append(
            (name, "–" if beds is None else number(beds), number(float(np.nanmean(taken))), in_words(busiest))
        )
    if rows:
        yield Table(
            caption=_("Beds to keep in the first week, on the average of a day"),
            headings=(_("beds"), _("declared"), _("taken, ordinarily"), _("needed more, busiest day")),
            rows=tuple(rows),
        )


def _sum(*beds: int | None) -> int | None:
    known = [some for some in beds if some is not None]
    return sum(known) if known else None


def _on_average(findings: Findings, finess: str) -> Iterator[str]:
    """The share of the region that this establishment takes: sums of these are the region's."""
    if finess not in findings.with_hours:
        return
    site = findings.with_hours[finess]
    asked, ordinary = findings.asked, findings.ordinary
    sentence = _(
        "On the average of all {of} {of:crisis|crises} and over all {days} {days:day|days}: {received} patients from "
        "other hospitals ({ordinary} without it), of {region} in the region ({region_ordinary})."
    )
    yield sentence.format(
        of=number(findings.replications),
        days=number(findings.evidence.inputs["scenario"]["horizon_h"] / 24),
        received=number(float(asked.received_in_all[:, site].mean())),
        ordinary=number(ordinary.received_in_all[:, site].mean()),
        region=number(asked.received_in_all.sum(axis=1).mean()),
        region_ordinary=number(ordinary.received_in_all.sum(axis=1).mean()),
    )
