"""Records: what a source says of one establishment, in the columns of `establishments.csv`, and where it says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from topologies.building.records import EstablishmentRow
from topologies.errors import Finding
from topologies.reading.explanations import explained
from topologies.reading.positions import dotted
from topologies.region import Basis

COLUMNS = tuple(EstablishmentRow.model_fields)
"""Of `establishments.csv`, in order."""

YES_NO: Mapping[bool, str] = {True: "yes", False: "no"}
"""As a table writes them."""

Cells = Mapping[str, str]
"""Of one row, by column; an empty one is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a source says of one establishment."""

    where: str
    """File and line, or place in a document."""
    cells: Cells
    """Without `basis`, `source` and `note`; `finess` is always there."""
    source: str
    basis: Basis
    note: str = ""

    @property
    def finess(self) -> str:
        """Which establishment it is about."""
        return self.cells["finess"]


def cells_of(row: BaseModel) -> dict[str, str]:
    """A row of a table as it is written: without what is missing, or as it is by default.

    >>> from topologies.building.records import ServiceRow
    >>> from topologies.region import ServiceKind
    >>> cells_of(ServiceRow(id="host:a", name="A", kind=ServiceKind.HOST, basis=Basis.DECLARED))
    {'id': 'host:a', 'name': 'A', 'kind': 'host', 'basis': 'declared'}
    """
    said = row.model_dump(mode="json", exclude_defaults=True)
    return {name: YES_NO[value] if isinstance(value, bool) else str(value) for name, value in said.items()}


def findings_of(record: Record) -> list[Finding]:
    """What is wrong with the row that a record makes."""
    try:
        EstablishmentRow.model_validate({**record.cells, "basis": record.basis, "source": record.source})
    except ValidationError as errors:
        return [
            Finding(where=f"{record.where}, {dotted(error['loc'])}", problem=problem, remedy=remedy)
            for error in errors.errors(include_url=False)
            for problem, remedy in [explained(error, EstablishmentRow)]
        ]
    return []
