"""The columns say what they are."""

from dataclasses import fields

import pyarrow as pa
import pytest

from results.tables.schema import EVERY, RECORDS, SCHEMAS, AnyTable, TableName
from results.tables.tables import tables_of
from tests.results.synthetic import outcomes

EVERY_TABLE = pytest.mark.parametrize("table", list(RECORDS))
ALL = pytest.mark.parametrize("table", list(SCHEMAS))


@ALL
def test_every_column_has_a_description(table: AnyTable) -> None:
    for field in SCHEMAS[table]:
        assert field.metadata[b"description"].decode().strip(), field.name


@ALL
def test_every_measure_has_a_unit(table: AnyTable) -> None:
    measures = [field for field in SCHEMAS[table] if pa.types.is_floating(field.type)]
    assert [field.name for field in measures if b"unit" not in field.metadata] == []


@ALL
def test_the_columns_are_the_fields_of_the_record(table: AnyTable) -> None:
    assert SCHEMAS[table].names == [field.name for field in fields(EVERY[table])]


def test_a_column_is_nullable_only_where_the_record_may_lack_it() -> None:
    nullable = {field.name: field.nullable for field in SCHEMAS["timeline"]}
    may_lack = {"finess", "technique", "cause", "patients", "hours"}
    assert {name for name, may_be_null in nullable.items() if may_be_null} == may_lack


def test_instants_are_told_by_the_clock_of_paris() -> None:
    assert SCHEMAS["timeline"].field("at").type == pa.timestamp("ms", tz="Europe/Paris")


@EVERY_TABLE
def test_tables_have_their_schema_even_without_an_outcome(table: TableName) -> None:
    for some in ([], outcomes(range(3))):
        built = tables_of(some)[table]
        built.validate(full=True)
        assert built.schema.equals(SCHEMAS[table], check_metadata=True)
