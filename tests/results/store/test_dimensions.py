"""Campaigns and establishments are tables to join."""

from pathlib import Path

import duckdb

import results
from simulation import ordinary_twin
from tests.results import synthetic


def test_campaigns_and_establishments_join_to_the_tables(tmp_path: Path) -> None:
    some = synthetic.outcomes(range(2))
    store = synthetic.sealed_beside(tmp_path, some, some)
    attack, twin = synthetic.attack(), ordinary_twin(synthetic.attack())
    campaigns, sites = results.campaigns_of(store), results.establishments_of(store, attack.id)
    told = {row["campaign"]: row for row in campaigns.to_pylist()}
    assert set(told) == {attack.id, twin.id}
    assert told[attack.id]["ordinary"] == told[twin.id]["ordinary"] == twin.id
    assert told[attack.id]["start"] == told[twin.id]["start"] == attack.scenario.start
    assert told[attack.id]["region_digest"] == attack.digests["region"]
    rows = store.table("establishments", attack.id)
    assert (rows.num_rows, sites.num_rows) == (8, 4)
    found = duckdb.sql("""
        select name, count(*) from rows join sites using (campaign, finess, ght)
        join campaigns using (campaign) where posture = 'baseline' group by name order by name
    """)
    assert found is not None
    assert found.fetchall() == [(name, 2) for name in sorted(synthetic.SITES.values())]
    assert results.establishments_of(store).num_rows == 8
