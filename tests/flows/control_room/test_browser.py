"""A control room in a real browser: a planner's form, run, watch, cancel and result; a reader's look; a stranger's.

`TOCSIN_PICTURES=1 pytest tests/flows/control_room/test_browser.py` takes the pictures of docs/operating.md as it goes.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.docs.pictures import IMAGES, browser_here
from tests.flows.commands import prefect_home
from tests.flows.control_room.browsing import Person
from tests.flows.control_room.room import ControlRoom, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, HttpCredentials

PLANNER, READER = "planner:a long one", "reader:another one"
SIGHT = {"width": 1280, "height": 1000}
PATIENCE_MS = 60_000
QUICK = {"Région": "corse", "Scénario": "island-alone"}

pytestmark = pytest.mark.skipif(browser_here() is None, reason="no Chromium here")

Enter = Callable[[str], Person]
"""Somebody comes with this login."""


@pytest.fixture(scope="module")
def room(
    environment: dict[str, str], fresh_database: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ControlRoom]:
    """One that has a login for planners and one for readers."""
    folder = tmp_path_factory.mktemp("browsed")
    files = []
    for text in (PLANNER, READER):
        files.append(folder / text.partition(":")[0])
        files[-1].write_text(text)
        files[-1].chmod(0o600)
    own = {"PREFECT_HOME": prefect_home(folder / "prefect", fresh_database), "TOCSIN_LANG": "fr"}
    logins = ["--auth-file", str(files[0]), "--reader-auth-file", str(files[1])]
    room = opened(environment | own, *logins, "--store", str(folder / "store"), password=PLANNER)
    room.deployment()
    yield room
    room.process.kill()
    room.process.communicate()


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=browser_here(), args=["--no-sandbox", "--disable-gpu"]
        )
        yield opened
        opened.close()


@pytest.fixture
def enter(browser: "Browser", room: ControlRoom) -> Iterator[Enter]:
    contexts = []

    def somebody(login: str) -> Person:
        user, _colon, password = login.partition(":")
        known: HttpCredentials | None = {"username": user, "password": password} if login else None
        contexts.append(browser.new_context(http_credentials=known, viewport=SIGHT, locale="fr-FR"))  # type: ignore[arg-type]
        page = contexts[-1].new_page()
        page.set_default_timeout(PATIENCE_MS)
        return Person(page, room.url)

    yield somebody
    for context in contexts:
        context.close()


def run_called(room: ControlRoom, name: str) -> str:
    """The run of which the name begins so."""
    (run,) = (run for run in room.ask("flow_runs/filter") if run["name"].startswith(name))
    return str(run["id"])


def take_picture(person: Person, name: str) -> None:
    """A picture of the documentation, where it is asked for."""
    if os.environ.get("TOCSIN_PICTURES"):
        person.page.screenshot(path=IMAGES / f"{name}.png")


def test_a_planner_fills_in_a_form_in_french_watches_the_run_and_reads_its_verdict_and_its_page(
    room: ControlRoom, enter: Enter
) -> None:
    planner = enter(PLANNER)
    planner.opens_form("campaign")
    assert planner.field("Réplications").get_by_text("combien de fois", exact=False).count() == 1
    planner.chooses(QUICK)
    planner.types({"Réplications": "2", "Processus": "1"})
    take_picture(planner, "control-room-form")
    planner.launches()
    room.only_run()
    (run,) = room.ask("flow_runs/filter")
    planner.opens_run(run["id"])
    planner.sees("Completed")
    assert planner.page.get_by_text(
        "corse · island-alone · baseline · 2 réplications · graine 1"
    ).first.is_visible()
    _state, verdict = room.state(run["id"], {"COMPLETED"})
    take_picture(planner, "control-room-run")
    planner.opens_tab("details")
    planner.page.get_by_text(verdict[:60]).first.wait_for()
    planner.opens_tab("artifacts")
    planner.page.get_by_text("Page · TLP:AMBER").wait_for()
    planner.page.locator(".artifact-card", has_text="Page · TLP:AMBER").click()
    page = planner.follows("La page", "/tocsin/pages/")
    page.set_default_timeout(PATIENCE_MS)
    page.bring_to_front()
    page.get_by_text("TLP:AMBER").first.wait_for()
    page.wait_for_load_state()  # its script stands last
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function("document.querySelector('[data-chart] svg')")


def test_a_planner_cancels_a_run_that_keeps_the_name_they_typed(room: ControlRoom, enter: Enter) -> None:
    planner = enter(PLANNER)
    planner.opens_form("campaign")
    planner.names_run("Essai de novembre")
    planner.chooses(QUICK)
    planner.types({"Réplications": "5000", "Graine": "2", "Processus": "1"})
    planner.launches()
    run = run_called(room, "Essai de novembre")
    planner.opens_run(run)
    planner.sees("Running")
    assert run_called(room, "Essai de novembre") == run
    planner.cancels()
    planner.sees("Cancelled")
    assert "reprend" in room.state(run, {"CANCELLED"})[1]


def test_a_reader_sees_the_runs_and_launches_nothing(room: ControlRoom, enter: Enter) -> None:
    before = len(room.ask("flow_runs/filter"))
    reader = enter(READER)
    reader.page.goto(f"{room.url}/runs")
    reader.page.get_by_text("corse · island-alone").first.wait_for()
    reader.opens_form("campaign")
    reader.chooses(QUICK)
    with reader.page.expect_response("**/create_flow_run") as answered:
        reader.page.get_by_role("button", name="Submit").click()
    assert answered.value.status == 403
    assert len(room.ask("flow_runs/filter")) == before


@pytest.mark.parametrize("login", ["", "planner:guessed"])
def test_a_stranger_sees_nothing(room: ControlRoom, enter: Enter, login: str) -> None:
    asked = enter(login).page.request
    for path in ("/", "/runs", "/api/flow_runs/count", "/tocsin/pages/c0123456789abcde.html"):
        answer = asked.get(f"{room.url}{path}")
        assert (answer.status, "Corse" in answer.text()) == (401, False), path
