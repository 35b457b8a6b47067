"""Curves: those who wait, stream by stream and day by day, beside the same days without the attack."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from results.presentation.language import _, of
from results.presentation.numbers import calendar_day, number
from results.report.charts.bands import Band, bands_chart
from results.report.evidence import Evidence
from results.report.parts import Chart, Charts, Prose, Section, Table
from results.store.snapshot import Snapshot
from results.tables.arrays import values_of
from simulation.inputs.streams import Stream

SHARES = ("p05", "p50", "p95")


@dataclass(frozen=True, slots=True)
class Days:
    """The busiest hour of each day of a stream: one in twenty below, the middle, and one in twenty above."""

    days: tuple[date, ...]
    bands: NDArray[np.float64]
    """Of shape (SHARES, days)."""


def curves(evidence: Evidence) -> Section:
    """A figure for each stream that the crisis touches; the others are named."""
    asked, ordinary = _waiting(evidence.snapshot), _waiting(evidence.twin)
    touched = {stream: days for stream, days in asked.items() if _differs(days, ordinary.get(stream))}
    shown = touched if evidence.attacked else asked
    others = [of(stream.label) for stream in asked if stream not in shown]
    rest = _("Streams in which the crisis makes no difference: {names}.")
    parts: list[Prose | Charts] = [Prose(sentences=(_how_to_read(evidence),))]
    if shown:
        charts = tuple(_chart(evidence, stream, days, ordinary) for stream, days in shown.items())
        parts.append(Charts(key=_key(evidence), charts=charts))
    if others:
        parts.append(Prose(sentences=(rest.format(names=", ".join(others)),)))
    return Section(anchor="curves", title=_("Who waits, day by day"), parts=tuple(parts))


def _how_to_read(evidence: Evidence) -> str:
    return _(
        "Patients who wait in the whole region, in the busiest hour of each day. Line: half of the replications are "
        "above it. Band: nine in ten are within it. All replications count, those in which nothing went off too."
    )


def _key(evidence: Evidence) -> tuple[tuple[str, str], ...]:
    ordinary = ("ordinary", _("the same days without it") if evidence.attacked else _("ordinary days"))
    if not evidence.attacked:
        return (ordinary,)
    asked = _("with the failure") if evidence.summary.failure else _("with the attack")
    return (("asked", asked), ordinary)


def _waiting(snapshot: Snapshot) -> dict[Stream, Days]:
    """Those who wait in the region, by stream, in the order in which streams are told."""
    of_region = pc.field("ght").is_null() & (pc.field("measure") == "waiting")
    rows = snapshot.scan("hours_bands").to_table(columns=["stream", "day", *SHARES], filter=of_region)
    found = {}
    for stream in Stream:
        mine = rows.filter(pc.equal(rows["stream"].cast(pa.string()), str(stream)))
        if mine.num_rows:
            found[stream] = _by_day(mine)
    return found


def _by_day(rows: pa.Table) -> Days:
    """Of each day the highest hour of each curve."""
    days = np.array(rows["day"].to_pylist())
    known, starts = np.unique(days, return_index=True)
    bands = [np.maximum.reduceat(values_of(rows[share].combine_chunks()), starts) for share in SHARES]
    return Days(tuple(known.tolist()), np.array(bands))


def _differs(asked: Days, ordinary: Days | None) -> bool:
    return ordinary is None or not np.array_equal(asked.bands, ordinary.bands)


def _chart(evidence: Evidence, stream: Stream, days: Days, ordinary: Mapping[Stream, Days]) -> Chart:
    beside = ordinary[stream] if evidence.attacked and stream in ordinary else None
    title = of(stream.label)
    bands = [Band("asked" if evidence.attacked else "ordinary", days.days, days.bands)]
    if beside is not None:
        bands.insert(0, Band("ordinary", beside.days, beside.bands))
    return Chart(
        name=f"curve-{stream}",
        title=title,
        seen=_seen(title, days, beside),
        drawn=bands_chart(bands),
        table=Table(
            caption=_("{stream}: patients who wait in the busiest hour of each day").format(stream=title),
            headings=_headings(beside),
            rows=tuple(_rows(days, beside)),
        ),
    )


def _seen(title: str, days: Days, beside: Days | None) -> str:
    """The highest point of each curve."""
    top = int(days.bands[1].argmax())
    gaps = {
        "stream": title,
        "median": number(days.bands[1, top]),
        "high": number(days.bands[2].max()),
        "day": calendar_day(days.days[top]),
    }
    if beside is None:
        alone = (
            _("{stream}: at most {median} wait in the median replication, on {day}; {high} in one of twenty.")
            if round(days.bands[1, top])
            else _(
                "{stream}: at any hour nobody waits in half of the replications; {high} wait in one of twenty."
            )
        )
        return alone.format(**gaps)
    sentence = (
        _(
            "{stream}: at most {median} wait in the median replication, on {day}, and {high} in one of twenty; without "
            "it {ordinary} and {ordinary_high}."
        )
        if round(days.bands[1, top])
        else _(
            "{stream}: at any hour nobody waits in half of the replications, and at most {high} in one of twenty; "
            "without it {ordinary} and {ordinary_high}."
        )
    )
    return sentence.format(
        **gaps, ordinary=number(beside.bands[1].max()), ordinary_high=number(beside.bands[2].max())
    )


def _headings(beside: Days | None) -> tuple[str, ...]:
    bands = (_("one in twenty below"), _("median"), _("one in twenty above"))
    if beside is None:
        return (_("day"), *bands)
    return (_("day"), *bands, *(_("{band}, without it").format(band=band) for band in bands))


def _rows(days: Days, beside: Days | None) -> Iterator[tuple[str, ...]]:
    for place, day in enumerate(days.days):
        own = [number(value) for value in days.bands[:, place]]
        others = [number(value) for value in beside.bands[:, place]] if beside is not None else []
        yield (calendar_day(day), *own, *others)
