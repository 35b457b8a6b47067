"""`tocsin topology import` writes a folder and says what was taken and left out, or refuses the file."""

import json
from pathlib import Path

from tests.flows.commands import Tocsin
from tests.topologies.importing.files import sae_files
from tests.topologies.importing.files.form_files import filled_csv
from tests.topologies.importing.files.ght_files import ROWS, listing
from tests.topologies.importing.files.sae_files import bordereau
from tests.topologies.importing.files.stock_files import Row, stock, written

EHPAD = Row(finess="350000048", category="500", title="EHPAD", status="")
NOWHERE = Row(finess="350000030", department="22", x="", y="", projection="")
FRENCH, ENGLISH = {"TOCSIN_LANG": "fr"}, {"TOCSIN_LANG": "en"}


def test_the_folder_is_written_and_the_report_told_to_a_person_and_to_a_program(
    verb: Tocsin, tmp_path: Path
) -> None:
    file = written(tmp_path, stock(Row(), Row(finess="350000014"), EHPAD, NOWHERE))
    out = tmp_path / "bretagne"
    arguments = ("topology", "import", "finess", str(file), "--departments", "35,22", "--out", str(out))
    told = verb(*arguments, **FRENCH)
    assert told.returncode == 0
    assert f"{out} est écrit, d'après FINESS 2026-05-12 : 4 établissements lus." in told.stdout
    for line in (
        "Repris : 2",
        "2  sites de CHU",
        "500 EHPAD",
        "pas un hôpital d'après sa catégorie",
        "sans coordonnées",
    ):
        assert line in told.stdout
    facts = json.loads(verb(*arguments, "--replace", "--json", **ENGLISH).stdout)
    assert (facts["read"], facts["taken"], facts["elsewhere"]) == (4, {"chu": 2}, 0)
    assert facts["no_hospital"] == [
        {"kind": "500 EHPAD", "reason": "no hospital by its category", "count": 1}
    ]
    assert [each["finess"] for each in facts["left_out"]] == ["350000030"]
    listed = verb("regions", str(out), **ENGLISH)
    assert listed.returncode == 0
    assert "Establishments: 2" in listed.stdout


def test_a_wrong_file_or_wish_is_refused_with_its_remedy_and_nothing_is_written(
    verb: Tocsin, tmp_path: Path
) -> None:
    file, out = written(tmp_path, stock(Row(category="CH"))), tmp_path / "bretagne"
    arguments = ("topology", "import", "finess", str(file), "--out", str(out))
    wrong = verb(*arguments, **FRENCH)
    assert wrong.returncode == 2
    assert "etalab-cs1100507-stock.csv ligne 2, colonne 19, categetab" in wrong.stderr
    assert "téléchargez-le à nouveau" in wrong.stderr
    assert verb(*arguments, "--departments", "35,Finistère", **ENGLISH).returncode == 2
    unknown = verb(*arguments, "--region", "bretange", **ENGLISH)
    assert (unknown.returncode, "no region named bretange" in unknown.stderr) == (2, True)
    assert not out.exists()
    out.mkdir()
    there = verb(*arguments, **ENGLISH)
    assert (there.returncode, "exists already" in there.stderr) == (2, True)


def test_what_is_odd_is_told_and_what_is_wrong_refused_to_a_person_and_to_a_program(
    verb: Tocsin, tmp_path: Path
) -> None:
    odd = verb("topology", "validate", "guyane", **FRENCH)
    assert odd.returncode == 0
    assert "guyane peut servir." in odd.stdout
    assert "establishments.csv ligne 5, latitude, longitude" in odd.stdout
    (tmp_path / "establishments.csv").write_text("finess,name\n350000014,CH de Rennes\n")
    wrong = verb("topology", "validate", str(tmp_path), "--json", **ENGLISH)
    facts = json.loads(wrong.stdout)
    assert (wrong.returncode, facts["valid"], facts["errors"]) == (2, False, len(facts["findings"]))
    assert {each["severity"] for each in facts["findings"]} == {"error"}
    assert facts["findings"][0].keys() == {"severity", "where", "file", "line", "field", "problem", "remedy"}


def test_the_form_is_written_and_filled_ones_are_put_into_a_region(verb: Tocsin, tmp_path: Path) -> None:
    blank = tmp_path / "formulaire.csv"
    assert verb("topology", "template", str(blank), **FRENCH).returncode == 0
    assert "Réponse" in blank.read_text("utf-8-sig")
    assert verb("topology", "template", str(tmp_path / "form.ods"), **FRENCH).returncode == 2
    form = filled_csv(tmp_path / "a.csv", finess="970306841", hosts="Hôte SA", beds_mco="300")
    out = tmp_path / "declaree"
    arguments = ("topology", "merge", "guyane", str(form), "--out", str(out))
    told = verb(*arguments, **FRENCH)
    assert told.returncode == 0, told.stderr
    assert "1 formulaire repris sur 1" in told.stdout
    assert "Hôte SA" in told.stdout
    facts = json.loads(verb(*arguments, "--replace", "--json", **ENGLISH).stdout)
    assert (facts["taken"], facts["cells"], facts["links"]) == (1, {"beds_mco": 1}, {"hosting": 1})
    wrong = verb("topology", "merge", "guyane", str(blank), "--out", str(tmp_path / "none"), **FRENCH)
    assert (wrong.returncode, "formulaire.csv ligne 2, colonne 3, finess" in wrong.stderr) == (2, True)


def test_the_survey_and_the_list_of_ghts_complete_a_region(verb: Tocsin, tmp_path: Path) -> None:
    beds = bordereau("MCO", {"FI": "970302055", "LIT_MCO": "88"}, {"FI": "970300099", "LIT_MCO": "12"})
    files = sae_files.written(tmp_path, {"MCO": beds})
    surveyed = tmp_path / "sae"
    arguments = ("topology", "import", "sae", *map(str, files), "--base", "guyane", "--out", str(surveyed))
    told = verb(*arguments, **FRENCH)
    assert told.returncode == 0, told.stderr
    assert "1  beds_mco" in told.stdout
    assert "970300099 , 973 : la région n’a pas d’établissement de ce numéro" in told.stdout.replace("'", "’")
    unnamed = verb("topology", "import", "sae", *map(str, files), "--out", str(tmp_path / "none"), **FRENCH)
    assert (unnamed.returncode, "--base" in unnamed.stderr) == (2, True)
    file = listing(tmp_path / "ght.xlsx", *ROWS)
    arguments = (
        "topology",
        "import",
        "ght",
        str(file),
        "--base",
        str(surveyed),
        "--out",
        str(tmp_path / "ghts"),
    )
    facts = json.loads(verb(*arguments, "--json", **ENGLISH).stdout)
    assert (facts["read"], facts["elsewhere"]) == (4, 4)
