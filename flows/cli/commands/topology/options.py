"""Options that verbs of `topology` share, and how an import goes on in the terminal."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.commands.options import FLAG
from results.presentation.language import _

if TYPE_CHECKING:
    from topologies.importing.making import Made
    from topologies.importing.report import Report
    from topologies.reading.large.streams import Progress

Here = Annotated[str, typer.Argument(metavar=_("NAME|FOLDER"), help=_("A region, built in or your own."))]
Files = Annotated[
    list[Path],
    typer.Argument(metavar=_("FILE…"), help=_("What the agency publishes, as it is or compressed.")),
]
Base = Annotated[
    str | None,
    typer.Option(
        "--base", metavar=_("NAME|FOLDER"), help=_("A region that is completed rather than made anew.")
    ),
]
Out = Annotated[
    Path, typer.Option("--out", metavar=_("FOLDER"), help=_("The folder of the region; it is made new."))
]
Departments = Annotated[
    str | None,
    typer.Option(
        "--departments",
        metavar="22,29,35",
        help=_(
            "The departments of the region, by their official codes; without it, all that the file holds."
        ),
    ),
]
Of = Annotated[
    str | None,
    typer.Option(
        "--region", metavar=_("NAME"), help=_("The departments and the title of a built-in region.")
    ),
]
Replace = Annotated[
    bool, typer.Option("--replace", metavar=FLAG, help=_("Replace the folder if it is there already."))
]


def split(departments: str | None) -> list[str]:
    """The codes of a list between commas."""
    return [code.strip() for code in (departments or "").split(",") if code.strip()]


def imported(folder: Path, *, replace: bool, read: "Callable[[Progress], Made]") -> "Report":
    """The folder is written with what a source gives; the report of it."""
    from flows.terminal.progress import reading
    from topologies.writing.folder import refuse_what_is_there, written

    refuse_what_is_there(folder, replace=replace)
    with reading() as progress:
        made = read(progress)
    written(made.files, folder, replace=replace)
    return made.report
