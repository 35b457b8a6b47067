import json
import os
import signal
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import simulation
from flows.execution.comparison import ComparisonOrder, comparison_of
from flows.recording.breaches import BREACHED
from tests.flows.commands import (
    FOREIGN,
    LEAVES_WITHIN_S,
    PROXIES,
    QUICK,
    Tocsin,
    plain,
    prefect_home,
    press_ctrl_c,
    processes_with,
    start,
)
from tests.flows.control_room.room import BOTH, PATIENCE_S, ControlRoom, gone_within, opened, process_of
from tests.flows.runs import files_of, plan_with, run_here

REGION, ATTACK = QUICK
ASKED = {"region": REGION, "scenario": ATTACK, "seed": 5, "workers": 1}
ENDED = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("room")


@pytest.fixture(scope="module")
def control_room(environment: dict[str, str], folder: Path, fresh_database: Path) -> Iterator[ControlRoom]:
    """On a machine with proxies that nobody answers, and with settings of somebody else's flows."""
    own = {"MARKER": str(folder), "PREFECT_HOME": prefect_home(folder / "prefect", fresh_database)}
    room = opened(environment | own | FOREIGN | PROXIES, "--store", str(folder / "store"))
    yield room
    room.process.kill()
    room.process.communicate()


def _breached(told: dict[str, Any]) -> set[str]:
    """The thresholds that held less often than the scenario asks, by what the command tells."""
    judged = [each for verdict in ("care", "systems") for each in told[verdict]["thresholds"]]
    return {
        each["indicator"]
        for each in judged
        if each["given"]["of"] and each["given"]["share"] < told["target"]
    }


@pytest.mark.long
def test_a_campaign_runs_as_a_flow_that_the_control_room_shows(
    tocsin: Tocsin, control_room: ControlRoom, tmp_path: Path, undisturbed: dict[str, bytes]
) -> None:
    store = tmp_path / "store"
    arguments = [
        "run",
        *QUICK,
        "-n",
        "6",
        "--seed",
        "5",
        "--workers",
        "2",
        "--store",
        str(store),
        "--json",
    ]
    done = tocsin(*arguments, **PROXIES, PREFECT_API_URL=f"{control_room.url}/api")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["replications"] == told["new_replications"] == 6
    assert told["new_ordinary_replications"] == 6
    assert told["care"]["over_all"]["interval"][0] <= told["care"]["over_all"]["share"]
    assert files_of(store) == undisturbed

    (run,) = control_room.ask("flow_runs/filter")
    assert run["name"] == "bretagne · ransomware-large-hospital · baseline · 6 réplications · graine 5"
    assert run["state_type"] == "COMPLETED"
    assert "soins" in run["state"]["message"].lower()
    log = [each["message"] for each in control_room.ask("logs/filter", {"sort": "TIMESTAMP_ASC"})]
    assert any(line.startswith("sans l’attaque, réplication 0") for line in log)
    assert any(str(store) in line for line in log)
    breached = control_room.events(BREACHED)
    assert {each["payload"]["indicator"] for each in breached} == _breached(told)
    shown = control_room.ask("artifacts/filter")
    assert [each["data"] for each in shown if each["type"] == "progress"] == [100]
    pages = {each["key"].split("-")[-1]: each["data"] for each in shown if each["type"] == "markdown"}
    assert "déclenchée" in pages["verdict"]
    assert all("TLP:AMBER" in each["description"] for each in shown if each["type"] != "progress")
    assert "docs/parameters.md" in pages["sensitivity"]
    tables = {each["key"].split("-")[-1]: each["data"] for each in shown if each["type"] == "table"}
    assert set(tables) == {"added", "waits", "thresholds", "indicators"}
    assert "Patients non pris en charge" in tables["added"]
    tasks = {task["name"] for task in control_room.ask("task_runs/filter")}
    assert {"replication 0", "sans l'attaque, replication 0"} <= tasks


def test_the_control_room_offers_a_form_with_choices_and_help(control_room: ControlRoom) -> None:
    fields = control_room.deployment()["parameter_openapi_schema"]["properties"]
    assert fields["posture"]["enum"] == simulation.posture_names()
    assert all(field["description"] for field in fields.values())
    with urllib.request.urlopen(control_room.url, timeout=30) as page:
        assert "text/html" in page.headers["content-type"]


def test_a_monthly_campaign_and_automations_wait_switched_off(control_room: ControlRoom) -> None:
    monthly = control_room.deployment(name="readiness")
    (schedule,) = monthly["schedules"]
    assert (schedule["active"], schedule["schedule"]["cron"]) == (False, "0 3 1 * *")
    assert schedule["schedule"]["timezone"] == "Europe/Paris"
    assert monthly["parameters"]["posture"] == "baseline"  # nobody shares what audits found
    automations = control_room.automations()
    assert [each["enabled"] for each in automations] == [False, False]
    assert {BREACHED} in [set(each["trigger"]["expect"]) for each in automations]


def test_a_comparison_is_ordered_from_its_form_and_told_with_its_run(
    control_room: ControlRoom, folder: Path
) -> None:
    asked: dict[str, Any] = {
        "region": "corse",
        "scenario": "ransomware-large-hospital",
        "postures": ("exercises-half", "exercises-all"),
        "replications": 2,
        "workers": 1,
    }
    plan = comparison_of(ComparisonOrder(**asked, store=str(folder / "store/compared")))
    for part in plan.parts:
        run_here(part)
    run = control_room.order_of("comparison", **asked, store="compared")
    assert control_room.state(run, ENDED)[0] == "COMPLETED"
    named = control_room.ask(f"flow_runs/{run}", method="GET")["name"]
    assert (
        named
        == "corse · ransomware-large-hospital · exercises-half, exercises-all · 2 réplications · graine 1"
    )
    shown = {each["key"]: each["data"] for each in control_room.ask("artifacts/filter") if each["key"]}
    comparison = plan.description.comparison
    assert "au lieu de" in shown[f"{comparison}-paired"]
    assert "Exercices dans tous les" in shown[f"{comparison}-added"]
    assert (folder / f"store/compared/comparisons/{comparison}.json").exists()


def test_whatever_a_deployment_is_made_to_say_our_flow_alone_is_run(
    control_room: ControlRoom, folder: Path, undisturbed: dict[str, bytes]
) -> None:
    ours, trap = control_room.deployment(), folder / "trap"
    shell = {"prefect.deployments.steps.run_shell_script": {"script": f"touch {trap}"}}
    evil = {"pull_steps": [shell], "entrypoint": f"{trap}.py:flow", "path": str(trap)}
    control_room.ask(f"deployments/{ours['id']}", evil, "PATCH")
    foreign = control_room.ask("deployments/", {"name": "evil", "flow_id": ours["flow_id"], **evil})["id"]
    untouched = control_room.ask(f"deployments/{foreign}/create_flow_run", {"state": {"type": "SCHEDULED"}})
    run = control_room.order(**ASKED, replications=6, store="ordered")
    assert control_room.state(run, ENDED)[0] == "COMPLETED"
    assert files_of(folder / "store/ordered") == undisturbed
    assert control_room.state(untouched["id"], {"SCHEDULED"})
    assert not trap.exists()


def test_what_a_form_may_not_ask_fails_in_a_sentence_without_a_word_of_any_file(
    control_room: ControlRoom, folder: Path
) -> None:
    (folder / "secret.yaml").write_text("root:hash\n")
    wrong: list[dict[str, object]] = [
        {"event": str(folder / "secret.yaml")},
        {"store": str(folder / "elsewhere")},
        {"replications": 10**10},
        {"replications": "many"},
        {"evil": 1},
    ]
    runs = [control_room.order(**(ASKED | each)) for each in wrong]
    said = [control_room.state(run, ENDED) for run in runs]
    assert [state for state, _ in said] == ["FAILED"] * len(wrong)
    assert all(message and "\n" not in message and "Error" not in message for _, message in said), said
    assert not any("hash" in message for _, message in said)
    assert not (folder / "elsewhere").exists()


def test_a_cancelled_run_says_so_and_a_killed_runner_takes_its_runs_with_it_and_is_replaced(
    control_room: ControlRoom, folder: Path
) -> None:
    stores = [folder / "store/cancelled", folder / "store/killed"]
    cancelled, killed = (control_room.order(**ASKED, replications=500, store=store.name) for store in stores)
    for store in stores:
        control_room.until_computing(store)
    control_room.ask(f"flow_runs/{cancelled}/set_state", {"state": {"type": "CANCELLING"}})
    state, message = control_room.state(cancelled, ENDED)
    assert (state, "reprend" in message) == ("CANCELLED", True)
    runs = [
        each
        for each in processes_with(f"MARKER={folder}").values()
        if "-m flows.control_room.flow_run" in each
    ]
    assert [killed in each for each in runs] == [True]

    os.kill(process_of(f"MARKER={folder}", "flows.control_room.runner"), signal.SIGKILL)
    state, message = control_room.state(killed, ENDED)
    assert (state, "reprend" in message) == ("CRASHED", True)
    again = control_room.order(**ASKED, replications=6, store="ordered")
    assert control_room.state(again, ENDED)[0] == "COMPLETED"


def test_the_control_room_closes_on_ctrl_c_with_no_process_left(
    control_room: ControlRoom, folder: Path
) -> None:
    seconds, said = press_ctrl_c(control_room.process)
    assert control_room.process.returncode == 130
    assert seconds < LEAVES_WITHIN_S
    assert "Traceback" not in said
    assert processes_with(f"MARKER={folder}") == {}


def test_after_a_kill_no_run_says_running_and_the_campaign_resumes_with_the_same_bytes(
    environment: dict[str, str], tmp_path: Path, fresh_database: Path
) -> None:
    home = prefect_home(tmp_path / "prefect", fresh_database)
    marked = environment | {"MARKER": str(tmp_path), "PREFECT_HOME": home}
    password = tmp_path / "password"
    password.write_text("planner:secret\n")
    password.chmod(0o600)
    arguments = ["--host", "0.0.0.0", "--auth-file", str(password), "--store", str(tmp_path / "stores")]
    room = opened(marked, *arguments, password="planner:secret")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"{room.url}/api/health", timeout=30)
    command = start(marked, "run", *QUICK, "-n", "500", "--workers", "1", "--store", str(tmp_path / "typed"))
    room.until_computing(tmp_path / "typed")
    typed = room.only_run()
    assert room.state(typed, ENDED | {"RUNNING"})[0] == "RUNNING"
    process_of(
        f"MARKER={tmp_path}", "flows.server.server"
    )  # the only one: the command joined that of the room
    command.kill()
    command.communicate()
    assert room.state(typed, ENDED)[0] == "CRASHED"  # by a server that lives
    ordered = room.order(**ASKED, replications=24, store="mine")
    monthly = room.deployment(name="readiness")
    room.ask(f"deployments/{monthly['id']}", {"parameters": {"region": "corse"}}, "PATCH")
    room.until_computing(tmp_path / "stores/mine")
    room.process.kill()
    room.process.communicate()
    assert gone_within(f"MARKER={tmp_path}", 5)

    room = opened(marked, *arguments, password="planner:secret")
    under_way = {"flow_runs": {"state": {"type": {"any_": ["RUNNING", "PENDING"]}}}}
    assert room.ask("flow_runs/filter", under_way) == []
    kept = room.deployment(name="readiness")
    assert (kept["id"], kept["parameters"]) == (monthly["id"], {"region": "corse"})
    assert len(room.automations()) == BOTH
    assert "reprend" in room.state(ordered, {"CRASHED"})[1]  # by one that starts
    resumed = room.order(**ASKED, replications=24, store="mine")
    assert room.state(resumed, ENDED)[0] == "COMPLETED"
    run_here(plan_with(tmp_path / "alike", replications=24, workers=1))
    assert files_of(tmp_path / "stores/mine") == files_of(tmp_path / "alike")

    os.kill(process_of(f"MARKER={tmp_path}", "flows.server.server"), signal.SIGKILL)
    said = room.process.communicate(timeout=PATIENCE_S)[1]
    assert (room.process.returncode, "Traceback" in said) == (1, False)
    assert "s'est arrêté de lui-même" in plain(said)
    assert gone_within(f"MARKER={tmp_path}", 5)
