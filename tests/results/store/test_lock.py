"""One process at a time runs a campaign, and its end, however sudden, frees the campaign."""

import multiprocessing
import os
import signal
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest

import results
from tests.results import synthetic
from topologies.errors import BadStore

CAMPAIGN = synthetic.campaign()


def test_a_campaign_is_run_by_one_process_at_a_time(tmp_path: Path) -> None:
    store = results.prepare(tmp_path)
    with store.begin(CAMPAIGN):
        with (
            pytest.raises(BadStore, match=f"is being run in .* by process {os.getpid()}"),
            store.begin(CAMPAIGN),
        ):
            pass
        with store.begin(synthetic.campaign(seed=2)):
            pass
    with store.begin(CAMPAIGN):
        pass


def _hold(path: Path, begun: Event) -> None:
    with results.prepare(path).begin(CAMPAIGN):
        begun.set()
        signal.pause()


def test_a_lock_that_leads_elsewhere_is_refused_and_nothing_is_written_there(tmp_path: Path) -> None:
    store, elsewhere = synthetic.sealed(tmp_path / "store", [range(1)], 1), tmp_path / "letter"
    elsewhere.write_text("precious")
    (store.path / "campaigns" / f"{CAMPAIGN.id}.lock").symlink_to(elsewhere)
    with pytest.raises(BadStore), store.begin(CAMPAIGN):
        pass
    assert elsewhere.read_text() == "precious"


def test_a_killed_process_frees_its_campaign(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    begun = spawn.Event()
    holder = spawn.Process(target=_hold, args=(tmp_path, begun))
    holder.start()
    assert begun.wait(30)
    store = results.open(tmp_path)
    with pytest.raises(BadStore, match="is being run"), store.begin(CAMPAIGN):
        pass
    holder.kill()
    holder.join()
    with store.begin(CAMPAIGN):
        assert store.missing(CAMPAIGN.id, 1) == [0]


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_a_forked_worker_does_not_hold_the_campaign_when_the_run_has_ended(tmp_path: Path) -> None:
    store = results.prepare(tmp_path)
    with store.begin(CAMPAIGN):
        worker = os.fork()
        if worker == 0:
            signal.pause()
            os._exit(0)
    try:
        with store.begin(CAMPAIGN):
            pass
    finally:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
