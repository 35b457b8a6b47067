"""What is told of a pair of campaigns agrees with a count by SQL over the same rows."""

import duckdb
import numpy as np
import pytest

from results.analysis.pairs.paired import pair_of
from results.presentation import language
from results.presentation.comparing.sentences import clauses_of
from results.tables.tables import record_tables
from tests.flows.commands import plain
from tests.results.analysis.test_paired import ATTACK, LOST, PREPARED, Changes, side
from tests.results.analysis.test_summary import CALM, OFF, some

REPLICATIONS = 80
HORIZON_H = ATTACK.scenario.horizon_h


def changes(seed: int, chance: float) -> Changes:
    """Crises and quiet months, in some of which nothing is back at the end."""
    rng = np.random.default_rng(seed)
    every = []
    for _ in range(REPLICATIONS):
        base = (OFF if rng.random() < 0.7 else LOST) if rng.random() < chance else CALM
        every.append(base | {"ed_visits_unmet": int(rng.integers(0, 400)), "surgeries_postponed": 7})
    return every


def test_a_pair_is_what_sql_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    both = changes(1, 0.8), changes(2, 0.5)
    pair = pair_of(side(ATTACK, both[0]), side(PREPARED, both[1]))
    reference, alternative = (record_tables(some(each))["replications"] for each in both)
    found = duckdb.sql(f"""
        with pairs as (
            select b.ed_visits_unmet - a.ed_visits_unmet as apart,
                case when a.capacity_back is null then 0
                    else coalesce(a.restoration_h, {HORIZON_H} - a.first_impact_h) end as before_h,
                case when b.capacity_back is null then 0
                    else coalesce(b.restoration_h, {HORIZON_H} - b.first_impact_h) end as after_h,
                coalesce(not a.capacity_back, false) as lost_before, coalesce(not b.capacity_back, false) as lost_after
            from reference as a join alternative as b using (replication)
            where a.went_off_h is not null or b.went_off_h is not null
        )
        select count(*), avg(apart), quantile_cont(apart, [0.1, 0.5, 0.9]), count(*) filter (apart < 0),
            count(*) filter (apart > 0), avg(after_h - before_h), count(*) filter (lost_before and not lost_after),
            count(*) filter (lost_after and not lost_before)
        from pairs
    """)
    assert found is not None
    assert reference.num_rows == alternative.num_rows == REPLICATIONS
    ((crises, mean, quantiles, fewer, more, lasted, only_before, only_after),) = found.fetchall()
    unmet, back = pair.added["ed_visits_unmet"], pair.waits["restoration_h"]
    assert (pair.crises, unmet.lower.count, unmet.higher.count) == (crises, fewer, more)
    assert unmet.mean == pytest.approx(mean)
    assert (unmet.lowest_tenth, unmet.median, unmet.highest_tenth) == pytest.approx(tuple(quantiles))
    assert back.lasted.mean == pytest.approx(lasted)
    assert (back.not_over.reference_only, back.not_over.alternative_only) == (only_before, only_after)
    told = plain(clauses_of(pair)[0])
    assert f"{abs(mean):.0f} patients not taken into care" in told
    assert f"better in {100 * fewer / crises:.1f} % of crises, worse in {100 * more / crises:.1f} %" in told
