"""The verb `new`: a file of one's own to start from, which is right as it is; of a region, three tables."""

import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from flows.cli.commands.options import Lang
from flows.terminal import console
from results.presentation.language import _, spoken
from topologies.errors import InputError, Message

TEMPLATES = Path(__file__).parents[1] / "templates"

TABLES = {
    "establishments.csv": (
        "finess,name,latitude,longitude,ed_visits_per_year\n"
        "990000001,CH Exemple,46.205,5.225,38000\n"
        "990000002,Hôpital Exemple,46.255,5.655,17000\n"
        "990000003,Clinique Exemple,46.215,5.245,\n"
    ),
    "communes.csv": (
        "code,name,population,latitude,longitude\n"
        "99001,Exemple-la-Ville,42000,46.205,5.226\n"
        "99002,Exemple-le-Haut,23000,46.256,5.656\n"
    ),
    "links.csv": (
        "source,target,kind,minutes,basis\n"
        "990000002,990000001,transfer,45,declared\n"
        "990000001,990000003,exchange,,declared\n"
    ),
}
"""The tables of a region, with rows to replace."""

Kind = Literal["posture", "scenario", "event", "region"]
What = Annotated[Kind, typer.Argument(metavar="posture|scenario|event|region", help=_("What it describes."))]
File = Annotated[
    Path, typer.Argument(metavar=_("FILE"), help=_("Where it is written; a region is a folder."))
]


class NotWritten(InputError):
    """The template is not written."""


def new(kind: What, file: File, *, lang: Lang = None) -> None:
    """Writes the template, and says how to read and run it."""
    if kind != "region" and file.suffix not in (".yaml", ".yml"):
        raise NotWritten(Message("{file} does not end in .yaml; give it a name that does", {"file": file}))
    try:
        _write(kind, file)
    except FileExistsError:
        raise NotWritten(
            Message("{file} exists already; choose another name, or remove it", {"file": file})
        ) from None
    except OSError as error:
        gaps = {"file": file, "reason": error.strerror or str(error)}
        raise NotWritten(Message("{file} cannot be written: {reason}; choose another place", gaps)) from error
    shown = file if file.is_absolute() or len(file.parts) > 1 else f"./{file}"
    written = _("{file} is written. Fill it in, then read it with: tocsin {kind}s {file}")
    console.facts().print(written.format(file=shown, kind=kind), soft_wrap=True)


def _write(kind: Kind, file: Path) -> None:
    """The template under a name made of its file's; nothing that is there is overwritten."""
    name = re.sub("[^a-z0-9]+", "-", (file.stem if file.suffix else file.name).lower()).strip("-") or kind
    if kind != "region":
        _create(file, (TEMPLATES / spoken() / f"{kind}.yaml").read_text("utf-8").format(name=name))
        return
    file.mkdir()
    for table, rows in TABLES.items():
        _create(file / table, rows)


def _create(file: Path, text: str) -> None:
    with file.open("x", encoding="utf-8") as new_file:
        new_file.write(text)
