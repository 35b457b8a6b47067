"""The documentation as a reader opens it: built strictly, and read without a network."""

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

ROOT = Path(__file__).parents[2]


class Page(HTMLParser):
    """What one page points to, what it fetches by itself, and what can be pointed to in it."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.file = file
        self.links: set[str] = set()
        self.fetched: set[str] = set()
        self.anchors: set[str] = set()
        self.language: str | None = None
        self.feed(file.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One opening tag."""
        named = dict(attrs)
        self.anchors.update(filter(None, [named.get("id")]))
        if tag == "html":
            self.language = named.get("lang")
        if tag == "a":
            self.links.update(filter(None, [named.get("href")]))
        elif tag != "form":
            self.fetched.update(filter(None, [named.get("src"), named.get("href")]))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Page]:
    """Every page of the site, built as `make docs` builds it."""
    site = tmp_path_factory.mktemp("site")
    strictly = ["--fail-on-warning", "--keep-going", "--quiet", "-d", str(site / ".doctrees")]
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", *strictly, "docs", str(site)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return {file: Page(file) for file in site.rglob("*.html")}


def test_no_link_or_anchor_is_dead(pages: dict[Path, Page]) -> None:
    dead = [
        f"{page.file.name}: {link}"
        for page in pages.values()
        for link in page.links | page.fetched
        if not urlsplit(link).scheme and not _leads_somewhere(page.file, link, pages)
    ]
    assert not dead


def _leads_somewhere(file: Path, link: str, pages: dict[Path, Page]) -> bool:
    parts = urlsplit(link)
    target = (file.parent / unquote(parts.path)).resolve() if parts.path else file
    if not target.is_file():
        return False
    return not parts.fragment or target not in pages or unquote(parts.fragment) in pages[target].anchors


def test_nothing_is_fetched_from_elsewhere(pages: dict[Path, Page]) -> None:
    assert not [found for page in pages.values() for found in page.fetched if urlsplit(found).netloc]
    site = next(file.parent for file in pages if file.name == "search.html")
    styles = [file.read_text("utf-8") for file in site.rglob("*.css")]
    assert styles
    assert not [text for text in styles if "url(http" in text or "url(//" in text or "@import" in text]


def test_planners_read_and_search_in_french_and_others_in_english(pages: dict[Path, Page]) -> None:
    languages = {
        file.name if file.parent.name != "planners" else "planners": page.language
        for file, page in pages.items()
    }
    assert languages["planners"] == languages["recherche.html"] == "fr"
    assert languages["model.html"] == languages["search.html"] == "en"
    planners = next(file for file in pages if file.parent.name == "planners")
    assert 'action="../recherche.html"' in planners.read_text("utf-8")
    assert "Aller au contenu" in planners.read_text("utf-8")
