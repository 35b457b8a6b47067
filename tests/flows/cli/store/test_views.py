"""`tocsin store views` writes SQL to a file or to standard output, and tells what no view holds yet."""

from pathlib import Path

import duckdb

from tests.flows.commands import Tocsin, plain
from tests.results import synthetic


def test_views_are_written_to_a_file_or_to_standard_output(verb: Tocsin, tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path / "store", [range(2)], 2)
    shown = verb("store", "views", TOCSIN_LANG="en", TOCSIN_STORE=str(store.path))
    assert (shown.returncode, shown.stderr) == (0, "")
    file = tmp_path / "views.sql"
    asked = ("store", "views", str(store.path), "--output", str(file))
    written = verb(*asked, TOCSIN_LANG="en")
    assert (written.returncode, written.stdout) == (0, f"{file} is written. To ask: duckdb -init {file}\n")
    assert plain(file.read_text("utf-8")) == shown.stdout
    refused = verb(*asked, TOCSIN_LANG="en")
    assert (refused.returncode, "add --replace" in refused.stderr) == (2, True)
    database = duckdb.connect()
    database.execute(file.read_text("utf-8"))
    assert database.execute("select count(*), any_value(region) from replications").fetchall() == [
        (2, "essai")
    ]


def test_a_campaign_that_is_not_sealed_says_how_far_it_is(verb: Tocsin, tmp_path: Path) -> None:
    store, waiting = synthetic.sealed(tmp_path / "store", [range(2)], 2), synthetic.campaign(seed=9)
    with store.begin(waiting):
        store.write_chunk(waiting.id, synthetic.outcomes(range(3)))
    said = verb("store", "views", str(store.path), TOCSIN_LANG="fr").stderr
    assert f"{waiting.id} n'est pas encore scellée, et n'est dans aucune vue : 3 réplications sont" in said
