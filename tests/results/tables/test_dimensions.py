"""Campaigns and establishments are tables to join, for whoever reads the files."""

from pathlib import Path

import duckdb

from simulation import ordinary_twin
from tests.results import synthetic


def test_campaigns_and_establishments_join_to_the_tables(tmp_path: Path) -> None:
    some = synthetic.outcomes(range(2))
    store = synthetic.sealed_beside(tmp_path, some, some)
    attack, twin = synthetic.attack(), ordinary_twin(synthetic.attack())
    told = {row["campaign"]: row for row in store.table("dim_campaigns").to_pylist()}
    assert set(told) == {attack.id, twin.id}
    assert told[attack.id]["ordinary"] == told[twin.id]["ordinary"] == twin.id
    assert told[attack.id]["start"] == told[twin.id]["start"] == attack.scenario.start
    assert told[attack.id]["region_digest"] == attack.digests["region"]
    assert told[attack.id]["parameters"] == "central"
    assert store.table("dim_establishments", attack.id).num_rows == 4
    found = duckdb.sql(f"""
        select name, count(*) from '{store.path}/establishments/**/*.parquet'
        join '{store.path}/dim_establishments/**/*.parquet' using (campaign, finess, ght)
        join '{store.path}/dim_campaigns/**/*.parquet' using (campaign)
        where posture = 'baseline' and campaign = '{attack.id}' group by name order by name
    """)
    assert found is not None
    assert found.fetchall() == [(name, 2) for name in sorted(synthetic.SITES.values())]
