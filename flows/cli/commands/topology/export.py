"""The verb `topology export`: a region as tables, as a graph or as a map, under its true names or under pseudonyms."""

from collections.abc import Callable
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from flows.cli.commands.options import FLAG, Json, Lang
from flows.cli.commands.topology.options import Replace
from flows.terminal import console
from results.presentation.language import _
from topologies.errors import InputError, Message

if TYPE_CHECKING:
    from topologies.building.records import Draft
    from topologies.exporting.marking import Marking

Format = Literal["csv", "graphml", "node-link", "geojson", "geoparquet"]
Exported = Annotated[
    str, typer.Argument(metavar=_("REGION"), help=_("A region: its name, or a folder of your own."))
]
To = Annotated[
    Path, typer.Argument(metavar=_("FILE|FOLDER"), help=_("Where it is written; CSV is a folder."))
]
As = Annotated[
    Format,
    typer.Option(
        "--to",
        help=_(
            "csv: tables that tocsin reads back; graphml, node-link: the graph; geojson, geoparquet: the map."
        ),
    ),
]
Anonymise = Annotated[
    bool,
    typer.Option(
        "--anonymise",
        metavar=FLAG,
        help=_(
            "Under pseudonyms, places moved by up to 5 km, numbers rounded; docs say what is still recognised."
        ),
    ),
]
Secret = Annotated[
    str | None,
    typer.Option(
        "--seed",
        metavar=_("SECRET"),
        help=_(
            "What pseudonyms are made from: the same secret gives the same ones, and who has it can tell who is who. "
            "Without it, one is drawn and forgotten."
        ),
    ),
]


class SecretWithoutUse(InputError):
    """A secret is given, and nothing is kept secret."""


def export(
    region: Exported,
    to: To,
    *,
    form: As,
    anonymise: Anonymise = False,
    seed: Secret = None,
    replace: Replace = False,
    json: Json = False,
    lang: Lang = None,
) -> None:
    """The region is written, and it is told where and with whom it may be shared."""
    from flows.terminal.progress import counting
    from topologies.building.catalogue import draft_of
    from topologies.exporting.anonymised import anonymised
    from topologies.exporting.marking import marking_of
    from topologies.exporting.written_out import written_out

    if seed is not None and not anonymise:
        raise SecretWithoutUse(Message("--seed goes with --anonymise; add it, or leave the secret out"))
    _refuse_what_is_there(form, to, replace=replace)
    with counting(_("Exporting")) as progress:
        progress(0, STEPS)
        draft = written_out(draft_of(region))
        progress(1, STEPS)
        if anonymise:
            draft = anonymised(draft, token_hex() if seed is None else seed)
        progress(2, STEPS)
        marking = marking_of(region, anonymised=anonymise)
        _write(form, draft, marking, to, replace=replace)
    if json:
        console.print_json(
            {"written": str(to), "format": form, "region": draft.header.name, "marking": marking}
        )
        return
    told = _("{folder} is written, marked {marking}.").format(folder=to, marking=marking)
    if anonymise and seed is None:
        told += " " + _("Its pseudonyms will not come again: to have the same ones next time, give a --seed.")
    console.facts().print(told, soft_wrap=True)


STEPS = 3


def _refuse_what_is_there(form: Format, to: Path, *, replace: bool) -> None:
    from topologies.writing.file import refuse_file
    from topologies.writing.folder import refuse_what_is_there

    (refuse_what_is_there if form == "csv" else refuse_file)(to, replace=replace)


def _write(form: Format, draft: "Draft", marking: "Marking", to: Path, *, replace: bool) -> None:
    from topologies.exporting.tables import tables_of
    from topologies.exporting.written_out import region_of
    from topologies.writing.file import written_file
    from topologies.writing.folder import written

    if form == "csv":
        written(tables_of(draft, marking), to, replace=replace)
    else:
        written_file(_encoder(form)(region_of(draft), marking), to, replace=replace)


def _encoder(form: Format) -> Callable[..., bytes]:
    """What makes a file of this format; pyarrow and networkx are imported only where they are needed."""
    if form == "geoparquet":
        from topologies.exporting.geoparquet import geoparquet_of

        return geoparquet_of
    if form == "geojson":
        from topologies.exporting.geojson import geojson_of

        return geojson_of
    from topologies.exporting.graphs import graphml_of, node_link_of

    return graphml_of if form == "graphml" else node_link_of
