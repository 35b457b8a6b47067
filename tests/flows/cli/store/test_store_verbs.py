"""`tocsin store check` tells all that is wrong with a folder of results, and `repair` gives back what was there."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import results
from flows.execution.execution import Execution
from flows.execution.plan import Order, Plan, plan_of
from results import Store
from results.files.digests import attested
from results.store.rebuilding import campaign_of
from tests.flows.commands import QUICK, ROOT, Tocsin
from tests.flows.runs import plan_as_asked, plan_with, run_here, write_chunk
from topologies.errors import BadStore

REPLICATIONS = 2

StoreVerb = Callable[..., tuple[int, str]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A campaign of two replications, sealed."""
    plan = plan_with(tmp_path_factory.mktemp("sound") / "store", replications=REPLICATIONS, workers=1)
    run_here(plan)
    return plan


@pytest.fixture
def store(sound: Plan, tmp_path: Path) -> Store:
    """A copy of it, to be damaged."""
    shutil.copytree(sound.store.path, tmp_path / "store")
    return results.open(tmp_path / "store")


@pytest.fixture
def store_verb(verb: Tocsin) -> StoreVerb:
    """A verb of `tocsin store`, in English: its exit code and what it tells."""

    def run(*arguments: object) -> tuple[int, str]:
        done = verb("store", *map(str, arguments), TOCSIN_LANG="en")
        return done.returncode, done.stdout + done.stderr

    return run


def files_of(store: Store) -> dict[str, bytes]:
    files = (path for path in store.path.rglob("*") if path.is_file())
    return {str(path.relative_to(store.path)): path.read_bytes() for path in files}


def part(store: Store, table: str) -> Path:
    (found,) = (store.path / table / f"campaign={plan_as_asked(*QUICK, 5).campaign.id}").rglob("*.parquet")
    return found


def test_a_reader_who_leaves_early_does_not_make_a_damaged_store_a_sound_one(
    environment: dict[str, str], tmp_path: Path
) -> None:
    store = results.prepare(tmp_path / "store")
    for number in range(200):
        (store.path / "replications" / "campaign=stray").mkdir(parents=True, exist_ok=True)
        (store.path / "replications" / "campaign=stray" / f"part-{number}.parquet").touch()
    command = f"{sys.executable} -m flows.cli.main store check {store.path} | head -c 1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], capture_output=True, check=False, cwd=ROOT, env=environment
    )
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_sound_store_is_said_to_be_and_repair_leaves_it_as_it_is(
    store: Store, store_verb: StoreVerb
) -> None:
    before = files_of(store)
    for name in ("check", "repair"):
        assert store_verb(name, store.path) == (0, f"{store.path}: all files are intact.\n")
    assert files_of(store) == before


def test_what_is_no_store_is_wrong_usage(tmp_path: Path, store_verb: StoreVerb) -> None:
    for name in ("check", "repair"):
        code, said = store_verb(name, tmp_path / "absent")
        assert code == 2
        assert "is not a store of results" in said


def test_run_check_and_repair_refuse_a_store_of_another_schema_in_the_same_words(
    store: Store, sound: Plan, verb: Tocsin
) -> None:
    """As it was before descriptions stated the schema of the tables."""
    description = store.path / "campaigns" / f"{sound.campaign.id}.json"
    stated = json.loads(description.read_text())
    description.write_bytes(
        attested({name: stated[name] for name in stated if name not in {"schema", "digest"}})
    )
    inputs = [sound.campaign.region.name, sound.campaign.scenario.name]
    told = set()
    for arguments in (
        ["run", *inputs, "-n", str(REPLICATIONS), "--store", str(store.path)],
        ["run", *inputs, "-n", "1", "--seed", "77", "--store", str(store.path)],
        ["store", "check", str(store.path)],
        ["store", "repair", str(store.path)],
    ):
        done = verb(*arguments)
        assert done.returncode == 2
        told.add(done.stderr.splitlines()[-1])
    (sentence,) = told
    assert sentence.startswith(f"Erreur : {store.path} a été écrit par une autre version de Tocsin")
    assert "choisissez un autre dossier" in sentence


def test_a_damaged_store_is_checked_and_repaired_and_tells_the_same_verdict(
    store: Store, sound: Plan, store_verb: StoreVerb
) -> None:
    """Two tables, the inputs and a chunk are damaged; all is told at once, and all but the chunk is as it was."""
    write_chunk(replace(sound, store=store), range(REPLICATIONS, REPLICATIONS + 1))
    expected = results.summarise(store, sound.campaign.id)
    inputs = store.path / "campaigns" / f"{sound.campaign.id}.inputs.json"
    (chunk,) = (store.path / "unsealed" / sound.campaign.id / "chunks").iterdir()
    part(store, "hours").write_bytes(part(store, "hours").read_bytes()[:-1])
    part(store, "timeline").unlink()
    inputs.write_bytes(inputs.read_bytes()[:-1])
    (chunk / "hours.arrow").write_bytes(b"")
    damaged = {str(file) for file in (inputs, chunk, part(store, "hours"))}
    damaged.add(str(store.path / f"timeline/campaign={sound.campaign.id}/part-00000.parquet"))

    with pytest.raises(BadStore, match=f"campaign {sound.campaign.id} is damaged, and is not read"):
        results.summarise(store, sound.campaign.id)
    code, said = store_verb("check", store.path, "--json")
    facts = json.loads(said)
    assert (code, facts["sound"], {each["file"] for each in facts["findings"]}) == (1, False, damaged)

    code, said = store_verb("repair", store.path)
    assert code == 0
    assert f"{store.path}: 3 files rewritten as before, 2 replications run again.\n" in said
    assert f"{chunk} was dropped: the command of its campaign runs its replications again." in said
    assert files_of(store) == files_of(sound.store)
    assert results.summarise(store, sound.campaign.id) == expected


def test_a_run_of_a_finished_campaign_tells_no_verdict_from_a_damaged_part(
    store: Store, sound: Plan, verb: Tocsin
) -> None:
    part(store, "indicators").write_bytes(part(store, "indicators").read_bytes()[:-1])
    asked = [*QUICK, "-n", str(REPLICATIONS), "--seed", "5"]
    run = verb("run", *asked, "--store", str(store.path), "--lang", "fr")
    assert (run.returncode, run.stdout) == (2, "")
    assert f"la campagne {sound.campaign.id} est endommagée, et n'est pas lue" in run.stderr
    assert f"lancez « tocsin store repair {store.path} »" in run.stderr


def test_a_campaign_is_rebuilt_from_what_its_store_holds(store: Store, sound: Plan) -> None:
    rebuilt = campaign_of(store, sound.campaign.id)
    assert rebuilt.region == sound.campaign.region
    assert rebuilt.scenario == sound.campaign.scenario
    assert rebuilt.id == sound.campaign.id


def test_a_campaign_of_another_version_of_the_model_is_not_rebuilt(
    store: Store, sound: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(results.store.rebuilding, "MODEL_VERSION", "another")
    with pytest.raises(BadStore, match=r"of the model ran campaign .*, and this is version another; install"):
        campaign_of(store, sound.campaign.id)


def test_what_cannot_be_repaired_is_told_with_what_remains_possible(
    store: Store, sound: Plan, store_verb: StoreVerb
) -> None:
    description = store.path / "campaigns" / f"{sound.campaign.id}.json"
    description.write_bytes(description.read_bytes().replace(b'"replications": 2', b'"replications": 1'))
    for name in ("check", "repair"):
        code, said = store_verb(name, store.path)
        assert code == 1
        assert f"{description}: is damaged, or describes another campaign; bring it back from a copy" in said
        assert "run the same command again, which runs all replications anew" in said


def test_a_damaged_chunk_is_told_by_the_run_that_makes_it_anew(
    sound: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOCSIN_LANG", "en")
    plan = plan_with(tmp_path / "store", replications=REPLICATIONS, workers=1)
    write_chunk(plan, range(REPLICATIONS))
    (chunk,) = (plan.store.path / "unsealed" / plan.campaign.id / "chunks").iterdir()
    (chunk / "hours.arrow").write_bytes((chunk / "hours.arrow").read_bytes()[:-1])
    said: list[str] = []
    summary = Execution(plan, said.append).start().summary.result(timeout=120)
    assert f"{chunk} was damaged; its replications run again." in said
    assert summary.replications == REPLICATIONS
    assert files_of(plan.store) == files_of(sound.store)


def test_another_posture_on_the_same_days_needs_no_twin_of_its_own(store: Store, sound: Plan) -> None:
    region, scenario = QUICK
    other = plan_of(
        Order(
            region=region,
            scenario=scenario,
            posture="prepared",
            replications=REPLICATIONS,
            seed=5,
            store=str(store.path),
            workers=1,
        )
    )
    assert other.ordinary.id == sound.ordinary.id
    assert (len(other.missing()), other.missing_ordinary()) == (REPLICATIONS, [])
    more = replace(other, replications=REPLICATIONS + 1)
    assert more.missing_ordinary() == [REPLICATIONS]
