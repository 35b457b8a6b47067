"""`tocsin store export` writes a workbook, or one table as CSV, and refuses what it cannot write."""

from pathlib import Path

import pytest

from results import Store
from tests.flows.commands import Tocsin
from tests.results import synthetic

ATTACK = synthetic.attack().id


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    path = tmp_path_factory.mktemp("exported") / "store"
    return synthetic.sealed_beside(path, synthetic.outcomes(range(4)), synthetic.outcomes(range(4)))


def test_a_table_is_written_in_the_language_asked_for_and_said_to_bear_no_mark(
    verb: Tocsin, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "ajouté.csv"
    asked = ("store", "export", ATTACK, "added", "--output", str(file), "--store", str(store.path))
    done = verb(*asked, "--tlp", "RED", "--lang", "fr")
    assert done.returncode == 0
    assert done.stdout.startswith(f"{file} est écrit. Un fichier CSV ne porte aucune mention : ")
    assert "TLP:RED" in done.stdout
    assert "TLP" not in file.read_text("utf-8-sig")
    assert file.read_text("utf-8-sig").startswith('"indicateur";"ce qui est compté";"unité";')
    again = verb(*asked, TOCSIN_LANG="en")
    assert (again.returncode, "add --replace" in again.stderr) == (2, True)


def test_a_workbook_is_written_without_naming_a_table_with_its_mark(
    verb: Tocsin, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "campaign.xlsx"
    asked = ("store", "export", ATTACK, "--output", str(file), "--store", str(store.path))
    done = verb(*asked, "--tlp", "RED", "--lang", "fr")
    assert (done.returncode, done.stdout) == (0, f"{file} est écrit, marqué TLP:RED.\n")
    assert file.read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--output", "a.csv"], "a CSV file holds one table: name one, or write a.xlsx, which holds several"),
        (["added", "waits", "--output", "a.csv"], "a CSV file holds one table"),
        (["added", "--output", "a.ods"], "a.ods ends neither in .xlsx nor in .csv"),
        (["curves", "--output", "a.csv"], "'curves'"),
    ],
)
def test_what_cannot_be_written_is_refused_with_its_remedy(
    verb: Tocsin, store: Store, arguments: list[str], problem: str
) -> None:
    done = verb("store", "export", ATTACK, *arguments, "--store", str(store.path), TOCSIN_LANG="en")
    assert done.returncode == 2
    assert problem in done.stderr
