"""Records: what a source says of one establishment, in the columns of `establishments.csv`, and where it says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

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


def findings_of(cells: Cells, where: str) -> list[Finding]:
    """What is wrong with a row as it would be written."""
    try:
        EstablishmentRow.model_validate(dict(cells))
    except ValidationError as errors:
        return [
            Finding(where=f"{where}, {dotted(error['loc'])}", problem=problem, remedy=remedy)
            for error in errors.errors(include_url=False)
            for problem, remedy in [explained(error, EstablishmentRow)]
        ]
    return []
