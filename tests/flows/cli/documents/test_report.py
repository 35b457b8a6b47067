"""`tocsin report` writes a page, and replaces none unasked."""

from pathlib import Path

from tests.flows.commands import Tocsin
from tests.results import synthetic


def test_the_verb_writes_a_file_once_and_says_so(tmp_path: Path, verb: Tocsin) -> None:
    """Of ordinary days, in which nothing is told of an attack."""
    store, file = synthetic.sealed(tmp_path / "store", [range(2)], 2), tmp_path / "page.html"
    asked = ("report", synthetic.campaign().id, "--store", str(store.path), "--lang", "fr")
    done = verb(*asked, "--output", str(file), "--tlp", "GREEN")
    assert (done.returncode, done.stderr) == (0, "")
    page = file.read_text("utf-8")
    assert "TLP:GREEN" in page
    assert "Personne n’attaque" in page
    again = verb(*asked, "--output", str(file))
    assert (again.returncode, again.stdout) == (2, "")
    assert "existe déjà" in again.stderr
    paper = tmp_path / "page.pdf"
    figures = tmp_path / "figures"
    done = verb(*asked, "--output", str(paper), "--figures", str(figures))
    assert done.returncode == 0
    drawn = sorted(file.name for file in figures.iterdir())
    assert f"{len(drawn) // 2} figures" in done.stdout
    assert "curve-emergency_adult.png" in drawn
    assert paper.read_bytes().startswith(b"%PDF-")
    other = verb(*asked, "--output", str(tmp_path / "page.odt"))
    assert other.returncode == 2
    assert ".html" in other.stderr
