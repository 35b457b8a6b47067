"""The shares of each built-in scenario agree with a count by SQL over the same tables."""

from functools import cache
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from results.analysis.compared.rows import Rows
from results.analysis.compared.verdicts import Crises, Judgement, judged, of_care, of_systems
from results.analysis.witnesses import Witnesses
from results.tables.tables import record_tables
from simulation import load_scenario, scenario_names
from tests.results.analysis.test_summary import CALM, OFF, some

REPLICATIONS = 60
LATE = {
    "restoration_h": """asked.capacity_back is not null and case when asked.capacity_back
        then asked.restoration_h > {at_most} else {horizon_h} - asked.first_impact_h >= {at_most} end""",
    "regional_cell_delay_h": """asked.first_impact_h is not null and coalesce(
        asked.regional_cell_delay_h > {at_most}, {horizon_h} - asked.first_impact_h >= {at_most})""",
    "responder_wait_max_h": "asked.responders_came is not null and asked.responder_wait_max_h > {at_most}",
}
"""When a deadline was missed."""


@cache
def replications() -> tuple[pa.Table, pa.Table]:
    """Replications beside those of the twin, in which about half of all thresholds hold."""
    rng = np.random.default_rng(1)

    def care(scale: float) -> dict[str, object]:
        return {
            "icu_unmet_patient_h": float(rng.normal(1000.0 + 700.0 * scale, 500.0)),
            "ed_unmet_share": float(rng.normal(0.03 + 0.01 * scale, 0.005)),
            "time_critical_delay_min": float(rng.normal(5.0 + 5.0 * scale, 3.0)),
            "surgeries_postponed": int(rng.normal(2000 + 1200 * scale, 500)),
        }

    def off() -> dict[str, object]:
        impact_h, back, came = float(rng.uniform(0, 500)), bool(rng.random() < 0.6), bool(rng.random() < 0.7)
        opened = float(rng.uniform(-5, 20)) if rng.random() < 0.8 else None
        return OFF | {
            "went_off_h": impact_h,
            "first_impact_h": impact_h,
            "regional_cell_delay_h": opened,
            "capacity_back": back,
            "restoration_h": float(rng.uniform(300, 700)) if back else None,
            "responders_came": came,
            "responder_wait_max_h": float(rng.uniform(0, 150)),
        }

    asked = [care(1.0) | (off() if rng.random() < 0.6 else {}) for _ in range(REPLICATIONS)]
    calm = [CALM | care(0.0) for _ in range(REPLICATIONS)]
    whole = [CALM | each | {name: each.get(name, CALM[name]) for name in CALM} for each in asked]
    return tuple(record_tables(some(rows))["replications"] for rows in (whole, calm))


def counted(thresholds: list[Any], horizon_h: float) -> tuple[int, int, int]:
    """How many went off, how many of these held, and how many of all did."""
    asked, ordinary = replications()
    broken = ["false"]
    for each in thresholds:
        name, at_most = each["indicator"], each["at_most"]
        late = LATE.get(name, f"asked.{name} - ordinary.{name} > {{at_most}}")
        broken.append(f"({late.format(at_most=at_most, horizon_h=horizon_h)})")
    found = duckdb.sql(f"""
        select count(went_off_h), count(*) filter (went_off_h is not null and held), count(*) filter (held)
        from (
            select asked.went_off_h, not ({" or ".join(broken)}) as held
            from asked join ordinary using (replication)
        )
    """)
    assert found is not None
    assert (asked.num_rows, ordinary.num_rows) == (REPLICATIONS, REPLICATIONS)
    (counts,) = found.fetchall()
    return counts


@pytest.mark.parametrize("name", scenario_names())
def test_shares_over_all_and_given_that_it_went_off_agree_with_sql(name: str) -> None:
    scenario = load_scenario(name)
    thresholds = [each.model_dump() for each in scenario.thresholds]
    asked, ordinary = map(Rows, replications())
    crises = Crises(
        asked=asked,
        ordinary=ordinary,
        witnesses=Witnesses.of(len(asked), 1, 1),
        horizon_h=float(scenario.horizon_h),
        went_off=~np.isnan(asked.of("went_off_h")),
    )
    for some_of_them in (of_care(thresholds), of_systems(thresholds)):
        judgement = judged(crises, some_of_them, scenario.held_share_target)
        if judgement is None:
            assert not some_of_them
            continue
        assert shares(judgement) == counted(list(some_of_them), scenario.horizon_h)
        assert 0 < judgement.given.count < judgement.given.of < REPLICATIONS


def shares(judgement: Judgement) -> tuple[int, int, int]:
    assert judgement.over_all.of == REPLICATIONS
    return judgement.given.of, judgement.given.count, judgement.over_all.count
