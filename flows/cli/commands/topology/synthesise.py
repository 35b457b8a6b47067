"""The verb `topology synthesise`: a region that does not exist, of any size, like those that do."""

from pathlib import Path
from typing import Annotated

import typer

from flows.cli.commands.options import Json, Lang
from flows.cli.commands.topology.options import Out, Replace
from flows.terminal import console
from results.presentation.language import _
from results.presentation.numbers import number

MOST = 50_000
"""Establishments that a region can have (`topologies/building/row_checks.py`, whose import would cost every verb)."""

Establishments = Annotated[
    int,
    typer.Option(
        "--establishments", metavar=_("NUMBER"), min=1, max=MOST, help=_("How many establishments it has.")
    ),
]
Seed = Annotated[
    int,
    typer.Option("--seed", metavar=_("NUMBER"), min=0, help=_("Random seed: same seed, same result.")),
]


def synthesise(
    *,
    establishments: Establishments,
    out: Out,
    seed: Seed = 1,
    replace: Replace = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The folder is written, and what it holds is told."""
    from flows.terminal.progress import counting
    from topologies.building.links import slug
    from topologies.synthesis.synthesising import synthesised
    from topologies.writing.folder import refuse_what_is_there, written

    refuse_what_is_there(out, replace=replace)
    with counting(_("Establishments")) as progress:
        files = synthesised(slug(out.absolute().name) or "region", establishments, seed, progress)
    written(files, out, replace=replace)
    _tell(out, establishments, regions=sum(name.endswith("establishments.csv") for name in files), json=json)


def _tell(folder: Path, establishments: int, *, regions: int, json: bool) -> None:
    if json:
        console.print_json({"folder": str(folder), "establishments": establishments, "regions": regions})
        return
    told = _(
        "{folder} is written: {count} {count:establishment|establishments} that do not exist, in {regions} "
        "{regions:region|regions}. Read it again with: tocsin regions {folder}"
    )
    gaps = {"count": number(establishments), "regions": number(regions)}
    console.facts().print(told.format(folder=folder, **gaps), soft_wrap=True)
