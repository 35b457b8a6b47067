"""The screens of the documentation: the files and commands that pages show, and what the commands print.

`python -m tests.docs.screens` plays each command marked `% écran`, or in a README `<!-- écran -->`, as a new user would
in a folder that holds the files marked `% fichier`, and writes what it prints under it: all of it, or the lines asked
for (`% écran 1-9`). Then the pictures of the READMEs are taken of the campaign that they run (`pictures.py`).
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
PLANNERS = sorted((ROOT / "docs" / "planners").rglob("*.md"))
PAGES = [ROOT / "README.fr.md", ROOT / "README.md", *PLANNERS]
"""The first says how many replications were run; the others find them there."""

FILE = re.compile(r"^% fichier (?P<name>\S+)\n```\w+\n(?P<text>.*?)^```", re.DOTALL | re.MULTILINE)
COMMAND = re.compile(r"^\$ tocsin (?P<arguments>.*)$", re.MULTILINE)
SCREEN = re.compile(
    r"^(?P<marker>(?:%|<!--) écran(?: (?P<first>\d+)-(?P<last>\d+))?(?: -->)?)\n"
    r"```console\n\$ (?P<command>.*?)\n(?P<printed>.*?)^```",
    re.DOTALL | re.MULTILINE,
)
SHOWN = re.compile(r"tocsin report (?P<campaign>c[0-9a-f]+) --output")
MAKE_RUN = ["run", "ile-de-france", "ransomware-opening-ceremony"]
WIDTH = 88


def files_of(page: str) -> Iterator[tuple[str, str]]:
    """The files that a page has its reader save: name and text."""
    return ((found["name"], found["text"]) for found in FILE.finditer(page))


def commands_of(page: str) -> Iterator[list[str]]:
    """The arguments of each `tocsin` command that a page shows."""
    return (shlex.split(found["arguments"]) for found in COMMAND.finditer(page))


def save_files_of(page: str, folder: Path) -> None:
    """The folder holds what a page has its reader save."""
    for name, text in files_of(page):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def played(page: str, folder: Path) -> str:
    """The page with its screens as they are today; what it saves and runs lies in the folder."""
    save_files_of(page, folder)
    return SCREEN.sub(lambda screen: _with_lines(screen, _printed(screen["command"], folder)), page)


def _with_lines(screen: re.Match[str], printed: str) -> str:
    """The screen, were this what its command prints."""
    lines = [line.rstrip() for line in printed.strip("\n").splitlines()]
    shown = lines
    if screen["first"]:
        first, last = int(screen["first"]), int(screen["last"])
        shown = [
            *(["…"] if first > 1 else []),
            *lines[first - 1 : last],
            *(["…"] if last < len(lines) else []),
        ]
    return "\n".join([screen["marker"], "```console", f"$ {screen['command']}", *shown, "```"])


def _printed(command: str, folder: Path) -> str:
    """What a command prints: facts, or why there are none."""
    said = subprocess.run(
        [sys.executable, "-m", "flows.cli.main", *_arguments(command)],
        cwd=folder,
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "TOCSIN_LANG": "fr", "COLUMNS": str(WIDTH), "NO_COLOR": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return (said.stdout or said.stderr).replace(f"{folder}/", "")


def _arguments(command: str) -> list[str]:
    """Those of `tocsin`; `make run` stands for a run, with what its ARGS add."""
    program, *arguments = shlex.split(command)
    if program == "make":
        return [
            *MAKE_RUN,
            *(word for argument in arguments[1:] for word in argument.removeprefix("ARGS=").split()),
        ]
    return arguments


if __name__ == "__main__":
    from tests.docs.pictures import take  # a browser's driver, which no test of these pages needs

    with TemporaryDirectory() as home:
        for path in PAGES:
            path.write_text(played(path.read_text("utf-8"), Path(home)), "utf-8")
        campaign = SHOWN.search(PAGES[0].read_text("utf-8"))
        assert campaign, "the first screen names its campaign"
        take(Path(home) / "store", campaign["campaign"])
