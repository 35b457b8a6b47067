"""`tocsin topology export` and `synthesise` write a file or a folder and say what it is, or why they do not."""

import json
from pathlib import Path

from tests.flows.commands import Tocsin

FRENCH, ENGLISH = {"TOCSIN_LANG": "fr"}, {"TOCSIN_LANG": "en"}


def test_a_region_that_does_not_exist_is_written_and_listed(verb: Tocsin, tmp_path: Path) -> None:
    out = tmp_path / "essai"
    arguments = ("topology", "synthesise", "--establishments", "12", "--out", str(out))
    told = verb(*arguments, **FRENCH)
    assert told.returncode == 0
    assert "12 établissements fictifs, en 1 région" in told.stdout
    assert "Establishments: 12" in verb("regions", str(out), **ENGLISH).stdout
    there = verb(*arguments, **ENGLISH)
    assert (there.returncode, "exists already" in there.stderr) == (2, True)
    assert json.loads(verb(*arguments, "--replace", "--json", **ENGLISH).stdout)["establishments"] == 12


def test_a_region_is_exported_marked_and_refused_where_something_stands(verb: Tocsin, tmp_path: Path) -> None:
    arguments = ("topology", "export", "mayotte", "--to")
    told = verb(*arguments, "geojson", str(tmp_path / "map.geojson"), **FRENCH)
    assert (told.returncode, "marqué TLP:CLEAR" in told.stdout) == (0, True)
    assert json.loads((tmp_path / "map.geojson").read_text("utf-8"))["name"] == "mayotte"
    hidden = verb(*arguments, "csv", str(tmp_path / "hidden"), "--anonymise", "--json", **ENGLISH)
    assert json.loads(hidden.stdout)["marking"] == "TLP:GREEN"
    assert "Mayotte" not in verb("regions", str(tmp_path / "hidden"), **ENGLISH).stdout
    for wrong, said in (
        (("csv", str(tmp_path / "hidden")), "exists already"),
        (("csv", str(tmp_path / "map.geojson"), "--replace"), "is not a region's folder"),
        (("graphml", str(tmp_path / "hidden"), "--replace"), "is a folder; name a file"),
        (("graphml", str(tmp_path / "x"), "--seed", "twelve letters"), "goes with --anonymise"),
        (("graphml", str(tmp_path / "x"), "--anonymise", "--seed", "1"), "at least 12 characters"),
    ):
        refused = verb(*arguments, *wrong, **ENGLISH)
        assert (refused.returncode, said in refused.stderr) == (2, True), wrong
    assert sorted(file.name for file in tmp_path.iterdir()) == ["hidden", "map.geojson"]
