"""Schemas: the columns of the tables are the fields of the outcome records, and the registry describes indicators.

A label (`str`) is a dictionary column, because labels repeat; several labels are a list. A number is as wide as the
record's arrays make it, else 32 bits for a count and 64 for a measure. A column is nullable only where the record says
`| None`.
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeGuard, get_args, get_origin, get_type_hints

import numpy as np
import pyarrow as pa

from results.tables.derived import CampaignRow, DrawRow, EstablishmentRow, HourBand, IndicatorRow
from simulation.inputs.digests import digest_of
from simulation.inputs.indicators.registry import INDICATORS
from simulation.outcome.columns import Column, Long
from simulation.outcome.communes import CommuneOutcome, CommuneTotals, DepartmentOutcome
from simulation.outcome.drawn import ParameterOutcome
from simulation.outcome.establishment_hours import EstablishmentHour, EstablishmentHours
from simulation.outcome.records import (
    EstablishmentOutcome,
    HourOutcome,
    Hours,
    ReplicationOutcome,
    TimelineRow,
)

VERSION_DIGITS = 12

TableName = Literal[
    "replications",
    "establishments",
    "hours",
    "establishment_hours",
    "departments",
    "communes",
    "timeline",
    "parameters",
]

DerivedName = Literal["indicators", "draws", "hours_bands", "dim_establishments", "dim_campaigns"]

AnyTable = TableName | DerivedName

RECORDS: Mapping[TableName, type] = {
    "replications": ReplicationOutcome,
    "establishments": EstablishmentOutcome,
    "hours": HourOutcome,
    "establishment_hours": EstablishmentHour,
    "departments": DepartmentOutcome,
    "communes": CommuneOutcome,
    "timeline": TimelineRow,
    "parameters": ParameterOutcome,
}
"""The tables of what replications return."""

DERIVED: Mapping[DerivedName, type] = {
    "indicators": IndicatorRow,
    "draws": DrawRow,
    "hours_bands": HourBand,
    "dim_establishments": EstablishmentRow,
    "dim_campaigns": CampaignRow,
}
"""The tables that sealing works out: one file each."""

EVERY: Mapping[AnyTable, type] = dict((*RECORDS.items(), *DERIVED.items()))
"""What a row is, of every table."""

ARROW_TYPES: Mapping[Any, pa.DataType] = {
    bool: pa.bool_(),
    int: pa.int32(),
    Long: pa.int64(),
    float: pa.float64(),
    str: pa.dictionary(pa.int32(), pa.string()),
    tuple[str, ...]: pa.list_(pa.string()),
    date: pa.date32(),
    datetime: pa.timestamp("ms", tz="Europe/Paris"),
}


ARRAYS: Mapping[type, type] = {
    HourOutcome: Hours,
    EstablishmentHour: EstablishmentHours,
    CommuneOutcome: CommuneTotals,
}
"""Records of which a replication returns all at once, as arrays."""


def _array_types(arrays: type) -> dict[str, pa.DataType]:
    """The types of the columns that a replication returns as arrays."""
    hints = {name: hint for name, hint in get_type_hints(arrays).items() if get_origin(hint) is np.ndarray}
    return {name: pa.from_numpy_dtype(get_args(get_args(hint)[1])[0]) for name, hint in hints.items()}


def _metadata(name: str, hint: Any) -> dict[str, str]:
    """What an analyst should know of a column; for an indicator, also its titles on screens."""
    if get_origin(hint) is Annotated:
        column: Column = get_args(hint)[1]
        return {"description": column.description} | ({"unit": column.unit} if column.unit else {})
    indicator = INDICATORS[name]
    titles = {"title_fr": indicator.title.fr, "title_en": indicator.title.en}
    return {"description": indicator.counted, "unit": indicator.unit, **titles}


def _field(name: str, hint: Any, array_types: Mapping[str, pa.DataType]) -> pa.Field:
    """One column, from one field of a record: an indicator, or annotated with what it means."""
    declared = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    alternatives = get_args(declared) if isinstance(declared, UnionType) else (declared,)
    (python_type,) = (alternative for alternative in alternatives if alternative is not NoneType)
    arrow_type = array_types.get(name, ARROW_TYPES[python_type])
    return pa.field(name, arrow_type, nullable=NoneType in alternatives, metadata=_metadata(name, hint))


def _schema_of(record: type) -> pa.Schema:
    array_types = _array_types(ARRAYS[record]) if record in ARRAYS else {}
    hints = get_type_hints(record, include_extras=True)
    return pa.schema([_field(name, hint, array_types) for name, hint in hints.items()])


def unit_of(field: pa.Field) -> str | None:
    """The unit of a column, if it has one."""
    unit = field.metadata.get(b"unit")
    return None if unit is None else unit.decode()


def is_derived(table: AnyTable) -> TypeGuard[DerivedName]:
    """It is worked out at sealing, one file for a campaign."""
    return table in DERIVED


def is_by_replication(table: AnyTable) -> bool:
    """Its rows are of one replication each, in order."""
    return "replication" in SCHEMAS[table].names


def is_recorded(table: AnyTable) -> TypeGuard[TableName]:
    """It holds rows by replication."""
    return table in RECORDS


SCHEMAS: Mapping[AnyTable, pa.Schema] = {name: _schema_of(record) for name, record in EVERY.items()}

SCHEMA_VERSION = digest_of(
    {
        table: [[field.name, str(field.type), field.nullable, unit_of(field)] for field in schema]
        for table, schema in SCHEMAS.items()
    }
)[:VERSION_DIGITS]
"""Another one wherever the tables have other columns: rows of two versions never stand in one table."""
