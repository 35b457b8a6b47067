"""A page in a real browser: nothing is fetched, nothing fails, it fits, and all can read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from results import Store
from results.report import report_of
from tests.docs.pictures import browser_here
from tests.results.report.test_page import REAL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SEEN = [("campaign", 1280), ("campaign", 390), ("comparison", 390)]
GRAVE = {"serious", "critical"}


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    """One that is installed here; the driver comes with its package, a browser does not."""
    found = browser_here()
    if found is None:
        pytest.skip("no Chromium here")
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


def charts_drawn(page: "Page") -> None:
    """All charts are drawn, as before printing."""
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function(
        "[...document.querySelectorAll('[data-chart]')].every(place => place.querySelector('svg'))"
    )


@pytest.fixture(scope="module")
def pages(written: Path, compared: tuple[Store, str]) -> dict[str, Path]:
    """That of a campaign, and that of a comparison."""
    file = written.with_name("comparison.html")
    store, name = compared
    file.write_text(report_of(store, name, REAL).page(), "utf-8")
    return {"campaign": written, "comparison": file}


@pytest.mark.parametrize(("kind", "width"), SEEN)
def test_a_page_opens_from_a_file_fits_and_can_be_read_by_all(
    browser: "Browser", pages: dict[str, Path], kind: str, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages[kind].as_uri())
    charts_drawn(page)
    assert said == []
    assert [address for address in asked if not address.startswith("data:")] == [pages[kind].as_uri()]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.pwned") is None
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in GRAVE] == []
    page.close()


def test_the_slider_and_the_keyboard_move_the_map(browser: "Browser", written: Path) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(written.as_uri())
    slider, moment, down = (
        page.locator(".hour"),
        page.locator(".moment"),
        page.locator(".count[data-state=down]"),
    )
    at_peak = int(down.text_content() or "")
    assert at_peak == page.locator(".sites .down").count() > 0
    shown = moment.text_content()
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert moment.text_content() != shown
    page.keyboard.press("Home")
    assert (slider.input_value(), down.text_content()) == ("0", "0")
    page.locator(".play").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("document.querySelector('.hour').value > 4")
    page.keyboard.press("Enter")
    assert page.locator(".play").text_content() == "Lecture"
    page.locator("[name=crisis]").last.check()
    assert page.locator(".sites .down").count() > 0
    page.close()
