"""Records: what a source says of one establishment, in the columns of `establishments.csv`, and where it says so."""

from dataclasses import dataclass

from pydantic import ValidationError

from topologies.building.records import EstablishmentRow
from topologies.errors import Finding
from topologies.reading.explanations import explained
from topologies.reading.positions import dotted
from topologies.region import Basis
from topologies.writing.tables import Cells

COLUMNS = tuple(EstablishmentRow.model_fields)
"""Of `establishments.csv`, in order."""


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
