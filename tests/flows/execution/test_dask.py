"""Campaigns on a Dask cluster: the same bytes whatever becomes of its workers, and a sentence where there is none."""

import signal
import sys
from collections.abc import Iterator
from concurrent.futures import wait
from dataclasses import replace
from pathlib import Path

import pytest

from flows.execution import plan as planning
from flows.execution.execution import Execution
from flows.execution.plan import Plan
from flows.workers import cluster as clusters
from flows.workers import program
from flows.workers.cluster import BadCluster, NoCluster, workers_at
from tests.flows.commands import QUICK, free_port
from tests.flows.execution.clusters import LocalCluster, cluster_in
from tests.flows.runs import files_of, in_chunks_of, plan_with
from topologies.errors import TocsinError

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    """A cluster of two workers."""
    with cluster_in(tmp_path_factory.mktemp("cluster"), workers=2) as cluster:
        yield cluster


def plan_on(cluster: LocalCluster, store: Path) -> Plan:
    return replace(plan_with(store, replications=6, workers=2), dask=cluster.address)


@pytest.mark.parametrize("size", [1, 4])
def test_a_cluster_writes_the_bytes_of_one_process_whatever_the_size_of_its_chunks(
    two: LocalCluster,
    tmp_path: Path,
    undisturbed: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    size: int,
) -> None:
    in_chunks_of(size, monkeypatch)
    run = Execution(plan_on(two, tmp_path / "store")).start()
    assert run.summary.result(120).replications == 6
    assert max(len(chunk) for chunk in run.chunks) == size
    assert files_of(tmp_path / "store") == undisturbed


def test_workers_of_a_cluster_import_no_prefect(two: LocalCluster) -> None:
    assert workers_at(two.address) in {1, 2}
    with clusters._connected(two.address) as client:
        imported = client.run(lambda: "prefect" in sys.modules)
    assert set(imported.values()) == {False}


def asked_in(store: Path, dask: str, workers: int | None = None) -> Plan:
    """The plan of a replication on a cluster, as the command asks for it."""
    region, scenario = QUICK
    order = planning.Order(
        region=region,
        scenario=scenario,
        posture="baseline",
        replications=1,
        seed=1,
        store=str(store),
        workers=workers,
    )
    return planning.plan_of(order, dask)


def test_a_cluster_of_another_program_is_refused_worker_by_worker_before_anything_is_written(
    two: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as changed:
        changed.setattr(program, "MODEL_VERSION", "another")
        program.program.cache_clear()
        with pytest.raises(BadCluster, match=r"model is \d+ there and another here; install there"):
            asked_in(tmp_path / "store", two.address)
    program.program.cache_clear()
    assert not (tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("address", "workers", "exit_code", "told"),
    [
        ("127.0.0.1:{closed}", None, 2, "is no address of a Dask scheduler"),
        ("tcp://127.0.0.1:{closed}", None, 1, "no Dask scheduler answers at tcp://127.0.0.1"),
        ("tcp://127.0.0.1:{closed}", 2, 2, "leave out --workers"),
    ],
)
def test_a_cluster_that_is_not_there_is_told_before_anything_is_written(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
    workers: int | None,
    exit_code: int,
    told: str,
) -> None:
    monkeypatch.setattr(clusters, "ANSWERS_WITHIN_S", 0.5)
    with pytest.raises(TocsinError, match=told) as refusal:
        asked_in(tmp_path / "store", address.format(closed=free_port()), workers)
    assert refusal.value.exit_code == exit_code
    assert not (tmp_path / "store").exists()


def test_a_worker_that_is_lost_costs_its_chunk_only_and_that_one_is_run_again(
    two: LocalCluster, tmp_path: Path, undisturbed: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_chunks_of(1, monkeypatch)
    said: list[str] = []
    run = Execution(plan_on(two, tmp_path / "store"), said.append).start()
    wait(list(run.chunks.values())[:2], 120)
    two.workers[0].send_signal(signal.SIGKILL)
    run.summary.result(120)
    assert files_of(tmp_path / "store") == undisturbed
    assert len(said) == 1


def test_a_scheduler_that_is_gone_is_told_in_a_sentence_and_what_is_finished_is_kept(
    two: LocalCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_chunks_of(1, monkeypatch)
    plan = plan_on(two, tmp_path / "store")
    run = Execution(plan).start()
    next(iter(run.chunks.values())).result(120)
    two.scheduler.send_signal(signal.SIGKILL)
    with pytest.raises(NoCluster, match=r"is gone: start it again, .* which resumes"):
        run.summary.result(30)
    run.join()
    assert plan.store.finished(plan.ordinary.id) > 0
    with plan.store.begin(plan.campaign), plan.store.begin(plan.ordinary):
        pass
