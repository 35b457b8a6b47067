"""Tables: a region as a folder that `topologies.load` reads back as the same region."""

from collections.abc import Sequence

from pydantic import BaseModel

from topologies.building.records import Draft
from topologies.errors import InputError, Message
from topologies.exporting.marking import Marking
from topologies.reading.tables import MOST_ROWS
from topologies.writing.header import header_text
from topologies.writing.tables import cells_of, table


class TooLarge(InputError):
    """A table would hold more rows than one may."""


def tables_of(draft: Draft, marking: Marking) -> dict[str, str]:
    """The files of a region that is written out, by their names."""
    header = draft.header.model_dump(mode="json", exclude_defaults=True)
    files = {"region.yaml": header_text(header, marking, "Écrit par tocsin topology export.")}
    tables: dict[str, Sequence[tuple[int, BaseModel]]] = {
        "establishments.csv": draft.establishments,
        "communes.csv": draft.communes,
        "venues.csv": draft.venues,
        "services.csv": draft.services,
        "links.csv": draft.links,
        "journeys.csv": draft.journeys,
        "seasons.csv": draft.seasons,
    }
    for name, rows in tables.items():
        if len(rows) > MOST_ROWS:
            told = Message(
                "{name} would hold {count} {count:row|rows}, more than {most}; export a part, or to another format"
            )
            raise TooLarge(told.filled({"name": name, "count": len(rows), "most": MOST_ROWS}))
        if rows:
            files[name] = table(type(rows[0][1]).model_fields, (cells_of(row) for _, row in rows))
    return files
