"""A control room in a browser: the form filled in, and what a run's page shows, as a person does and sees it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.flows.control_room.room import PATIENCE_S

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

SIGHT = {"width": 1280, "height": 1100}


@dataclass(frozen=True)
class Person:
    """Somebody who looks at Prefect's pages."""

    page: "Page"
    url: str

    def opens_form(self, flow: str) -> None:
        """From the list of deployments, as nobody knows its address."""
        self.page.goto(f"{self.url}/deployments")
        self.page.get_by_role("row").filter(has_text=flow).get_by_role("link").first.click()
        self.page.get_by_role("button", name="Run", exact=True).click()
        self.page.get_by_text("Custom run").click()
        self.field("Région").wait_for()

    def field(self, title: str) -> "Locator":
        """A field of the form, by its title."""
        label = self.page.locator(".schema-form-property__label").get_by_text(title)
        return self.page.locator(".schema-form-property").filter(has=label)

    def chooses(self, chosen: Mapping[str, str]) -> None:
        """From lists."""
        for title, name in chosen.items():
            self.field(title).locator(".p-select-button__control").press("Space")
            self.page.locator(".p-select-option").get_by_text(name, exact=True).click()

    def types(self, typed: Mapping[str, str]) -> None:
        """Into fields."""
        for title, text in typed.items():
            self.field(title).locator("input, textarea").fill(text)

    def names_run(self, name: str) -> None:
        """In place of the name that the form has drawn."""
        self.page.locator(".p-label", has_text="Run Name").locator("input").fill(name)

    def launches(self) -> None:
        """The form is sent, and the page tells that the run is scheduled."""
        self.page.get_by_role("button", name="Submit").click()
        self.page.wait_for_url("**/deployments/deployment/*?*")

    def watches(self, run: str, state: str) -> None:
        """The page of a run, until it says this; nothing is loaded again."""
        self.page.goto(f"{self.url}/runs/flow-run/{run}")
        self.sees(state)

    def sees(self, state: str) -> None:
        """The badge of the run says this, when Prefect's page next asks."""
        badge = self.page.locator(".flow-run-header, .page-heading-flow-run, header").get_by_text(
            state, exact=True
        )
        badge.first.wait_for(timeout=PATIENCE_S * 1000)

    def opens_tab(self, name: str) -> None:
        self.page.get_by_role("tab", name=name).or_(self.page.get_by_text(name, exact=True)).first.click()
