"""What a program, a script or a notebook may expect of `flows.campaign`."""

import json
import os
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

import flows
import simulation
import topologies
from flows.terminal import notebook, progress
from flows.terminal.notebook import PLAIN, RICH
from tests.campaigns import prepare_campaign
from tests.flows.commands import FOREIGN, PROXIES, ROOT, SCENARIO, prefect_home, processes_with
from topologies.errors import TocsinError

SCRIPT = """
import asyncio, json, logging, os, signal, sys, threading

def state():
    handlers = {int(each): signal.getsignal(each) for each in signal.valid_signals()}
    return dict(os.environ), os.getcwd(), handlers, logging.root.handlers, sys.modules["__main__"], list(sys.path)

before = state()
from flows import campaign

def ask(replications):
    told = campaign("bretagne", "ransomware-large-hospital", replications=replications, store="store", workers=1)
    summaries.append([told.campaign, told.replications])

async def in_a_running_loop():
    ask(1)

print("begun")
summaries = []
asyncio.run(in_a_running_loop())
thread = threading.Thread(target=ask, args=[2])
thread.start()
thread.join()
ask(2)
print(json.dumps({"summaries": summaries, "unchanged": state() == before, "prefect": "prefect" in sys.modules}))
"""
"""Without a main guard; in a loop that runs, in another thread, and a third time when all is there."""


@pytest.mark.long
def test_a_campaign_runs_from_a_script_a_loop_and_a_thread_and_leaves_the_process_as_it_was(
    littered: Path, tmp_path: Path, fresh_database: Path
) -> None:
    """Whatever settings of somebody else's flows stand in its environment, its folder and its home."""
    (littered / "script.py").write_text(SCRIPT)
    prefect_home(tmp_path / ".local/state/tocsin/prefect", fresh_database)
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "XDG", "TOCSIN"))
    }
    environment = kept | {
        "HOME": str(tmp_path),
        "PYTHONPATH": str(ROOT),
        "MARKER": str(tmp_path),
        **FOREIGN,
        **PROXIES,
    }
    done = subprocess.run(
        [sys.executable, "-W", "error", "script.py"],
        check=False,
        capture_output=True,
        text=True,
        cwd=littered,
        env=environment,
        timeout=250,
    )
    assert (done.returncode, done.stderr) == (0, "")
    begun, said = done.stdout.splitlines()
    told = json.loads(said)
    assert begun == "begun", "no worker runs the script again"
    assert told["unchanged"]
    assert not told["prefect"]
    assert [replications for _, replications in told["summaries"]] == [1, 2, 2]
    assert len({campaign for campaign, _ in told["summaries"]}) == 1
    assert processes_with(f"MARKER={tmp_path}") == {}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"replications": 0}, "replications is 0; give a whole number from 1 to 1000000"),
        ({"replications": 10**10}, "replications is 10000000000"),
        ({"replications": True}, "replications is True"),
        ({"replications": 2.5}, "replications is 2.5"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**53}, "seed is 9007199254740992"),
        ({"workers": 0}, "workers is 0"),
        ({"posture": "prepare"}, "prepared"),
        ({"event": Path("nowhere/event.yaml")}, "nowhere/event.yaml"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_nothing_is_written(
    tmp_path: Path, wrong: dict[str, Any], told: str
) -> None:
    with pytest.raises(TocsinError) as refusal:
        flows.campaign(*SCENARIO, **({"store": tmp_path / "store"} | wrong))
    assert told in str(refusal.value)
    assert list(tmp_path.iterdir()) == []


def test_a_notebook_shows_one_bar_and_below_it_what_was_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_LANG", "en")
    shown: list[dict[str, str]] = []

    def show(content: dict[str, str], **_options: bool) -> Any:
        shown.append(content)
        return types.SimpleNamespace(update=show)

    kernel = types.SimpleNamespace(get_ipython=lambda: types.SimpleNamespace(kernel="one"))
    monkeypatch.setitem(sys.modules, "IPython", kernel)
    monkeypatch.setitem(sys.modules, "IPython.display", types.SimpleNamespace(display=show))
    with progress.in_python(4) as bar:
        bar.show(0)
        bar.show(2)
        bar.say("a <worker> was killed")
        bar.show(2)
        bar.show(4)
    assert [content[PLAIN].splitlines()[0] for content in shown] == [
        "Starting 0/4",
        "Replications 2/4",
        "Replications 2/4",
        "Writing the results 4/4",
    ]
    assert shown[-1][PLAIN].splitlines()[1] == "a <worker> was killed"
    assert '<progress value="4" max="4">' in shown[-1][RICH]
    assert "a &lt;worker&gt; was killed" in shown[-1][RICH]


@pytest.mark.parametrize("shell", [None, types.SimpleNamespace()])
def test_elsewhere_nothing_is_shown(monkeypatch: pytest.MonkeyPatch, shell: object) -> None:
    monkeypatch.setitem(sys.modules, "IPython", types.SimpleNamespace(get_ipython=lambda: shell))
    assert not notebook.is_here()
    with progress.in_python(4) as bar:
        assert isinstance(bar, progress.Silence)


def test_what_is_large_is_shown_short() -> None:
    region = topologies.load(SCENARIO[0])
    scenario, posture = simulation.load_scenario(SCENARIO[1]), simulation.load_posture("baseline")
    outcome = simulation.simulate(region, scenario, posture, 1, 0, event=None)
    prepared = prepare_campaign(region, scenario, posture, simulation.load_parameters())
    for large in (region, prepared, outcome):
        assert len(repr(large)) < 200
        assert "\n" not in repr(large)
    assert "ile-de-france" in repr(region)


def test_one_replication_takes_another_event_or_other_parameters() -> None:
    region, posture = topologies.load(SCENARIO[0]), simulation.load_posture("baseline")
    scenario = simulation.load_scenario(SCENARIO[1])
    parameters = simulation.load_parameters()
    own = simulation.simulate(region, scenario, posture, 1, 0)
    named = simulation.simulate(
        region, scenario, posture, 1, 0, event=simulation.load_event("paris-2024"), parameters=parameters
    )
    nobody = simulation.simulate(region, scenario, posture, 1, 0, event=None)
    assert own.replication == named.replication
    # Residents who are away during these Games outnumber the visitors who fall ill.
    assert nobody.replication.ed_visits > own.replication.ed_visits
