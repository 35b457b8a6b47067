"""The views of a store: in DuckDB, they say what our own functions say, wherever the store lies."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

import results
from results import Store, Varies
from results.analysis.compared.added import OF_CARE
from results.store.comparisons import described_comparison
from results.tables.schema import SCHEMAS
from simulation.inputs.library import load_posture
from simulation.outcome.records import Outcome
from tests.results import synthetic
from topologies.errors import BadStore

HOSTILE = """it's [draft] {a,b} *?"; drop
-- \u202etxt"""
"""The name of a folder."""
REPLICATIONS = 12
ALTERNATIVE = replace(synthetic.attack(), posture=load_posture("prepared"))


def made_up(shifted: int) -> list[Outcome]:
    """Replications that cost the region something else for each shift."""
    numbers = range(REPLICATIONS)
    rows = (replace(synthetic.outcome(shifted + each).replication, replication=each) for each in numbers)
    return [
        replace(synthetic.outcome(each), replication=row) for each, row in zip(numbers, rows, strict=True)
    ]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two attacks, their twin, and their comparison."""
    store = synthetic.sealed_beside(
        tmp_path_factory.mktemp("analyst") / HOSTILE,
        made_up(0),
        made_up(100),
    )
    with store.begin(ALTERNATIVE):
        store.write_chunk(ALTERNATIVE.id, made_up(200))
        store.seal(ALTERNATIVE.id, REPLICATIONS)
    store.keep(described_comparison(Varies.POSTURE, [synthetic.attack().id, ALTERNATIVE.id]))
    return store


@pytest.fixture(scope="module")
def database(store: Store) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database with nothing but the views."""
    with duckdb.connect() as database:
        database.execute(results.views(store))
        yield database


def test_every_table_has_a_view_with_its_rows_and_all_its_columns(
    store: Store, database: duckdb.DuckDBPyConnection
) -> None:
    for table, schema in SCHEMAS.items():
        found = database.sql(f"select * from {table}")
        assert {*schema.names, "campaign"} <= set(found.columns)
        assert len(found) == store.table(table).num_rows, table


def test_names_coordinates_and_what_was_run_are_joined(database: duckdb.DuckDBPyConnection) -> None:
    rows = database.execute(
        "select distinct finess, name, latitude, region, scenario, posture, event, seed from establishments"
        " where attacks and posture = 'prepared' order by finess"
    ).fetchall()
    what = ("essai", "ransomware-opening-ceremony", "prepared", None, 1)
    assert rows == [(finess, name, 48.85, *what) for finess, name in synthetic.SITES.items()]
    assert database.execute("select count(event), count(campaign_event) from timeline").fetchall()[0][1] == 0


def test_what_attacks_add_is_what_our_own_summary_says(
    store: Store, database: duckdb.DuckDBPyConnection
) -> None:
    for campaign in (synthetic.attack().id, ALTERNATIVE.id):
        summary = results.summarise(store, campaign)
        worked_out = ", ".join(
            f"avg({each}), median({each}), max({each}), quantile_cont({each}, 0.9)" for each in summary.added
        )
        (found,) = database.execute(
            f"select count(*), {worked_out} from added where campaign = ? and went_off_h is not null",
            [campaign],
        ).fetchall()
        told = summary.added.values()
        said = [figure for each in told for figure in (each.mean, each.median, each.worst, each.one_in_ten)]
        assert found == pytest.approx((summary.went_off.count, *said))
        assert len(told) > len(OF_CARE) / 2


def test_what_held_is_what_our_own_verdicts_count(store: Store, database: duckdb.DuckDBPyConnection) -> None:
    for campaign in (synthetic.attack().id, ALTERNATIVE.id):
        summary = results.summarise(store, campaign)
        for column, judgement in (("care_held", summary.care), ("systems_held", summary.systems)):
            assert judgement is not None
            (found,) = database.execute(
                f"select count(*) filter (went_off_h is not null and {column}), count(*) filter ({column})"
                " from added where campaign = ?",
                [campaign],
            ).fetchall()
            assert found == (judgement.given.count, judgement.over_all.count)
    pair = results.paired(store, synthetic.attack().id, ALTERNATIVE.id)
    assert pair.care_held is not None
    assert database.execute(
        "select count(*) filter (reference_care_held and alternative_care_held) from paired where went_off"
    ).fetchall() == [(pair.care_held.both,)]


def test_compared_campaigns_differ_by_what_our_own_pairs_say(
    store: Store, database: duckdb.DuckDBPyConnection
) -> None:
    (kept,) = store.comparisons()
    assert database.execute("select * from comparisons").fetchall() == [
        (kept.comparison, "posture", kept.campaigns[0], "baseline", kept.campaigns[1], "prepared")
    ]
    pair = results.paired(store, *kept.campaigns)
    worked_out = ", ".join(f"avg({each}), median({each})" for each in pair.added)
    (found,) = database.execute(f"select count(*), {worked_out} from paired where went_off").fetchall()
    said = [figure for each in pair.added.values() for figure in (each.mean, each.median)]
    assert found == pytest.approx((pair.crises, *said))


def test_each_view_and_each_column_says_what_it_holds_and_in_which_unit(
    database: duckdb.DuckDBPyConnection,
) -> None:
    views = database.execute("select view_name, comment from duckdb_views() where not internal").fetchall()
    assert len(views) == len(SCHEMAS) + 4
    assert all(comment for _, comment in views)
    columns = database.execute(
        "select table_name, column_name, comment from duckdb_columns() where not internal"
    ).fetchall()
    assert [each for each in columns if not each[2]] == []
    comments = {(table, column): comment for table, column, comment in columns}
    assert comments["hours", "waiting"].endswith(" [patients]")
    assert comments["added", "ed_unmet_share"].startswith("added: ")


def test_a_campaign_that_is_sealed_later_is_seen_at_once_and_one_that_is_not_says_how_far_it_is(
    tmp_path: Path,
) -> None:
    store = synthetic.sealed(tmp_path / "store", [range(2)], 2)
    waiting = synthetic.campaign(seed=9)
    with store.begin(waiting):
        store.write_chunk(waiting.id, synthetic.outcomes(range(3)))
    written = results.views(store)
    assert f"{waiting.id}, with 3 replications finished" in written
    database = duckdb.connect()
    database.execute(written)
    counting = "select count(*) from replications join dim_campaigns using (campaign)"
    assert database.execute(counting).fetchall() == [(2,)]
    with store.begin(waiting):
        store.seal(waiting.id, 3)
    assert database.execute(counting).fetchall() == [(5,)]
    assert database.execute("select count(*) from comparisons").fetchall() == [(0,)]
    assert "Not sealed" not in results.views(store)


def test_without_anything_sealed_there_is_no_view(tmp_path: Path) -> None:
    with pytest.raises(BadStore, match="holds no sealed campaign yet"):
        results.views(results.prepare(tmp_path))
