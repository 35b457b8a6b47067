"""A control room, as the tests open it and ask it."""

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tests.flows.commands import processes_with, read_until, start

BOTH = 2
PATIENCE_S = 200
"""For what takes seconds, on a machine that has other things to do."""


@dataclass(frozen=True)
class ControlRoom:
    """`tocsin serve`, and what one can ask it."""

    process: "subprocess.Popen[str]"
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def ask(self, path: str, question: dict[str, Any] | None = None, method: str = "POST") -> Any:
        body = None if method == "GET" else json.dumps(question or {}).encode()
        headers = {"content-type": "application/json", **self.headers}
        request = urllib.request.Request(f"{self.url}/api/{path}", body, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise
            time.sleep(1)  # the database is busy, and whoever asks is to ask again
            return self.ask(path, question, method)

    def deployment(self, flow: str = "campaign", name: str = "tocsin") -> dict[str, Any]:
        """The campaign, or the comparison, as it is offered; in a moment, when the room has just opened."""
        latest = time.monotonic() + PATIENCE_S
        asked = {"flows": {"name": {"any_": [flow]}}, "deployments": {"name": {"any_": [name]}}}
        while not (offered := self.ask("deployments/filter", asked)):
            assert time.monotonic() < latest, name
            time.sleep(0.2)
        return dict(offered[0])

    def automations(self) -> list[dict[str, Any]]:
        """Both that a room creates when it opens, once they are there."""
        latest = time.monotonic() + PATIENCE_S
        while len(found := self.ask("automations/filter")) != BOTH:
            assert time.monotonic() < latest, found
            time.sleep(0.2)
        return list(found)

    def order(self, **asked: object) -> str:
        """What anybody who reaches the API can order, checked by nobody before; returns the run."""
        return self.order_of("campaign", **asked)

    def order_of(self, flow: str, **asked: object) -> str:
        """The same of a campaign or of a comparison."""
        offered = self.deployment(flow)["id"]
        self.ask(f"deployments/{offered}", {"enforce_parameter_schema": False}, "PATCH")
        question = {
            "parameters": asked,
            "state": {"type": "SCHEDULED"},
            "job_variables": {"command": "false"},
        }
        return str(self.ask(f"deployments/{offered}/create_flow_run", question)["id"])

    def state(self, run: str, expected: set[str]) -> tuple[str, str]:
        """The state of a run and what it says, once it is one of those expected."""
        latest = time.monotonic() + PATIENCE_S
        while (state := self.ask(f"flow_runs/{run}", method="GET")["state"])["type"] not in expected:
            assert time.monotonic() < latest, state
            time.sleep(0.2)
        return state["type"], state["message"] or ""

    def only_run(self) -> str:
        """The one run that Prefect knows, once it does."""
        latest = time.monotonic() + PATIENCE_S
        while not (runs := self.ask("flow_runs/filter")) and time.monotonic() < latest:
            time.sleep(0.2)
        (run,) = runs
        return str(run["id"])

    def events(self, name: str) -> list[dict[str, Any]]:
        """The events of this name, once the server has put them away."""
        latest = time.monotonic() + PATIENCE_S
        of_name = {"filter": {"event": {"name": [name]}}}
        while not (events := self.ask("events/filter", of_name)["events"]) and time.monotonic() < latest:
            time.sleep(0.5)
        return list(events)

    def until_computing(self, store: Path) -> None:
        """A campaign has finished a chunk in this store."""
        latest = time.monotonic() + PATIENCE_S
        while not list(store.glob("unsealed/*/chunks/*")):
            assert time.monotonic() < latest
            time.sleep(0.1)


def opened(environment: dict[str, str], *arguments: str, password: str = "") -> ControlRoom:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = start(environment, "serve", "--port", str(port), *arguments)
    read_until(process, f"http://127.0.0.1:{port}")
    known = {"authorization": f"Basic {b64encode(password.encode()).decode()}"} if password else {}
    return ControlRoom(process, f"http://127.0.0.1:{port}", known)


def gone_within(marker: str, seconds: float) -> bool:
    """Nothing that the marked command started is left."""
    latest = time.monotonic() + seconds
    while processes_with(marker) and time.monotonic() < latest:
        time.sleep(0.05)
    return processes_with(marker) == {}


def process_of(marker: str, module: str) -> int:
    (pid,) = (pid for pid, command in processes_with(marker).items() if f"-m {module}" in command)
    return pid
