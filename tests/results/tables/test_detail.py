"""Hours are kept at the detail asked; bands and all other tables are the same at each."""

from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import results
from results import Detail, Store
from results.sealing import chunk_reader, part_files, parts, sealing
from results.store import layout
from results.store.layout import CampaignPaths
from results.tables import bands, detail
from results.tables.schema import DERIVED, RECORDS, SCHEMAS, TableName
from simulation import ordinary_twin
from tests.results import synthetic
from topologies.errors import BadStore

CAMPAIGN = synthetic.campaign()
COUNTS = [
    field.name
    for field in SCHEMAS["hours"]
    if field.name not in {"replication", *bands.KEYS, "capacity_share"}
]
COARSE = pytest.mark.parametrize("kept", [Detail.REGION, Detail.BANDS])


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of four replications, bands of the first six, communes and timelines of the first four."""
    for module in (layout, parts, chunk_reader, part_files, sealing):
        monkeypatch.setattr(module, "PART_REPLICATIONS", 4)
    monkeypatch.setattr(bands, "REPLICATIONS", 6)
    monkeypatch.setattr(detail, "WHOLE", 4)


def run(path: Path, kept: Detail, replications: int, together: int = 3) -> Store:
    """Run what is missing, as a campaign that is run again does, and seal it."""
    store = results.prepare(path)
    with store.begin(CAMPAIGN, kept):
        missing = store.missing(CAMPAIGN.id, replications)
        for first in range(0, len(missing), together):
            store.write_chunk(CAMPAIGN.id, synthetic.outcomes(missing[first : first + together]))
        store.seal(CAMPAIGN.id, replications)
    return store


def files_of(store: Store) -> dict[str, bytes]:
    every = (file for file in store.path.rglob("*") if file.is_file())
    return {str(file.relative_to(store.path)): file.read_bytes() for file in every}


@pytest.mark.parametrize("kept", [Detail.TERRITORY, Detail.REGION, Detail.BANDS])
def test_everything_but_hours_is_the_same_at_each_detail(tmp_path: Path, kept: Detail) -> None:
    whole, some = (run(tmp_path / name, kept, 9) for name, kept in (("whole", Detail.SITE), ("some", kept)))
    same = [name for name in RECORDS if kept.keeps(name, 9) and (name, kept) != ("hours", Detail.REGION)]
    for table in (*DERIVED, *same):
        assert whole.table(table).equals(some.table(table)), table


def test_hours_of_the_region_are_the_sums_over_territories(tmp_path: Path) -> None:
    keys = ["replication", "hour", "stream"]
    hours = run(tmp_path / "territory", Detail.TERRITORY, 9).frame("hours")
    region = run(tmp_path / "region", Detail.REGION, 9).frame("hours")
    assert set(region["ght"]) == {CAMPAIGN.region.name}
    by_hour = hours.groupby(keys, observed=True)
    of_region = region.set_index(keys).sort_index()
    assert of_region[COUNTS].equals(by_hour[COUNTS].sum().astype("int32"))
    assert of_region["capacity_share"].to_numpy() == pytest.approx(
        by_hour["capacity_share"].mean().to_numpy()
    )
    for name in ("day", "stands_for_h"):
        assert (of_region[name] == by_hour[name].first()).all()


@pytest.mark.parametrize("kept", [Detail.TERRITORY, Detail.REGION, Detail.BANDS])
def test_at_each_detail_bytes_depend_on_the_replications_alone(tmp_path: Path, kept: Detail) -> None:
    at_once = files_of(run(tmp_path / "once", kept, 11, together=11))
    for lengths in ([2, 11], [5, 7, 11]):
        path = tmp_path / "-".join(map(str, lengths))
        for replications in lengths:
            store = run(path, kept, replications, together=2)
        assert files_of(store) == at_once
    assert not (tmp_path / "once" / "unsealed" / CAMPAIGN.id).exists()


@COARSE
def test_more_replications_run_those_again_from_which_bands_are_made(tmp_path: Path, kept: Detail) -> None:
    store = run(tmp_path, kept, 5)
    assert store.missing(CAMPAIGN.id, 5) == []
    assert store.missing(CAMPAIGN.id, 8) == list(range(8))
    assert run(tmp_path, kept, 6).missing(CAMPAIGN.id, 8) == [6, 7]


@COARSE
def test_bands_that_are_lost_are_worked_out_from_replications_that_are_run_again(
    tmp_path: Path, kept: Detail
) -> None:
    store = run(tmp_path, kept, 9)
    sound, paths = files_of(store), CampaignPaths(store.path, CAMPAIGN.id)
    for table in ("hours_bands", "hours", "timeline"):
        paths.part(table, 0).write_bytes(b"lost")
    with store.begin(CAMPAIGN):
        lost = store.lost(CAMPAIGN.id)
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes(lost))
        store.restore(CAMPAIGN.id)
    assert lost == list(range(6))
    assert files_of(store) == sound


@COARSE
def test_a_sealing_that_lost_the_hours_of_bands_has_their_replications_run_again(
    tmp_path: Path, kept: Detail, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_asked: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(sealing, "write_description", killed)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path / "killed", kept, 9)
    store = results.open(tmp_path / "killed")
    of_workers = sorted(CampaignPaths(store.path, CAMPAIGN.id).chunks.glob("*/hours.arrow"))
    of_workers[0].write_bytes(b"lost")
    assert files_of(run(store.path, kept, 9)) == files_of(run(tmp_path / "calm", kept, 9))


def test_a_campaign_goes_on_at_the_detail_of_its_first_run(tmp_path: Path) -> None:
    run(tmp_path, Detail.TERRITORY, 3)
    store = run(tmp_path, Detail.BANDS, 5)
    assert store.description(CAMPAIGN.id).hours is Detail.TERRITORY
    assert set(store.frame("hours")["replication"]) == set(range(5))


def test_of_the_finest_detail_the_description_says_what_it_always_said(tmp_path: Path) -> None:
    written = CampaignPaths(run(tmp_path, Detail.SITE, 1).path, CAMPAIGN.id).description.read_text()
    assert '"hours":' not in written


@pytest.mark.parametrize(
    ("kept", "table", "least"),
    [
        (Detail.BANDS, "hours", "region"),
        (Detail.REGION, "establishment_hours", "site"),
        (Detail.TERRITORY, "establishment_hours", "site"),
    ],
)
def test_hours_that_are_not_kept_are_refused_with_what_to_do(
    tmp_path: Path, kept: Detail, table: str, least: str
) -> None:
    store = run(tmp_path, kept, 3)
    remedy = f"--hours {kept} and keeps no {table}; run the same command with --hours {least} and another"
    snapshot = store.snapshot(CAMPAIGN.id)
    for read in (
        lambda: store.table(table, CAMPAIGN.id),  # type: ignore[arg-type]
        lambda: store.scan(table),  # type: ignore[arg-type]
        lambda: snapshot.replication(table, 0),  # type: ignore[arg-type]
        lambda: list(snapshot.parts(table, ["hour"], 3)),  # type: ignore[arg-type]
    ):
        with pytest.raises(BadStore, match=remedy):
            read()


def test_a_part_without_hours_is_small_and_has_their_columns(tmp_path: Path) -> None:
    paths = CampaignPaths(run(tmp_path, Detail.BANDS, 3).path, CAMPAIGN.id)
    file = paths.part("hours", 0)
    found = pq.read_table(file, partitioning=None)
    assert (found.num_rows, found.schema.names) == (0, SCHEMAS["hours"].names)
    assert pq.ParquetFile(file).num_row_groups == 0


@pytest.mark.parametrize("table", ["communes", "timeline"])
def test_with_bands_alone_the_largest_tables_are_those_of_the_first_replications(
    tmp_path: Path, table: TableName
) -> None:
    whole, some = run(tmp_path / "whole", Detail.SITE, 9), run(tmp_path / "some", Detail.BANDS, 9)
    every = whole.table(table, CAMPAIGN.id)
    first = every.filter(pc.less(every["replication"], 4))
    assert some.table(table, CAMPAIGN.id).to_pylist() == first.to_pylist() != every.to_pylist()
    snapshot = some.snapshot(CAMPAIGN.id)
    assert snapshot.replication(table, 3).equals(whole.snapshot(CAMPAIGN.id).replication(table, 3))
    with pytest.raises(BadStore, match=rf"keeps {table} of its first replications \(4\), not of 5"):
        snapshot.replication(table, 5)


def test_the_crises_that_are_told_are_among_those_whose_timeline_is_kept(tmp_path: Path) -> None:
    outcomes = synthetic.outcomes(range(9))
    stores = [results.prepare(tmp_path / name) for name in ("whole", "some")]
    for store, kept in zip(stores, (Detail.SITE, Detail.BANDS), strict=True):
        for campaign in (ordinary_twin(synthetic.attack()), synthetic.attack()):
            with store.begin(campaign, kept):
                store.write_chunk(campaign.id, outcomes[::-1])
                store.seal(campaign.id, 9)
    whole, some = (results.summarise(store, synthetic.attack().id) for store in stores)
    assert max(some.median_replication, some.worst_replication) < 4
    alike = replace(
        whole, median_replication=some.median_replication, worst_replication=some.worst_replication
    )
    assert alike == some
