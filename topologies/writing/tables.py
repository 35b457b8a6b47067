"""Tables as text: CSV as `topologies.load` reads it."""

import csv
import io
from collections.abc import Iterable, Mapping

from pydantic import BaseModel

YES_NO: Mapping[bool, str] = {True: "yes", False: "no"}
"""As a table writes them."""

Cells = Mapping[str, str]
"""Of one row, by column; an empty one is not there."""


def table(columns: Iterable[str], rows: Iterable[Cells]) -> str:
    """A CSV table with these columns."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, [*columns], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def cells_of(row: BaseModel) -> dict[str, str]:
    """A row of a table as it is written: without what is missing, or as it is by default.

    >>> from topologies.building.records import ServiceRow
    >>> from topologies.region import Basis, ServiceKind
    >>> cells_of(ServiceRow(id="host:a", name="A", kind=ServiceKind.HOST, basis=Basis.DECLARED))
    {'id': 'host:a', 'name': 'A', 'kind': 'host', 'basis': 'declared'}
    """
    said = row.model_dump(mode="json", exclude_defaults=True)
    return {name: YES_NO[value] if isinstance(value, bool) else str(value) for name, value in said.items()}
