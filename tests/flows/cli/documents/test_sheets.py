"""`tocsin sheets` writes a page for each establishment and an index, and replaces none unasked."""

from pathlib import Path

from tests.flows.commands import Tocsin
from tests.results import synthetic
from tests.results.report.test_extremes import calm


def test_the_verb_writes_a_folder_once_and_says_so(tmp_path: Path, verb: Tocsin) -> None:
    store, folder = synthetic.sealed_beside(tmp_path / "store", [calm(0)], [calm(0)]), tmp_path / "fiches"
    asked = ("sheets", synthetic.attack().id, "--store", str(store.path), "--lang", "fr")
    done = verb(*asked, "--out", str(folder), "--tlp", "GREEN")
    assert (done.returncode, done.stderr) == (0, "")
    assert "4 fiches d'une page" in done.stdout
    written = sorted(file.name for file in folder.iterdir())
    sheets = [f"{finess}-hopital-{number}.pdf" for number, finess in enumerate(synthetic.SITES)]
    assert written == [*sheets, "index.pdf"]
    assert all((folder / name).read_bytes().startswith(b"%PDF-") for name in written)
    again = verb(*asked, "--output", str(folder))
    assert (again.returncode, again.stdout) == (2, "")
    assert "existe déjà" in again.stderr
    assert verb(*asked, "--output", str(folder), "--replace").returncode == 0
    unknown = verb(
        "sheets", "0123456789abcdef", "--store", str(store.path), "--output", str(tmp_path / "other")
    )
    assert unknown.returncode == 2
    assert not (tmp_path / "other").exists()
