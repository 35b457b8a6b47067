import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flows.commands import SCENARIO, Tocsin, plain


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "ile-de-farnce", SCENARIO[1]], "ile-de-france"),
        (["run", SCENARIO[0], "ransomware-opening"], "ransomware-opening-ceremony"),
        (["run", *SCENARIO, "--posture", "prepare"], "prepared"),
        (["run", *SCENARIO, "-n", "0"], "-n"),
        (["run", *SCENARIO, "-n", "many"], "nombre entier"),
        (["run", *SCENARIO, "--seed", "-1"], "--seed"),
        (["run", *SCENARIO, "--workers", "0"], "--workers"),
        (["run", *SCENARIO, "--store", "file"], "file"),
        (["run", *SCENARIO, "--store", "/proc/nowhere"], "/proc/nowhere"),
        (["run", SCENARIO[0]], "SCÉNARIO"),
        (["run", *SCENARIO, "--wrong"], "--wrong"),
        (["regions", "ile-de-farnce"], "ile-de-france"),
        (["scenarios", "ransomware-opening"], "ransomware-opening-ceremony"),
        (["postures", "prepare"], "prepared"),
        (["run", *SCENARIO, "one too many"], "one too many"),
        (["run", *SCENARIO, "--sed", "1"], "--seed"),
        (["run", *SCENARIO, "-n"], "-n"),
        (["run", *SCENARIO, "--json=yes"], "--json"),
        (["run", *SCENARIO, "--lang", "de"], "--lang"),
        (["serve", "--port", "70000"], "65535"),
        (["rn"], "run"),
        ([], "commande"),
        (["serve", "--port", "0"], "--port"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_message_and_nothing_is_written(
    verb: Tocsin, tmp_path: Path, arguments: list[str], told: str
) -> None:
    (tmp_path / "file").touch()
    done = verb(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("Erreur :") == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not re.search(
        "Invalid|Missing|No such (option|command)|unexpected|requires|should be|Value error", done.stderr
    )
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_so_it_is_where_typer_found_the_language_when_it_was_imported(tocsin: Tocsin) -> None:
    done = tocsin("run", *SCENARIO, "--sed", "1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("Erreur :") == 1
    assert "l'option --sed n'existe pas" in done.stderr
    assert "--seed" in done.stderr


def test_a_broken_document_is_told_with_its_file_its_line_and_its_field(verb: Tocsin, tmp_path: Path) -> None:
    known = Path("simulation/inputs/scenarios/ransomware/ransomware-opening-ceremony.yaml").read_text("utf-8")
    broken = tmp_path / "mine.yaml"
    broken.write_text(known.replace("horizon_h: 720", "horizon_h: long"), "utf-8")
    line = 1 + known[: known.index("horizon_h")].count("\n")
    done = verb("run", SCENARIO[0], str(broken), cwd=tmp_path)
    assert done.returncode == 2
    assert f"mine.yaml ligne {line}" in done.stderr
    assert "horizon_h : doit être un nombre entier" in done.stderr
    assert not (tmp_path / "store").exists()


def test_what_is_not_in_the_region_is_told_with_its_file_its_line_and_its_field_before_anything_is_written(
    verb: Tocsin, tmp_path: Path
) -> None:
    scenario = Path("simulation/inputs/scenarios/ransomware/ransomware-opening-ceremony.yaml").read_text(
        "utf-8"
    )
    posture = Path("simulation/inputs/postures/baseline.yaml").read_text("utf-8")
    known = "{nearest: venues, count: 2}"
    line = next(n for n, text in enumerate(scenario.splitlines(), 1) if known in text)
    (tmp_path / "mine.yaml").write_text(scenario.replace(known, '"930000329"'), "utf-8")
    (tmp_path / "ours.yaml").write_text(
        f"{posture}\nestablishments:\n  '999999999': {{exercises: 1, source: a drill}}\n", "utf-8"
    )
    done = verb("run", SCENARIO[0], "./mine.yaml", "--posture", "./ours.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    told = done.stderr.splitlines()
    (first,) = (text for text in told if f"mine.yaml ligne {line}, colonne" in text)
    assert "waves.0.entry_points.0 : 930000329 n'est pas dans ile-de-france ; utilisez 930000328" in first
    (second,) = (text for text in told if f"ours.yaml ligne {posture.count(chr(10)) + 3}, colonne 3" in text)
    assert "establishments.999999999 : 999999999 n'est pas dans ile-de-france ; utilisez " in second
    assert second.count(",") < 6, "the nearest, not the whole region"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.yaml", "ours.yaml"]


EVERY_VERB = ["regions", "scenarios", "events", "postures", "run", "serve"]
HELP = """
import contextlib, io, json, sys
from flows.cli.main import run_verb
language, *verbs = sys.argv[1:]
said = []
for verb in [[], *([verb] for verb in verbs)]:
    with contextlib.redirect_stdout(io.StringIO()) as help:
        assert run_verb([*verb, "--help", "--lang", language]) == 0
    said.append(help.getvalue())
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def helps(environment: dict[str, str]) -> dict[str, list[str]]:
    """The help of the command and of each verb, by language: a process speaks one, from its first words on."""

    def said_in(language: str) -> list[str]:
        command = [sys.executable, "-c", HELP, language, *EVERY_VERB]
        said = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        assert said.stderr == ""
        return [plain(each) for each in json.loads(said.stdout)]

    return {language: said_in(language) for language in ("fr", "en")}


@pytest.mark.parametrize("number", range(1 + len(EVERY_VERB)))
def test_every_verb_has_help_with_an_example_in_both_languages(
    helps: dict[str, list[str]], number: int
) -> None:
    french, english = helps["fr"][number], helps["en"][number]
    verb = EVERY_VERB[number - 1 : number]
    assert "Usage :" in french
    assert "Usage:" in english
    assert " ".join(["Exemple : tocsin", *verb]) in french
    assert " ".join(["Example: tocsin", *verb]) in english
    assert ("--event " in french) == (verb == ["run"])
    assert "Show this message" not in french
    assert not re.search(r"^[│ ]+[:;!?]", french, re.MULTILINE), "punctuation keeps to its word"


LOCALES = [
    ({}, "fr"),
    ({"LANG": "C.UTF-8"}, "fr"),
    ({"LANG": "en_GB.UTF-8"}, "en"),
    ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
    ({"LANG": "fr_FR.UTF-8", "TOCSIN_LANG": "en"}, "en"),
]


@pytest.mark.parametrize(("locale", "language"), LOCALES)
def test_the_language_is_that_of_the_locale_and_french_when_it_says_nothing(
    verb: Tocsin, locale: dict[str, str], language: str
) -> None:
    told = verb("scenarios", "nowhere", **locale).stderr
    assert told.startswith("Erreur :" if language == "fr" else "Error:")


@pytest.mark.parametrize(("locale", "language"), LOCALES[1:3])
def test_that_of_the_help_too(tocsin: Tocsin, locale: dict[str, str], language: str) -> None:
    told = tocsin("--help", **locale).stdout
    assert ("Afficher cette aide" in told) == (language == "fr")


@pytest.mark.parametrize("name", ["regions", "scenarios", "postures"])
def test_facts_are_one_json_object_on_standard_output(verb: Tocsin, name: str) -> None:
    every = verb(name, "--json")
    (*_, first) = json.loads(every.stdout)[name]
    one = json.loads(verb(name, first["name"], "--json").stdout)
    assert one["name"] == first["name"]
    assert every.stderr == ""


def test_a_region_tells_what_it_holds_and_how_that_is_known(verb: Tocsin) -> None:
    told = verb("regions", SCENARIO[0]).stdout
    assert "Liens" in told
    assert "hypothèse" in told
    assert "Sources :" in told


def test_a_region_tells_what_each_stream_of_care_can_take(verb: Tocsin) -> None:
    told = verb("regions", SCENARIO[0]).stdout
    assert re.search(r"Urgences adultes +88 +[\d ]+ boxes", told)
    assert re.search(r"Dialyse +\d+ +[\d ]+ patients par jour", told)
    care = json.loads(verb("regions", SCENARIO[0], "--json").stdout)["care"]
    assert care["samu"]["sites"] == 8


def test_a_scenario_tells_its_event_and_where_to_read_of_it(verb: Tocsin) -> None:
    told = " ".join(verb("scenarios", SCENARIO[1]).stdout.split())
    assert "Événement : Jeux olympiques" in told
    assert "tocsin events paris-2024" in told


def test_a_posture_tells_the_range_and_the_source_of_each_level(verb: Tocsin) -> None:
    told = verb("postures", "baseline").stdout
    assert "Annuaires" in told
    assert "CaRE" in told
    assert "hypothèse" in told


def test_the_version_is_told(tocsin: Tocsin) -> None:
    assert tocsin("--version").stdout.startswith("tocsin ")
