"""A control room in a browser: the form filled in, and what a run's page shows, as a person does and sees it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.flows.control_room.room import PATIENCE_S

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page


@dataclass(frozen=True)
class Person:
    """Somebody who looks at Prefect's pages."""

    page: "Page"
    url: str

    def opens_form(self, flow: str) -> None:
        """From the list of deployments, as nobody knows its address."""
        self.page.goto(f"{self.url}/deployments")
        self.page.get_by_role("row").filter(has_text="tocsin").filter(has_text=flow).get_by_role(
            "link"
        ).first.click()
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
        """The form is sent, and taken."""
        self.page.get_by_role("button", name="Submit").click()
        self.page.wait_for_url("**/deployments/deployment/*?*", timeout=PATIENCE_S * 1000)

    def opens_run(self, run: str) -> None:
        """The page of a run."""
        self.page.goto(f"{self.url}/runs/flow-run/{run}")

    def sees(self, state: str) -> None:
        """The badge of the run says this, in its time; nothing is loaded again."""
        self.page.locator(".state-badge").get_by_text(state, exact=True).first.wait_for(
            timeout=PATIENCE_S * 1000
        )

    def opens_tab(self, name: str) -> None:
        """Of the page of a run."""
        self.page.locator(f".p-tab#{name}").click()

    def cancels(self) -> None:
        """The run, and says so twice."""
        self.page.get_by_role("button", name="Cancel", exact=True).click()
        self.page.get_by_role("button", name="Confirm").click()

    def follows(self, link: str, address: str) -> "Page":
        """The link, to the tab in which it opens."""
        self.page.get_by_role("link", name=link).click()
        latest = time.monotonic() + PATIENCE_S
        while not (there := [tab for tab in self.page.context.pages if address in tab.url]):
            assert time.monotonic() < latest, self.page.url
            self.page.wait_for_timeout(100)
        return there[0]
