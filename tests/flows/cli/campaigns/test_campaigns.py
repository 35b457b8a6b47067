"""`tocsin campaigns` lists what a store holds, and `tocsin show` says of it what `run` and `compare` said."""

import json
from pathlib import Path

import pytest

import results
from results import Store, Varies
from results.store.comparisons import described_comparison
from simulation import ordinary_twin
from tests.flows.commands import Tocsin
from tests.results import synthetic

ATTACKED = synthetic.attack()
TWIN = ordinary_twin(ATTACKED)
OTHER = synthetic.attack(2)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two replications of a campaign and of its twin; of another, one that waits for sealing."""
    opened = results.prepare(tmp_path / "store")
    for campaign in (TWIN, ATTACKED):
        with opened.begin(campaign):
            opened.write_chunk(campaign.id, map(synthetic.outcome, range(2)))
            opened.seal(campaign.id, 2)
    with opened.begin(OTHER):
        opened.write_chunk(OTHER.id, [synthetic.outcome(0)])
    return opened


def test_campaigns_lists_what_was_asked_for_and_how_far_it_is(store: Store, verb: Tocsin) -> None:
    said = verb("campaigns", "--store", str(store.path), "--lang", "en").stdout
    lines = {line.split()[0]: line for line in said.splitlines() if line.strip()}
    assert " 2 " in lines[ATTACKED.id]
    assert "0 (+ 1)" in lines[OTHER.id]
    assert TWIN.id not in lines
    assert "1 campaign of ordinary days" in said
    assert "resumes where it stopped" in said


def test_an_empty_store_is_said_to_be_so(tmp_path: Path, verb: Tocsin) -> None:
    empty = results.prepare(tmp_path / "store")
    said = verb("campaigns", "--store", str(empty.path), "--lang", "fr").stdout
    assert "aucune campagne" in said
    assert json.loads(verb("campaigns", "--store", str(empty.path), "--json").stdout)["campaigns"] == []


def test_campaigns_tells_programs_all(store: Store, verb: Tocsin) -> None:
    compared = described_comparison(Varies.POSTURE, [ATTACKED.id, OTHER.id])
    store.keep(compared)
    told = json.loads(verb("campaigns", "--store", str(store.path), "--json").stdout)
    assert {one["campaign"]: (one["sealed"], one["finished"]) for one in told["campaigns"]} == {
        ATTACKED.id: (2, 2),
        TWIN.id: (2, 2),
        OTHER.id: (0, 1),
    }
    assert [one["comparison"] for one in told["comparisons"]] == [compared.comparison]


def test_show_says_what_the_summary_holds(store: Store, verb: Tocsin) -> None:
    """Without `--store`, of the store that the environment names."""
    told = json.loads(verb("show", ATTACKED.id, "--json", TOCSIN_STORE=str(store.path)).stdout)
    assert told["went_off"]["count"] == results.summarise(store, ATTACKED.id).went_off.count
    assert "new_replications" not in told
    for asked in ((), ("--details",)):
        done = verb("show", ATTACKED.id, *asked, "--lang", "en", TOCSIN_STORE=str(store.path))
        where = f"campaign {ATTACKED.id} in {store.path} (2 replications)"
        assert where in (done.stdout if asked else done.stderr)
        assert "--store" not in done.stdout


def test_show_refuses_what_is_not_finished_and_says_how_far_it_is(store: Store, verb: Tocsin) -> None:
    refused = verb("show", OTHER.id, "--store", str(store.path), "--lang", "en")
    assert refused.returncode == 2
    assert "is not sealed yet, 1 replication is finished" in refused.stderr
