"""FINESS into a region's folder: the hospitals of some departments, with what was left out and why."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from topologies.errors import Finding, Message
from topologies.importing.finess.coordinates import box_around
from topologies.importing.finess.sites import Site, passed
from topologies.importing.finess.stock import Stock, read_stock
from topologies.importing.folder import dropped_table, establishments_table, header_text
from topologies.importing.merging import merged
from topologies.importing.records import Cells, Record, findings_of
from topologies.importing.report import Report
from topologies.importing.wanted import Wanted
from topologies.reading.files import refusal
from topologies.reading.lines import Lines
from topologies.reading.streams import Progress, opened


def import_finess(file: Path, wanted: Wanted, progress: Progress) -> tuple[dict[str, str], Report]:
    """The files of the region's folder, by name, and the report."""
    with opened(file, progress) as stream:
        lines = Lines(file, stream)
        stock = read_stock(lines, wanted.departments)
    source = Message("FINESS of {day}", {"day": stock.published})
    report = Report(sources=[source], read=stock.read, elsewhere=stock.elsewhere, passed=passed(stock.passed))
    if lines.not_utf8:
        report.notes.append(
            Message("{count} {count:line|lines} in ISO-8859-1, not in UTF-8", {"count": lines.not_utf8})
        )
    rows = merged({}, _records(file, stock, str(source), report), report)
    return _files(rows, wanted, str(source), report), report


def _records(file: Path, stock: Stock, source: str, report: Report) -> list[Record]:
    """The records of the sites that can be used; refused where hardly any can."""
    usable: list[Site] = []
    for site in stock.sites.values():
        reason = site.unusable()
        if reason is None:
            usable.append(site)
        else:
            report.left_out.append(site.left_out(reason))
    if not usable or len(report.left_out) > len(usable):
        raise refusal(file, [_nothing(file, stock, report)])
    records = [site.record(source) for site in usable]
    findings = [
        finding
        for record in records
        for finding in findings_of(
            {**record.cells, "basis": record.basis.value, "source": record.source}, record.where
        )
    ]
    if findings:
        raise refusal(file, findings)
    return records


def _nothing(file: Path, stock: Stock, report: Report) -> Finding:
    """Why there is no region in a file."""
    if not stock.sites:
        return Finding(
            where=file.name,
            problem=Message("lists no hospital in the departments asked for"),
            remedy=Message("check the departments, and that it is the whole file"),
        )
    first = report.left_out[0]
    return Finding(
        where=first.where,
        problem=Message(
            "{count} of {total} {total:hospital|hospitals} cannot be placed; the first, {name}: {reason}",
            {
                "count": len(report.left_out),
                "total": len(stock.sites),
                "name": first.name,
                "reason": first.reason,
            },
        ),
        remedy=Message("its columns may be swapped: download it again"),
    )


def _files(rows: dict[str, Cells], wanted: Wanted, source: str, report: Report) -> dict[str, str]:
    return {
        "region.yaml": header_text(_header([*rows.values()], wanted, source)),
        "establishments.csv": establishments_table(rows.values()),
        "dropped.csv": dropped_table(report.left_out),
    }


def _header(rows: Sequence[Cells], wanted: Wanted, source: str) -> dict[str, Any]:
    box = box_around((float(row["latitude"]), float(row["longitude"])) for row in rows)
    return {
        "name": wanted.name,
        "title": wanted.title,
        "departments": sorted({row["department"] for row in rows}),
        "bounds": {"south": box.south, "north": box.north, "west": box.west, "east": box.east},
        "sources": [
            {
                "what": "the establishments, their names, categories, status and coordinates",
                "source": source,
                "worth": "the national register; it declares neither beds nor visits, and tells no GHT",
            }
        ],
    }
