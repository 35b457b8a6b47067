"""Every file that the documentation names is there. Decisions are left out: they name the files of their day."""

import re
from pathlib import Path

import pytest

from tests.docs.screens import files_of

ROOT = Path(__file__).parents[2]
ROOMS = "topologies|simulation|results|flows|backtest|benchmarks|tests|docs"
NAMED = re.compile(rf"(?<![\w./-])((?:{ROOMS})/[\w./<>*-]*[\w*/>]|[\w-]+\.(?:py|yaml|toml))(?![\w/])")
OF_THE_READER = {
    "audits.yaml",
    "festival.yaml",
    "nginx.conf",
    "prefect.toml",
    "profiles.toml",
}  # written in an example, or another program's
NEW = re.compile(r"tocsin new \w+ ([\w-]+\.yaml)")
PAGES = [
    *(page for page in (ROOT / "docs").rglob("*.md") if "decisions" not in page.parts),
    *ROOT.glob("*.md"),
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_named_exists(page: Path) -> None:
    text = page.read_text("utf-8")
    of_the_reader = OF_THE_READER | {name for name, _ in files_of(text)} | set(NEW.findall(text))
    missing = {name for name in NAMED.findall(text) if name not in of_the_reader and not _exists(name)}
    assert not missing


def _exists(name: str) -> bool:
    pattern = re.sub(r"<\w+>", "*", name).rstrip("/")
    return any(ROOT.glob(pattern if "/" in name else f"[!.]*/**/{name}")) or (ROOT / name).exists()
