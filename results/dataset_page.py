"""What does an analyst need to know of the dataset? The page `docs/dataset.md`, made from the schemas.

python -m results.dataset_page > docs/dataset.md
"""

from collections.abc import Iterator
from inspect import cleandoc

import pyarrow as pa

from results.layout import PART_REPLICATIONS
from results.reading import CAMPAIGN
from results.schema import RECORDS, SCHEMAS, TableName

HOW_TO = """
# The dataset

*Made from the schemas by `python -m results.dataset_page > docs/dataset.md`; do not edit.*

A store is a folder of Parquet files that DuckDB, Polars and pandas read as they are:

```
<store>/replications/campaign=<id>/part-*.parquet     one row a replication: indicators, verdict
<store>/establishments/campaign=<id>/part-*.parquet   one row a replication and establishment
<store>/hours/campaign=<id>/part-*.parquet            one row a replication, hour, territory and stream of care
<store>/timeline/campaign=<id>/part-*.parquet         one row an event
<store>/campaigns/<id>.json                           what was run: inputs in full, digests, versions, seed, state
```

The snippets expect a store in the folder `store`, which is where `tocsin run` puts it.

## DuckDB

```python
import duckdb

duckdb.sql(
    "select stream, hour, avg(waiting) as waiting from 'store/hours/**/*.parquet' group by all order by all"
).show()
```

## Polars

```python
import polars as pl

replications = pl.scan_parquet("store/replications/**/*.parquet", hive_partitioning=True)
print(replications.group_by("campaign").agg(pl.col("held").mean(), pl.len()).collect())
```

## pandas

```python
import pandas as pd

establishments = pd.read_parquet("store/establishments")
print(establishments.groupby("finess", observed=True)["compromised"].mean().nlargest(10))
```

## Tocsin's own verbs

```python
import pyarrow.compute as pc
import results

store = results.open("store")
for description in store.campaigns():
    print(description.campaign, description.region, description.scenario, description.replications)

replications = store.frame("replications")  # pandas, in memory; store.table(...) gives the same to Arrow
emergencies = store.scan("hours").to_table(  # not read before columns and rows are chosen
    columns=["replication", "hour", "waiting"], filter=pc.field("stream") == "emergency"
)
for description in store.campaigns():
    print(results.summarise(store, description.campaign).verdict)
```

## What to know

- **Missing is null.** What did not happen has no hour: average an hour over the replications in which it happened, and
  say in how many it did.
- **Sealed only.** Rows appear when a campaign is sealed, each table at once, the replications last. While a campaign is
  being extended, start from the rows of `replications` or use Tocsin's own verbs, which show what is sealed.
- **Paired.** Campaigns of one region, scenario and seed share their random numbers: replication *n* of one meets
  the same luck as replication *n* of the other. Join them on `replication`, then look at differences.
- **Reproducible.** The files depend on the replications alone, not on who ran them or in what order: each part holds
  {part} replications. `campaigns/<id>.json` has the SHA-256 of each file.
- **`campaign`** stands in the path of a file and is a column for every reader. It identifies region, scenario, posture,
  parameters, seed and version of the model.
"""

TITLES: dict[TableName, str] = {
    "replications": "one row a replication",
    "establishments": "one row a replication and establishment",
    "hours": "one row a replication, hour, territory and stream of care",
    "timeline": "one row an event",
}


def page() -> str:
    """The page in full."""
    how_to = HOW_TO.strip().replace("{part}", str(PART_REPLICATIONS))
    return "\n".join([how_to, *(line for table in RECORDS for line in _section(table))]) + "\n"


def _section(table: TableName) -> Iterator[str]:
    yield f"\n## `{table}`: {TITLES[table]}\n"
    yield f"{cleandoc(RECORDS[table].__doc__ or '')}\n"
    yield "| column | type | null | unit | meaning |"
    yield "|---|---|---|---|---|"
    yield from map(_row, [*SCHEMAS[table], CAMPAIGN])


def _row(field: pa.Field) -> str:
    told = {name.decode(): text.decode() for name, text in field.metadata.items()}
    cells = [f"`{field.name}`", _type_name(field.type), "yes" if field.nullable else ""]
    return "| " + " | ".join([*cells, told.get("unit", ""), told["description"]]) + " |"


def _type_name(arrow_type: pa.DataType) -> str:
    return "label" if pa.types.is_dictionary(arrow_type) else str(arrow_type)


if __name__ == "__main__":
    print(page(), end="")
