"""What a visitor of the project finds first: both READMEs, how to cite it, how to report."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)[^)]*\)")
TOP = [
    "README.md",
    "README.fr.md",
    "CONTRIBUTING.md",
    ".github/SECURITY.md",
    ".github/CODE_OF_CONDUCT.md",
    "CHANGELOG.md",
]


@pytest.mark.parametrize("name", TOP)
def test_each_page_is_there_and_none_of_its_links_is_dead(name: str) -> None:
    page = ROOT / name
    assert not [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]


def test_it_is_cited_with_the_version_and_the_licence_that_it_has() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {"cff-version", "message", "title", "authors"} <= set(cited)
    assert cited["version"] == project["version"]
    assert cited["license"] == project["license"]


@pytest.mark.parametrize(
    "form", sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml")), ids=lambda form: form.stem
)
def test_each_issue_form_speaks_both_languages_and_asks_something(form: Path) -> None:
    content = yaml.safe_load(form.read_text("utf-8"))
    assert {"name", "description", "body"} <= set(content)
    assert " · " in content["description"]
    assert any(field.get("validations", {}).get("required") for field in content["body"])
    names = [field["id"] for field in content["body"] if "id" in field]
    assert len(names) == len(set(names))
