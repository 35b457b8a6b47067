"""`tocsin redirect` writes a booklet, and replaces none unasked."""

from pathlib import Path

from tests.flows.commands import Tocsin


def test_the_verb_writes_a_booklet_once_and_says_to_print_it(tmp_path: Path, verb: Tocsin) -> None:
    file = tmp_path / "plan.html"
    asked = ("redirect", "martinique", "--lang", "fr", "--out")
    done = verb(*asked, str(file), "--tlp", "GREEN")
    assert (done.returncode, done.stderr) == (0, "")
    assert "imprimez" in done.stdout
    page = file.read_text("utf-8")
    assert "TLP:GREEN" in page
    assert "<script src" not in page
    again = verb(*asked, str(file))
    assert (again.returncode, again.stdout) == (2, "")
    assert "existe déjà" in again.stderr
    assert verb(*asked, str(tmp_path / "plan.odt")).returncode == 2
    assert verb("redirect", "atlantis", "--out", str(tmp_path / "other.pdf")).returncode == 2
