"""The configuration file says what neither an option nor the environment does; where it is wrong it is refused."""

import json
from pathlib import Path

import pytest
from typer.main import get_command

import results
from flows.cli.commands import tocsin
from flows.cli.main import defaults_of
from tests.flows.commands import Tocsin


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a person keeps it, and two stores."""
    for name in ("configured", "named"):
        results.prepare(tmp_path / name)
    (tmp_path / "tocsin").mkdir()
    return tmp_path


def written(folder: Path, text: str) -> None:
    (folder / "tocsin/config.toml").write_text(text, "utf-8")


def test_an_option_prevails_over_the_environment_and_that_over_the_file(folder: Path, verb: Tocsin) -> None:
    written(folder, f'store = "{folder}/configured"\nlang = "en"\n')
    named = str(folder / "named")

    def store(*option: str, **environment: str) -> str:
        said = verb("campaigns", "--json", *option, XDG_CONFIG_HOME=str(folder), **environment)
        return str(json.loads(said.stdout)["store"])

    assert store() == str(folder / "configured")
    assert store(TOCSIN_STORE=named) == named
    assert store("--store", named, TOCSIN_STORE=str(folder / "configured")) == named
    assert "holds no campaign yet" in verb("campaigns", XDG_CONFIG_HOME=str(folder)).stdout
    assert "aucune campagne" in verb("campaigns", "--lang", "fr", XDG_CONFIG_HOME=str(folder)).stdout


def test_verbs_take_from_it_what_has_no_variable_and_doctor_tells_of_it(folder: Path, verb: Tocsin) -> None:
    written(folder, "workers = 1\n")
    command = get_command(tocsin)
    defaults = defaults_of(command, {"workers": 1})
    assert defaults["run"] == {"workers": 1}
    assert defaults["topology"]["import"]["sae"] == {"workers": 1}
    said = verb("doctor", "--json", XDG_CONFIG_HOME=str(folder)).stdout
    told = {line["name"]: line["said"] for line in json.loads(said)["checks"]}["configuration"]
    assert told == f"{folder}/tocsin/config.toml: workers = 1"


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ('lang = "en"\n  langue = "en"\n', "line 2 column 3", "langue is no setting"),
        ('workers = "2"\n', "line 1 column 1", "workers is '2'"),
        ("workers = true\n", "line 1 column 1", "workers is True"),
        ("\nstore = /srv\n", "line 2 column 9", "is not TOML"),
        ("[store]\n", "line 1 column 2", "store is {}"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    folder: Path, verb: Tocsin, text: str, place: str, problem: str
) -> None:
    written(folder, text)
    refused = verb("campaigns", "--lang", "en", XDG_CONFIG_HOME=str(folder))
    assert refused.returncode == 2
    assert f"{folder}/tocsin/config.toml {place}: {problem}; " in refused.stderr
    assert verb("--help", XDG_CONFIG_HOME=str(folder)).returncode == 0
