from pathlib import Path

import pytest

from flows.middleware.access import AccessControl
from flows.middleware.pages import Pages, address_of, file_of
from tests.flows.middleware.test_access import anybody, ask

NAME = "c0123456789abcde"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """The shared store, and another below it, each with a page; outside them, a page of nobody's."""
    shared = tmp_path / "store"
    for folder in (shared, shared / "spring", tmp_path / "outside"):
        page = file_of(folder, NAME)
        page.parent.mkdir(parents=True)
        page.write_text(folder.name)
    (shared / "out").symlink_to(tmp_path / "outside")
    return shared


@pytest.mark.parametrize("below", ["", "spring"])
def test_a_page_is_answered_at_the_address_that_its_run_links_to(store: Path, below: str) -> None:
    answer = ask(AccessControl(Pages(anybody, store), None), address_of(Path(below), NAME))
    assert (answer["status"], answer["headers"][b"content-type"]) == (200, b"text/html; charset=utf-8")
    assert int(answer["headers"][b"content-length"]) == len(below or "store")


def test_whatever_stands_in_a_page_asks_nothing_of_prefect_in_the_name_of_its_reader(store: Path) -> None:
    policy = ask(Pages(anybody, store), address_of(Path(), NAME))["headers"][
        b"content-security-policy"
    ].decode()
    assert (
        "sandbox allow-scripts;" in policy
    )  # of no origin: cookies, logins and answers are out of its reach
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    "asked",
    [
        f"out/{NAME}.html",
        f"../outside/{NAME}.html",
        f"nowhere/{NAME}.html",
        f"/{NAME}.html",
        f"spring/../../outside/{NAME}.html",
        f"a\0b/{NAME}.html",
        "c0.html",
        "spring/",
        "",
        "../campaigns/secret.json",
    ],
)
def test_nothing_else_is_answered(store: Path, asked: str) -> None:
    assert ask(Pages(anybody, store), f"/tocsin/pages/{asked}")["status"] == 404


def test_strangers_see_no_page_and_other_paths_are_prefect_s(store: Path) -> None:
    guarded = AccessControl(Pages(anybody, store), "planner:secret")
    assert ask(guarded, address_of(Path(), NAME))["status"] == 401
    assert ask(Pages(anybody, store), "/api/health")["headers"] == {}
