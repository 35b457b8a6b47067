"""Each line of the index is what SQL finds in the files, and so are their sums, which are the region's."""

import duckdb
import pytest

from results import Store
from results.presentation.numbers import number
from results.report.parts import Prose, Table
from results.sheets.findings import Findings
from results.sheets.index import section_of
from results.sheets.sections.others import others_fall
from results.sheets.sheet import Sheets
from simulation import Campaign
from tests.results.report.conftest import REPLICATIONS
from tests.results.sheets.by_sql import fallen_in, files, in_all, ranged, received_beside_twin

STREAMS = "('emergency_adult', 'emergency_paediatric', 'critical_care', 'medicine')"


def test_sums_of_the_sheets_are_those_of_the_region(
    store: Store, attacked: Campaign, findings: Findings
) -> None:
    found = duckdb.execute(f"""
        select sum(diverted_in) filter (stream in {STREAMS}) as received,
            sum(diverted_out) filter (stream like 'emergency%') as sent
        from {files(store, "hours")} where campaign = '{attacked.id}' group by replication order by replication
    """).fetchall()
    assert sum(received for received, _ in found) > 0
    assert findings.asked.received_in_all.sum(axis=1).tolist() == [received for received, _ in found]
    assert findings.asked.sent_in_all.sum(axis=1).tolist() == [sent for _, sent in found]
    (_, table) = section_of(findings, Sheets(findings)).parts
    assert isinstance(table, Table)
    received, sent = (sum(some) / REPLICATIONS for some in zip(*found, strict=True))
    assert table.rows[-1][4:6] == (number(received, 1), number(sent, 1))
    sheets = [row for row in table.rows if len(row) > 1][:-1]
    assert len(sheets) == len(attacked.region.establishments)
    for column, whole in ((4, received), (5, sent)):
        each = [float(row[column].replace(",", "")) for row in sheets]
        assert sum(each) == pytest.approx(whole, abs=0.05 * len(sheets))


def test_each_line_of_the_index_is_what_sql_finds(
    store: Store, attacked: Campaign, findings: Findings
) -> None:
    found = in_all(store, attacked.id)
    within_three_days = received_beside_twin(store, attacked, 72)
    (_, table) = section_of(findings, Sheets(findings)).parts
    assert isinstance(table, Table)
    lines = {row[0].split(" · ")[-1]: row[1:] for row in table.rows[:-1] if len(row) > 1}
    assert lines.keys() == found.keys()
    for finess, (received, sent) in found.items():
        three_days = [float(patients) for _crisis, site, patients in within_three_days if site == finess]
        assert lines[finess] == (
            number(len(fallen_in(store, attacked, finess))),
            number(len(three_days)),
            ranged(*three_days).added() if three_days else "–",
            number(received / REPLICATIONS, 1),
            number(sent / REPLICATIONS, 1),
        )


def test_each_sheet_tells_its_share_of_what_the_region_received(
    store: Store, attacked: Campaign, findings: Findings
) -> None:
    found = [in_all(store, each) for each in (attacked.id, store.description(attacked.id).ordinary)]
    region = [number(sum(received for received, _sent in each.values()) / REPLICATIONS) for each in found]
    for finess in attacked.region.establishments:
        mine, calm = (number(each[finess][0] / REPLICATIONS) for each in found)
        *_, prose = others_fall(findings, finess).parts
        assert isinstance(prose, Prose)
        told = f"{mine} patients from other hospitals ({calm} without it), of {region[0]} in the region ({region[1]})."
        assert told in prose.sentences[-1]
