"""Tables of a store as views: each with what was run, and where it is about a site, with its name and coordinates."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from results.presentation.dataset_page import TITLES
from results.sql.statements import View, ViewColumn, itself, name, text
from results.store.layout import every_part
from results.store.reading import CAMPAIGN
from results.tables.schema import DERIVED, RECORDS, SCHEMAS, AnyTable, unit_of

ATTACKS = "attacks"
OF_CAMPAIGN = ("region", "scenario", "event", "posture", "parameters", "seed", "ordinary", ATTACKS)
"""What was run, joined to every table."""
OF_SITE = ("name", "commune", "department", "ght", "category", "latitude", "longitude")
"""What a site is, joined to what happens at it."""
DIMENSIONS: tuple[AnyTable, ...] = ("dim_campaigns", "dim_establishments")


def views_of_tables(store: Path) -> Iterator[View]:
    """A view of each table, the dimensions first: the others are joined to these."""
    yield _campaigns(store)
    yield _of_files("dim_establishments", store)
    for table in (*RECORDS, *DERIVED):
        if table not in DIMENSIONS:
            yield _joined(table, store)


def of_run(source: str) -> dict[str, ViewColumn]:
    """The campaign of a row, and what was run, from a view that knows it under this name."""
    schema = SCHEMAS["dim_campaigns"]
    meanings = {each: described(schema.field(each), "") for each in OF_CAMPAIGN if each != ATTACKS}
    meanings |= {CAMPAIGN.name: described(CAMPAIGN, ""), ATTACKS: ATTACKED}
    return {
        each: ViewColumn(f"{source}.{name(each)}", meanings[each].meaning, meanings[each].unit)
        for each in (CAMPAIGN.name, *OF_CAMPAIGN)
    }


def described(field: pa.Field, source: str) -> ViewColumn:
    """A column of a table as it is."""
    return ViewColumn(f"{source}.{name(field.name)}", field.metadata[b"description"].decode(), unit_of(field))


ATTACKED = ViewColumn(
    '"campaign" <> "ordinary"',
    "somebody attacks or something fails; false of an ordinary twin, the same days without it",
)


def _campaigns(store: Path) -> View:
    files = _of_files("dim_campaigns", store)
    return View(files.name, files.meaning, {**files.columns, ATTACKS: ATTACKED}, files.rows)


def _of_files(table: AnyTable, store: Path) -> View:
    """A table as it lies there."""
    columns = {field.name: described(field, "files") for field in (CAMPAIGN, *SCHEMAS[table])}
    return View(table, TITLES[table], columns, f"{_files(table, store)} as files")


def _joined(table: AnyTable, store: Path) -> View:
    """A table with what was run, and its sites with theirs; what has a name of the table takes another."""
    own = {field.name: described(field, "files") for field in SCHEMAS[table]}
    run = {f"campaign_{each}" if each in own else each: column for each, column in of_run("run").items()}
    rows = f'{_files(table, store)} as files\njoin "dim_campaigns" as run using ("campaign")'
    if "finess" not in own:
        return View(table, TITLES[table], run | own, rows)
    sites = SCHEMAS["dim_establishments"]
    site = {each: described(sites.field(each), "site") for each in OF_SITE if each not in own}
    rows += '\nleft join "dim_establishments" as site using ("campaign", "finess")'
    return View(table, TITLES[table], run | own | site, rows)


def _files(table: AnyTable, store: Path) -> str:
    pattern = f"{itself(str(store))}/{every_part(table)}"
    return f"read_parquet({text(pattern)}, hive_partitioning = true)"
