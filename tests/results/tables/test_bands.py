"""Bands are the mean and the quantiles of every hour, as anyone may work them out from the hours."""

from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest

from results.sealing import derived
from results.tables import bands
from simulation import Uncertainty
from tests.results import synthetic

CAMPAIGN = synthetic.campaign()

BY_SQL = """
    select '{measure}' as measure, ght, stream, hour, any_value(day), any_value(stands_for_h), avg(value),
        quantile_cont(value, 0.05), quantile_cont(value, 0.5), quantile_cont(value, 0.95), count(*)
    from (select replication, {ght} as ght, stream, hour, day, stands_for_h, {sum}({measure})::double as value
        from hours group by all)
    group by ght, stream, hour
"""


@pytest.mark.parametrize("replications", [1, 7])
@pytest.mark.parametrize("at_once", [derived.VALUES_AT_ONCE, 7 * 3 * 4])
def test_bands_are_those_that_sql_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replications: int, at_once: int
) -> None:
    monkeypatch.setattr(derived, "VALUES_AT_ONCE", at_once)
    store = synthetic.sealed(tmp_path / "store", [range(replications)], replications)
    hours = store.table("hours", CAMPAIGN.id)
    with duckdb.connect() as sql:
        sql.register("hours", hours)
        expected = [
            row
            for measure in bands.MEASURES
            for ght in (["null::varchar", "ght"] if measure in bands.COUNTS else ["ght"])
            for row in sql.sql(BY_SQL.format(measure=measure, ght=ght, sum="sum")).fetchall()
        ]
    found = [tuple(row.values())[:-1] for row in store.table("hours_bands", CAMPAIGN.id).to_pylist()]

    def order(row: tuple[object, ...]) -> tuple[object, ...]:
        return row[0], row[1] or "", row[2], row[3]

    assert len(found) == len(expected) > 0
    for mine, theirs in zip(sorted(found, key=order), sorted(expected, key=order), strict=True):
        assert mine[:6] == theirs[:6]
        assert mine[6:] == pytest.approx(theirs[6:])


def test_of_a_large_campaign_bands_tell_the_first_replications(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bands, "REPLICATIONS", 3)
    small = synthetic.sealed(tmp_path / "small", [range(3)], 3).table("hours_bands")
    large = synthetic.sealed(tmp_path / "large", [range(5)], 5).table("hours_bands")
    assert small.equals(large)
    assert set(np.asarray(large.column("replications"))) == {3}


def test_a_territory_that_some_draws_have_not_is_asked_for_nothing_in_these(tmp_path: Path) -> None:
    drawn = replace(synthetic.attack(), uncertainty=Uncertainty.DRAWN)
    outcomes = [synthetic.outcome(number, territories=2 + number % 2) for number in range(4)]
    store = synthetic.sealed_beside(tmp_path, outcomes, outcomes, drawn)
    found = store.frame("hours_bands", drawn.id).astype({"ght": str}).query("ght == 'GHT 02'")
    hours = store.frame("hours", drawn.id).astype({"ght": str}).query("ght == 'GHT 02'")
    assert set(hours["replication"]) == {1, 3}
    summed = hours.groupby(["hour", "stream"], observed=True)["demand"].sum()
    of_demand = found[found["measure"] == "demand"].set_index(["hour", "stream"])["mean"]
    assert (of_demand.sort_index().to_numpy() == summed.sort_index().to_numpy() / 4).all()
    kept = found[found["measure"] == "capacity_share"].groupby("hour")["p95"].min()
    assert (kept == 1.0).all()
