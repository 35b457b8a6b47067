"""The whole path without Prefect or workers: what was simulated, as an analyst finds it written."""

import duckdb
import polars
import pytest

from flows.execution.plan import Plan
from simulation.inputs.streams import Stream
from tests.flows.commands import SCENARIO
from tests.flows.runs import plan_with, run_here

REPLICATIONS = 6


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The default campaign, six replications of it, sealed."""
    plan = plan_with(
        tmp_path_factory.mktemp("written") / "store",
        replications=REPLICATIONS,
        workers=2,
        seed=1,
        asked=SCENARIO,
    )
    run_here(plan)
    return plan


def glob(plan: Plan, table: str) -> str:
    return f"{plan.store.path}/{table}/*/*.parquet"


def rows(plan: Plan, query: str) -> list[tuple[object, ...]]:
    """The rows of a query over the `hours` of the campaign, read as DuckDB finds it; its twin lies beside it."""
    source = f"read_parquet('{glob(plan, 'hours')}', hive_partitioning = true)"
    mine = f"FROM {source} WHERE campaign = '{plan.campaign.id}'"
    return duckdb.execute(f"WITH hours AS ({mine}) {query}").fetchall()


def test_patients_are_conserved_in_every_hour_territory_and_stream_of_the_file(plan: Plan) -> None:
    broken = rows(
        plan,
        """
        SELECT * FROM (
            SELECT *, lag(waiting, 1, 0) OVER (PARTITION BY replication, ght, stream ORDER BY hour) AS before
            FROM hours
        )
        WHERE demand + diverted_in + before <> served + diverted_out + unmet + waiting
        """,
    )
    assert broken == []
    assert rows(plan, "SELECT count(DISTINCT replication), count(DISTINCT hour) FROM hours") == [
        (REPLICATIONS, 720)
    ]


def test_over_the_region_what_was_diverted_out_arrives_less_those_on_the_road(plan: Plan) -> None:
    """Journeys are of two hours at most, three and a minute where roads are closed: they left in the last four."""
    balance = rows(
        plan,
        """
        SELECT replication, stream, sum(diverted_out) - sum(diverted_in) AS on_the_road,
               sum(diverted_out) FILTER (hour >= 716) AS left_late, sum(diverted_out) AS left
        FROM hours GROUP BY ALL
        """,
    )
    assert len(balance) == len(Stream) * REPLICATIONS
    for _, _, on_the_road, left_late, _ in balance:
        assert isinstance(on_the_road, int)
        assert isinstance(left_late, int)
        assert 0 <= on_the_road <= left_late
    assert sum(int(str(left)) for *_, left in balance) > 0


def test_who_is_sent_on_is_diverted_or_transferred_and_only_emergency_departments_divert(plan: Plan) -> None:
    apart = """
        SELECT sum(ambulances_diverted_{way}), sum(patients_transferred_{way}) FROM hours
        WHERE diverted_{way} <> ambulances_diverted_{way} + moved_on_{way} + patients_transferred_{way}
            OR ambulances_diverted_{way} < 0 OR patients_transferred_{way} < 0
            OR ambulances_diverted_{way} > 0 AND NOT starts_with(stream, 'emergency_')
    """
    assert rows(plan, apart.format(way="out")) == rows(plan, apart.format(way="in")) == [(None, None)]


def test_the_tables_tell_the_same_story(plan: Plan) -> None:
    """Visits, diversions and unmet of `replications` are the sums of `hours`."""
    summed = rows(
        plan,
        """
        SELECT replication, sum(demand), sum(diverted_out), sum(ambulances_diverted_out),
               sum(patients_transferred_out), sum(unmet)
        FROM hours WHERE starts_with(stream, 'emergency_') GROUP BY replication ORDER BY replication
        """,
    )
    campaign = polars.col("campaign") == plan.campaign.id
    everything = polars.read_parquet(glob(plan, "replications"), hive_partitioning=True)
    table = everything.filter(campaign).sort("replication")
    sent_on = ("ed_visits_diverted", "ed_ambulances_diverted", "ed_patients_transferred")
    columns = ("replication", "ed_visits", *sent_on, "ed_visits_unmet")
    sites = polars.read_parquet(glob(plan, "establishments"), hive_partitioning=True).filter(campaign)
    assert table.select(sent_on).sum().rows() == sites.select(sent_on).sum().rows()
    assert min(table.select(sent_on).sum().row(0)) > 0
    assert table.select(columns).rows() == summed
    assert set(everything["campaign"].unique()) == {plan.campaign.id, plan.ordinary.id}
