"""The pictures of the READMEs: the top of a campaign's page, and its map in the worst crisis, as a browser shows them.

`python -m tests.docs.pictures STORE CAMPAIGN` takes them; `python -m tests.docs.screens` does so of the campaign that
the READMEs run, so that no picture is of an older model than the screen above it.
"""

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

import results
from results.presentation import language
from results.report import Asked, NamesShown, Tlp, report_of

IMAGES = Path(__file__).parents[2] / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TOP = {"width": 1120, "height": 900}
BELOW_BRIEF = 24
WIDE = {"width": 1280, "height": 900}


def take(store: Path, campaign: str) -> None:
    """Both pictures, in French."""
    os.environ[language.VARIABLE] = "fr"
    page = report_of(results.open(store), campaign, Asked(tlp=Tlp.AMBER, names=NamesShown.REAL)).page()
    with TemporaryDirectory() as folder, sync_playwright() as driver:
        file = Path(folder) / "page.html"
        file.write_text(page, "utf-8")
        browser = driver.chromium.launch(executable_path=browser_here(), args=["--no-sandbox"])
        shown = browser.new_page()
        shown.goto(file.as_uri())
        _take_top(shown)
        _take_map(shown)
        browser.close()


def browser_here() -> str | None:
    """A Chromium that is installed; the driver comes with its package, a browser does not."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def _take_top(shown: Page) -> None:
    shown.set_viewport_size(TOP)  # type: ignore[arg-type]
    brief = shown.locator(".brief").bounding_box()
    assert brief, "a page of a crisis tells in brief what it says"
    height = brief["y"] + brief["height"] + BELOW_BRIEF
    shown.screenshot(path=IMAGES / "page.png", clip={"x": 0, "y": 0, "width": TOP["width"], "height": height})


def _take_map(shown: Page) -> None:
    """The worst crisis when most systems are down, and the centre of the region."""
    shown.set_viewport_size(WIDE)  # type: ignore[arg-type]
    shown.locator("[name=crisis]").last.check()
    shown.locator(".zoom").click()
    shown.add_style_tag(content=".map details { display: none; }")
    shown.locator("figure.map").screenshot(path=IMAGES / "map.png")


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2])
