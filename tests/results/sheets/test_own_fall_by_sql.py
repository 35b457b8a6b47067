"""What a sheet says of the establishment's own fall is what SQL finds in the files."""

from dataclasses import replace
from itertools import chain, groupby
from pathlib import Path

import duckdb
import numpy as np
import pytest

from results import Store
from results.presentation.language import named
from results.presentation.numbers import decimals_for, number
from results.report.parts import Prose
from results.sheets.findings import Findings, findings_of
from results.sheets.sections.own_fall import BY, own_fall
from simulation import Campaign
from simulation.outcome.records import EstablishmentOutcome, Outcome
from tests.regions import ALONE, FIRST, SECOND, THIRD
from tests.results import synthetic
from tests.results.analysis.test_summary import OFF
from tests.results.report.by_sql import BySql
from tests.results.report.test_extremes import STORY, calm, outcome
from tests.results.report.test_page import REAL
from tests.results.sheets.by_sql import FALLS_H, fallen_in, files, met_in, ranged, received_beside_twin
from tests.results.synthetic import rows_of

SITES = (FIRST, SECOND, THIRD, ALONE)
ENDS = {"impact_h": "restored_h", "switched_off_h": "switched_on_h", "ed_shut_h": "ed_reopened_h"}
MET = {
    "not cared for": {"patients_unmet"},
    "gone to another hospital": {"ambulances_diverted", "patients_moved_on", "patients_transferred"},
    "operations put off": {"operations_postponed"},
}
"""What patients meet, and the kinds of event that count it."""


def told(findings: Findings, finess: str) -> str:
    prose = own_fall(findings, finess).parts[0]
    assert isinstance(prose, Prose)
    return " ".join(prose.sentences)


def says(text: str, said: str, found: list[str]) -> bool:
    """It says so where something was found, with just that, and else nothing of it."""
    return f"{said}{', '.join(found)}." in text if found else said not in text


@pytest.mark.parametrize("finess", SITES)
def test_what_patients_meet(store: Store, attacked: Campaign, findings: Findings, finess: str) -> None:
    """Where it falls, and where it stands and they pay all the same."""
    met, fallen = met_in(store, attacked, finess), fallen_in(store, attacked, finess)
    pay = {replication for replication, _kind in met}
    for crises, said in (
        (fallen, "sessions and examinations apart: "),
        (sorted(pay.difference(fallen)), "or patients of others come: "),
    ):
        counts = []
        for words, kinds in MET.items():
            each = [float(sum(met.get((one, kind), 0) for kind in kinds)) for one in crises]
            if any(each):
                counts.append(f"{ranged(*each).counted()} {words}")
        assert says(told(findings, finess), said, counts)


def test_patients_go_elsewhere_and_operations_are_put_off(store: Store, attacked: Campaign) -> None:
    """What the test before compares is not nought everywhere."""
    kinds = {kind for finess in SITES for _replication, kind in met_in(store, attacked, finess)}
    assert kinds >= {*chain.from_iterable(MET.values())}


def test_by_what_it_falls(store: Store, attacked: Campaign, findings: Findings) -> None:
    counts = ", ".join(f"count({begins})" for begins in ENDS)
    for finess in SITES:
        found = duckdb.execute(f"""
            select {counts} from {files(store, "establishments")}
            where campaign = '{attacked.id}' and finess = '{finess}'
        """).fetchone()
        assert found is not None
        how = [
            BY[begins].format(count=number(count)) for begins, count in zip(ENDS, found, strict=True) if count
        ]
        assert says(told(findings, finess), "simulated crises: ", how)


def crisis(replication: int) -> Outcome:
    """All are hit, switch off and close; two of three reopen, and the last is never restored."""
    whole = outcome(replication, OFF, hit=True, story=STORY)
    sites = [
        replace(
            site,
            restored_h=None if place == 3 else 50.0 + 31.0 * replication + 7.0 * place,
            switched_on_h=90.5 + 40.0 * replication - 11.0 * place,
            ed_reopened_h=None if (replication + place) % 3 == 0 else 75.0 - 5.0 * replication,
        )
        for place, site in enumerate(whole.establishments)
    ]
    return replace(whole, establishments=rows_of(EstablishmentOutcome, sites))


def test_by_when_all_is_back_in_half_of_its_falls(tmp_path: Path) -> None:
    """What is not over at the end is followed until then (Kaplan and Meier 1958)."""
    crises, attack = 5, synthetic.attack()
    made = synthetic.sealed_beside(tmp_path, [*map(crisis, range(crises))], [*map(calm, range(crises))])
    findings = findings_of(made, attack.id, REAL)
    sql = BySql(made.path, attack.id, made.description(attack.id).ordinary)
    over = " and ".join(f"({begins} is null or {ends} is not null)" for begins, ends in ENDS.items())
    last = ", ".join(f"case when {begins} is not null then {ends} end" for begins, ends in ENDS.items())
    hours = f"case when {over} then greatest({last}) else {attack.scenario.horizon_h} end - {FALLS_H}"
    halves = []
    for finess in synthetic.SITES:
        fell = f"finess = '{finess}' and {FALLS_H} is not null"
        count, half_h = sql.waited(fell, over, hours, among="sites")
        ((lasting,),) = sql.rows(f"select count(*) from sites where {fell} and not ({over})")
        text = told(findings, finess)
        halves.append(half_h)
        if half_h is None:
            assert f"not all is back in {lasting} of these {count} crises" in text
            continue
        days = number(half_h / 24, decimals_for(half_h / 24))
        assert (
            f"all systems are back and emergencies open within {days} days. In {lasting} of {count}, not"
            in text
        )
    assert halves[3] is None
    assert len({*halves}) == len(halves)


def test_who_stood_and_received_most(store: Store, attacked: Campaign, findings: Findings) -> None:
    received = sorted(received_beside_twin(store, attacked, 72), key=lambda row: row[1])
    named_any = False
    for finess in SITES:
        fallen, found = fallen_in(store, attacked, finess), []
        for other, rows in groupby(received, key=lambda row: row[1]):
            more = [patients for replication, _site, patients in rows if replication in fallen]
            if more and 2 * len(more) >= len(fallen) and round(float(np.median(more))) > 0:
                found.append((-float(np.median(more)), other))
        names = [
            f"{named(attacked.region.establishments[other].name)} (+{number(-less)})"
            for less, other in sorted(found)[:3]
        ]
        assert says(told(findings, finess), "within three days (median): ", names)
        named_any |= bool(names)
    assert named_any
