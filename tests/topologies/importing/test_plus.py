"""FINESS+ becomes a region's folder: places of care, their GHTs and who takes emergencies, in every spelling."""

from pathlib import Path
from typing import Any

import pytest

import topologies
from tests.topologies.importing.files.plus_files import (
    Entity,
    Place,
    Plus,
    activity,
    as_in_the_schema,
    ght,
    written,
)
from topologies.errors import BadInput
from topologies.importing.finess.importer import import_finess
from topologies.importing.report import Report
from topologies.importing.wanted import Wanted, wanted
from topologies.reading.large.streams import unwatched
from topologies.region import Basis, Category, Region
from topologies.writing.folder import written as write_folder

EMERGENCY = {"activiteAMM": "QA014", "modaliteAMM": "MO032", "mentionAMM": "ME000"}
CHILDREN = {"activiteAMM": "QA014", "modaliteAMM": "MO032", "mentionAMM": "ME064"}
BOTH = {"activiteAMM": "QA014", "modaliteAMM": "MO033", "mentionAMM": "ME065"}
MOBILE = {"activiteAMM": "QA014", "modaliteAMM": "MO031", "mentionAMM": "ME000"}
BEFORE_THE_REFORM = {"activiteAMF": "14", "modaliteActivite": "24", "formeActivite": "00"}


def imported(*files: Path) -> tuple[Region, Report]:
    """The region that files become, and the report."""
    made = import_finess(files, Wanted(name="essai", title="Essai"), unwatched)
    folder = files[0].with_suffix(".region")
    write_folder(made.files, folder, replace=True)
    return topologies.load(folder), made.report


def refused(document: Any, folder: Path) -> str:
    """What a document is refused for."""
    with pytest.raises(BadInput) as error:
        imported(written(folder, document))
    (finding,) = error.value.findings
    return str(finding)


def test_places_of_care_are_taken_in_either_spelling(tmp_path: Path) -> None:
    clinic = Entity(number="101", status="73", places=(Place(finess="350000139", category="365", espic=()),))
    document = Plus(entities=(Entity(), clinic)).structures()
    for spelled, source in (
        (document, "FINESS+ 2026-09-11"),
        (as_in_the_schema(document), "FINESS+"),
    ):
        region, report = imported(written(tmp_path, spelled))
        chu, private = region.establishments["350000022"], region.establishments["350000139"]
        assert (chu.name, chu.commune) == ("CENTRE HOSPITALIER UNIVERSITAIRE DE RENNES", "RENNES")
        assert (chu.category, chu.public, chu.department) == (Category.UNIVERSITY, True, "35")
        assert (chu.latitude, chu.longitude, chu.source) == (48.12021, -1.69331, source)
        assert (private.category, private.public) == (Category.CLINIC, False)
        assert report.read == 2


@pytest.mark.parametrize(
    "pairs",
    [
        {"x": "-1.69331", "y": "48.12021", "latitude": "6790200.7", "longitude": "350100.4"},
        {"x": "350100.4", "y": "6790200.7", "latitude": "48.12021", "longitude": "-1.69331"},
        {"x": "6790200.7", "y": "350100.4", "latitude": "48.12021", "longitude": "-1.69331"},
        {"x": "48.12021", "y": "-1.69331", "latitude": "", "longitude": ""},
        {"x": "350100.4", "y": "6790200.7", "latitude": "0", "longitude": "0"},
        {"x": "6790200.7", "y": "350100.4", "latitude": "350100.4", "longitude": "6790200.7"},
    ],
)
def test_the_pair_of_coordinates_that_lies_in_the_department_is_taken(
    tmp_path: Path, pairs: dict[str, Any]
) -> None:
    region, _ = imported(written(tmp_path, Plus(entities=(Entity(places=(Place(**pairs),)),)).structures()))
    place = region.establishments["350000022"]
    assert (place.latitude, place.longitude) == pytest.approx((48.1202, -1.6933), abs=0.02)


def test_what_is_closed_or_no_hospital_is_counted_with_the_reason(tmp_path: Path) -> None:
    places = (
        Place(),
        Place(finess="350000030", state="I"),
        Place(finess="350000048", closed="2014-03-31"),
        Place(finess="350000055", category="500"),
        Place(finess="350000063", category=None),
    )
    region, report = imported(written(tmp_path, Plus(entities=(Entity(places=places),)).structures()))
    assert [*region.establishments] == ["350000022"]
    assert {(each.kind, str(each.reason), each.count) for each in report.passed} == {
        ("101 Centre hospitalier régional (CHR)", "closed", 2),
        ("500", "no hospital by its category", 1),
        ("?", "no hospital by its category", 1),
    }


def test_members_of_a_ght_are_in_it_and_one_place_of_the_support_runs_its_it(tmp_path: Path) -> None:
    chu = Entity(places=(Place(), Place(finess="350000014", category="106")))
    ch = Entity(number="101", places=(Place(finess="350000030", category="355"),))
    alone = Entity(number="102", places=(Place(finess="350000048", category="355"),))
    groups = (
        ght("GHT  HAUTE-BRETAGNE", support="100", members=("101", "999")),
        ght("A GROUP THAT IS NO GHT", support="102", kind="003"),
    )
    document = Plus(entities=(chu, ch, alone), groups=groups).structures()
    for ordered in (document, dict(reversed(document.items()))):
        region, _ = imported(written(tmp_path, ordered))
        places = region.establishments.values()
        assert [(each.finess, each.ght, each.support) for each in places] == [
            ("350000014", "GHT HAUTE-BRETAGNE", False),
            ("350000022", "GHT HAUTE-BRETAGNE", True),
            ("350000030", "GHT HAUTE-BRETAGNE", False),
            ("350000048", None, False),
        ]
        assert region.establishments["350000030"].ght_basis is Basis.PUBLISHED


@pytest.mark.parametrize(
    ("activities", "adult", "paediatric"),
    [
        ((activity(EMERGENCY),), True, False),
        ((activity(CHILDREN),), False, True),
        ((activity(BOTH),), True, True),
        ((activity(MOBILE),), False, False),
        ((activity(BEFORE_THE_REFORM), activity(EMERGENCY)), True, True),
        ((activity(EMERGENCY, state="I"),), False, False),
        ((activity(EMERGENCY, over="2025-01-01"),), False, False),
        ((activity(EMERGENCY, events=(("012", "2020-01-01"), ("015", "2021-01-01"))),), False, False),
        ((activity(EMERGENCY, events=(("15", "2020-01-01"), ("12", "2021-01-01"))),), True, False),
    ],
)
def test_activities_tell_who_takes_emergencies(
    tmp_path: Path, activities: tuple[dict[str, Any], ...], adult: bool, paediatric: bool
) -> None:
    clinic = Plus(entities=(Entity(status="73", places=(Place(category="365", activities=activities),)),))
    structures = written(tmp_path, clinic.structures())
    doing = written(tmp_path, clinic.activities(), "finess-activites.json")
    for files in ((structures, doing), (doing, structures)):
        region, report = imported(*files)
        place = region.establishments["350000022"]
        assert (place.adult_emergency, place.paediatric_emergency) == (adult, paediatric)
        takes = adult or paediatric
        assert place.category is (Category.PRIVATE_EMERGENCY if takes else Category.CLINIC)
        assert report.completed.total() == adult + paediatric


def test_fields_that_are_not_asked_for_may_come_and_go(tmp_path: Path) -> None:
    document = Plus(extra={"nouveauTableau": [{"a": 1}], "autre": {"b": [2, 3.5]}}).structures()
    place = document["pmej"][0]["ege"][0]
    place["nouveauBloc"] = {"profond": [{"encore": 1e3}]}
    del place["contact"], place["roleEge"], place["typeBudget"]
    region, _ = imported(written(tmp_path, document))
    assert [*region.establishments] == ["350000022"]


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (
            ("numFinessEge",),
            "35000022",
            "ege[0].informationsGeneralesEGE.numFinessEge: is malformed: '35000022'",
        ),
        (("etatObjet",), "X", "pmej[0].ege[0].etatObjet: is malformed: 'X'"),
        (("categorieentiteGeographiqueExercice",), "CH", "is malformed: 'CH'"),
        (("cogCommune",), "3523", "cogCommune: is malformed: '3523'"),
        (("adresse",), "Rennes", "adresse[0]: must have fields of its own, not be 'Rennes'"),
        (("numFinessEge",), True, "numFinessEge: is malformed"),
    ],
)
def test_a_field_that_means_nothing_is_refused_where_it_is(
    tmp_path: Path, path: tuple[str], value: object, said: str
) -> None:
    document = Plus().structures()
    place = document["pmej"][0]["ege"][0]
    for holder in (place, place["informationsGeneralesEGE"], place["adresse"][1]):
        if path[0] in holder:
            holder[path[0]] = value
    finding = refused(document, tmp_path)
    assert said in finding
    assert "finess-structures-journalier-20260911.json line 7, column 3, pmej[0]" in finding


@pytest.mark.parametrize(
    "name", ["informationsGeneralesEGE", "categorieentiteGeographiqueExercice", "etatObjet", "adresse", "ege"]
)
def test_a_field_that_is_asked_for_and_was_renamed_is_named(tmp_path: Path, name: str) -> None:
    document = Plus().structures()
    for holder in (document["pmej"][0], document["pmej"][0]["ege"][0]):
        if name in holder and not (name == "etatObjet" and "ege" in holder):
            holder["nouveau"] = holder.pop(name)
    assert "is missing; the format may have changed" in refused(document, tmp_path)


def test_a_document_that_is_none_of_finess_is_refused(tmp_path: Path) -> None:
    assert "it lists no legal entity" in refused({"features": [{"type": "Feature"}]}, tmp_path)
    assert "line 1, column 1: one of these characters is expected here: {" in refused([1, 2], tmp_path)


def test_a_region_is_completed_and_keeps_what_it_knows(tmp_path: Path) -> None:
    """Its rows, tables and header stay; empty cells are filled, and establishments that it lacks are added."""
    known = Plus(entities=(Entity(places=(Place(name="CHU, AS WE CALL IT"),)),)).structures()
    imported(written(tmp_path, known, "known.json"))
    base = tmp_path / "known.region"
    (base / "services.csv").write_text("id,name,kind,basis\nhost:ours,Ours,host,declared\n", "utf-8")
    (base / "links.csv").write_text(
        "source,target,kind,basis\nhost:ours,350000022,hosting,declared\n", "utf-8"
    )
    chu = Entity(places=(Place(activities=(activity(EMERGENCY),)),))
    clinic = Entity(number="101", status="73", places=(Place(finess="350000139", category="365"),))
    more = Plus(entities=(chu, clinic), groups=(ght("GHT A", support="100"),))
    files = (
        written(tmp_path, more.structures(), "structures.json"),
        written(tmp_path, more.activities(), "activities.json"),
    )
    out = tmp_path / "completed"
    made = import_finess(files, wanted(out, base=str(base)), unwatched)
    write_folder(made.files, out, replace=False)
    region = topologies.load(out)
    chu_row = region.establishments["350000022"]
    assert (chu_row.name, chu_row.ght, chu_row.adult_emergency) == ("CHU, AS WE CALL IT", "GHT A", True)
    assert (region.name, region.title) == ("completed", "Essai")
    assert "host:ours" in region.services
    assert made.report.taken == {Category.CLINIC: 1}
    assert made.report.completed == {"ght": 1, "ght_basis": 1, "support": 1, "adult_emergency": 1}
    assert made.report.kept == {"name": 1}
