"""Exports are read again: tables by ourselves, graphs by networkx, maps by whoever knows the formats."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from struct import unpack_from

import networkx
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import topologies
from topologies.building.catalogue import draft_of
from topologies.building.records import (
    CommuneRow,
    Draft,
    EstablishmentRow,
    Header,
    LinkRow,
    SeasonRow,
    ServiceRow,
    VenueRow,
)
from topologies.exporting import tables
from topologies.exporting.features import Feature, features_of
from topologies.exporting.geojson import geojson_of
from topologies.exporting.geoparquet import geoparquet_of
from topologies.exporting.graphs import graphml_of, node_link_of
from topologies.exporting.marking import Marking, marking_of
from topologies.exporting.tables import TooLarge, tables_of
from topologies.exporting.written_out import region_of, written_out
from topologies.region import Basis, Category, LinkKind, Region, ServiceKind
from topologies.writing.folder import written

TEXTS = st.text("aéœ',;\"\n#-= 0", min_size=1, max_size=9).map(str.strip).filter(bool)
NAMES = TEXTS.map(lambda text: " ".join(text.split()))
BASES = st.sampled_from(Basis)
LATITUDES, LONGITUDES = st.floats(46.0, 48.0), st.floats(-1.0, 4.0)


def hospitals(number: int) -> st.SearchStrategy[EstablishmentRow]:
    """A hospital of any kind, declared in full or hardly at all."""
    return st.builds(
        EstablishmentRow,
        finess=st.just(f"75000000{number}"),
        name=NAMES,
        commune=st.none() | NAMES,
        category=st.none() | st.sampled_from(Category),
        public=st.none() | st.booleans(),
        latitude=LATITUDES,
        longitude=LONGITUDES,
        ght=st.just("GHT Nord") if number < 2 else st.none(),
        ght_basis=BASES if number < 2 else st.none(),
        support=st.just(number == 0),
        adult_emergency=st.just(True) if number == 0 else st.none() | st.just(True),
        paediatric_emergency=st.none() | st.booleans(),
        ed_visits_per_year=st.none() | st.integers(0, 90_000) if number == 0 else st.none(),
        beds_mco=st.none() | st.integers(0, 900),
        beds_other=st.none() | st.integers(0, 900),
        basis=BASES,
        source=st.none() | TEXTS,
        note=st.none() | TEXTS,
        department=st.just("75"),
        beds_icu=st.none() | st.integers(0, 90),
        beds_intensive=st.none(),
        beds_uhcd=st.none(),
        road_network=st.sampled_from(["mainland", "ile"]),
    )


@st.composite
def small_drafts(draw: st.DrawFn) -> Draft:
    """Some hospitals, with what may be declared beside them."""
    rows = [draw(hospitals(number)) for number in range(draw(st.integers(1, 4)))]
    draft = Draft(
        header=Header(name="essai", title=draw(NAMES), made_of=draw(st.sampled_from([(), ("bretagne",)]))),
        establishments=[*enumerate(rows)],
        communes=[*enumerate(draw(st.lists(communes(), max_size=3, unique_by=lambda row: row.code)))],
        venues=[*enumerate(draw(st.lists(venues(), max_size=2, unique_by=lambda row: row.id)))],
        made_of=(),
    )
    if draft.communes:
        one = st.lists(seasons(draft.communes[0][1].code), max_size=2, unique_by=lambda row: row.first_day)
        draft = replace(draft, seasons=[*enumerate(draw(one))])
    if draw(st.booleans()):
        return draft
    host = ServiceRow(
        id="host:ours", name=draw(NAMES), kind=ServiceKind.HOST, basis=draw(BASES), note=draw(NAMES)
    )
    link = LinkRow(source="host:ours", target=rows[0].finess, kind=LinkKind.HOSTING, basis=draw(BASES))
    named = ServiceRow(id="vendor:e", name=draw(NAMES), kind=ServiceKind.VENDOR, basis=draw(BASES))
    return replace(draft, services=[(1, host), (2, named)], links=[(1, link)])


def communes() -> st.SearchStrategy[CommuneRow]:
    return st.builds(
        CommuneRow,
        code=st.sampled_from(["75101", "75102", "75103"]),
        name=NAMES,
        department=st.just("75"),
        population=st.integers(0, 10**6),
        latitude=LATITUDES,
        longitude=LONGITUDES,
        basis=BASES,
        road_network=st.just("mainland"),
        note=st.none(),
    )


def seasons(commune: str) -> st.SearchStrategy[SeasonRow]:
    return st.builds(
        SeasonRow,
        commune=st.just(commune),
        first_day=st.sampled_from(["01-01", "02-29", "12-20"]),
        last_day=st.sampled_from(["01-01", "02-29", "12-31"]),
        people=st.integers(0, 10**6),
        basis=BASES,
        source=st.none() | TEXTS,
        note=st.none() | TEXTS,
    )


def venues() -> st.SearchStrategy[VenueRow]:
    return st.builds(
        VenueRow,
        id=st.sampled_from(["venue:a", "venue:b"]),
        event=st.just("fete"),
        name=NAMES,
        commune=NAMES,
        department=st.just("75"),
        latitude=LATITUDES,
        longitude=LONGITUDES,
        capacity=st.none() | st.integers(0, 10**5),
        capacity_basis=NAMES,
        first_day=st.just(date(2030, 2, 1)),
        last_day=st.integers(0, 20).map(lambda days: date(2030, 2, 1) + timedelta(days)),
        sports=NAMES,
        road_network=st.just("mainland"),
    )


def read_back(draft: Draft, folder: Path) -> Region:
    written(tables_of(written_out(draft), Marking.AMBER), folder, replace=True)
    return topologies.load(folder)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(small_drafts())
def test_tables_are_read_back_as_the_same_region(tmp_path: Path, draft: Draft) -> None:
    region = region_of(replace(draft, made_of=draft.header.made_of))
    again = read_back(replace(draft, made_of=draft.header.made_of), tmp_path / "essai")
    assert again == region


def test_regions_that_are_joined_are_read_back_the_same_and_run_what_was_made_for_each(
    tmp_path: Path,
) -> None:
    """With their flights, their journeys by boat, a platform for each, and the notes of their rows."""
    (tmp_path / "antilles").mkdir()
    joins = "name: antilles\ntitle: Antilles\njoins: [guadeloupe, martinique]\n"
    (tmp_path / "antilles" / "region.yaml").write_text(joins, "utf-8")
    draft = draft_of(tmp_path / "antilles")
    region = read_back(draft, tmp_path / "again")
    assert region == region_of(draft)
    assert region.parts == ("antilles", "guadeloupe", "martinique")
    kept = draft_of(tmp_path / "again")
    assert [row.note for _, row in kept.establishments] == [row.note for _, row in draft.establishments]


def test_more_rows_than_a_table_may_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 30)
    with pytest.raises(TooLarge, match=r"communes\.csv would hold 34 rows, more than 30"):
        tables_of(draft_of("martinique"), Marking.CLEAR)


def test_what_is_built_in_is_public_and_what_is_not_stays_among_those_concerned(tmp_path: Path) -> None:
    written(tables_of(written_out(draft_of("mayotte")), Marking.CLEAR), tmp_path / "own", replace=False)
    assert (tmp_path / "own" / "region.yaml").read_text("utf-8").startswith("# TLP:CLEAR\n")
    markings = [
        marking_of("mayotte", anonymised=False),
        marking_of(tmp_path / "own", anonymised=False),
        marking_of(tmp_path / "own", anonymised=True),
    ]
    assert markings == [Marking.CLEAR, Marking.AMBER, Marking.GREEN]


@pytest.fixture(scope="module")
def guyane() -> Region:
    return topologies.load("guyane")


def test_networkx_reads_the_graph_back(guyane: Region) -> None:
    text = node_link_of(guyane, Marking.CLEAR)
    from_json = networkx.node_link_graph(json.loads(text), edges="edges")
    from_xml = networkx.read_graphml(BytesIO(graphml_of(guyane, Marking.CLEAR)), force_multigraph=True)
    for graph in (from_json, from_xml):
        assert graph.graph["tlp"] == "TLP:CLEAR"
        assert set(graph) == {*guyane.establishments, *guyane.services}
        edges = [(source, target, data["kind"]) for source, target, data in graph.edges(data=True)]
        assert sorted(edges) == [(link.source, link.target, link.kind) for link in sorted_links(guyane)]
        assert len({key for _, ends in graph.adjacency() for keys in ends.values() for key in keys}) == len(
            edges
        )
        site = graph.nodes["970306833"]
        assert (site["of"], site["ed_visits_per_year"]) == (
            "establishment",
            guyane.establishments["970306833"].ed_visits_per_year,
        )


def sorted_links(region: Region) -> list[topologies.Link]:
    return sorted(region.links, key=lambda link: (link.source, link.target, link.kind))


def test_a_map_has_points_in_the_order_of_rfc_7946_and_what_a_hospital_depends_on(guyane: Region) -> None:
    collection = json.loads(geojson_of(guyane, Marking.CLEAR))
    assert (collection["type"], collection["tlp"]) == ("FeatureCollection", "TLP:CLEAR")
    features = {each["id"]: each for each in collection["features"]}
    place = guyane.establishments["970306833"]
    cayenne = features["970306833"]
    assert cayenne["geometry"] == {"type": "Point", "coordinates": [place.longitude, place.latitude]}
    hosts = sorted(
        link.source for link in guyane.links if link.target == "970306833" and link.kind == "hosting"
    )
    assert cayenne["properties"]["host"] == (", ".join(hosts) or None)
    line = features["970306858 970306833 transfer"]
    assert line["geometry"]["coordinates"][1] == cayenne["geometry"]["coordinates"]
    assert line["properties"]["minutes"] == 99
    west, south, east, north = collection["bbox"]
    assert west < place.longitude < east
    assert south < place.latitude < north


def test_a_way_across_the_date_line_is_cut_there(guyane: Region) -> None:
    sites = [*guyane.establishments.values()][:2]
    wallis = replace(sites[0], finess="1", latitude=-13.0, longitude=-176.0)
    noumea = replace(sites[1], finess="2", latitude=-22.0, longitude=166.0)
    link = topologies.Link(source="1", target="2", kind=LinkKind.TRANSFER, minutes=300, basis=Basis.DECLARED)
    region = replace(
        guyane, establishments={"1": wallis, "2": noumea}, communes={}, services={}, links=(link,)
    )
    *_, line = features_of(region)
    assert line.lines == (((-176.0, -13.0), (-180.0, -15.0)), ((180.0, -15.0), (166.0, -22.0)))
    assert line.kind == "MultiLineString"
    assert geometry_of(geoparquet_table(region)["geometry"][-1].as_py()) == line.lines


def geoparquet_table(region: Region) -> pyarrow.Table:
    return pyarrow.parquet.read_table(BytesIO(geoparquet_of(region, Marking.GREEN)))


def test_geoparquet_says_what_its_geometries_are_and_holds_those_of_the_map(guyane: Region) -> None:
    table = geoparquet_table(guyane)
    about = json.loads(table.schema.metadata[b"geo"])
    column = about["columns"][about["primary_column"]]
    assert (about["version"], column["encoding"]) == ("1.1.0", "WKB")
    assert column["geometry_types"] == ["LineString", "Point"]
    assert table.schema.metadata[b"tlp"] == b"TLP:GREEN"
    features: list[Feature] = [*features_of(guyane)]
    assert [geometry_of(wkb) for wkb in table["geometry"].to_pylist()] == [each.lines for each in features]
    assert table["id"].to_pylist() == [each.id for each in features]
    assert table["population"].to_pylist() == [each.properties.get("population") for each in features]


def geometry_of(wkb: bytes) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The lines of a geometry, as the standard of the OGC lays them out."""
    order, kind = unpack_from("<BI", wkb)
    assert order == 1
    if kind == 1:
        return ((unpack_from("<2d", wkb, 5),),)
    if kind == 2:
        numbers = unpack_from(f"<{2 * unpack_from('<I', wkb, 5)[0]}d", wkb, 9)
        return (tuple(zip(numbers[::2], numbers[1::2], strict=True)),)
    half = (len(wkb) - 9) // unpack_from("<I", wkb, 5)[0]
    return tuple(line for at in range(9, len(wkb), half) for line in geometry_of(wkb[at : at + half]))
