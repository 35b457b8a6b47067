"""The page `docs/dataset.md`: what an analyst needs to know of the dataset, made from the schemas.

python -m results.presentation.dataset_page > docs/dataset.md
"""

from collections.abc import Iterator, Mapping
from inspect import cleandoc

import pyarrow as pa

from results.presentation.story.event_meanings import KIND_MEANINGS
from results.store.layout import PART_REPLICATIONS
from results.store.reading import CAMPAIGN
from results.tables.detail import WHOLE
from results.tables.schema import EVERY, SCHEMAS, AnyTable
from simulation.engine.event_kinds import EventKind
from simulation.inputs.streams import Stream

HOW_TO = """
# The dataset

*Made from the schemas by `python -m results.presentation.dataset_page > docs/dataset.md`; do not edit.*

A store is a folder of Parquet files that DuckDB, Polars and pandas read as they are:

```
<store>/replications/campaign=<id>/part-*.parquet             one row per replication: indicators, verdict
<store>/establishments/campaign=<id>/part-*.parquet           one row per replication and establishment
<store>/hours/campaign=<id>/part-*.parquet                    one row per replication, hour, territory and stream
<store>/establishment_hours/campaign=<id>/part-*.parquet      one row per replication, establishment and hour
<store>/departments/campaign=<id>/part-*.parquet              one row per replication and department
<store>/communes/campaign=<id>/part-*.parquet                 one row per replication and commune
<store>/timeline/campaign=<id>/part-*.parquet                 one row per event
<store>/parameters/campaign=<id>/part-*.parquet               one row per replication and parameter that was drawn
<store>/indicators/campaign=<id>/part-00000.parquet           the rows of `replications`, and where care gave way first
<store>/draws/campaign=<id>/part-00000.parquet                the rows of `parameters` without what repeats
<store>/hours_bands/campaign=<id>/part-00000.parquet          mean and quantiles of every hour, territory and stream
<store>/dim_establishments/campaign=<id>/…                    what each establishment is: name, coordinates, beds
<store>/dim_campaigns/campaign=<id>/…                         what was run: region, scenario, posture, seed, digests
<store>/campaigns/<id>.json                                   what was run, how far it is sealed, SHA-256 of each file
<store>/campaigns/<id>.inputs.json                            its inputs in full
<store>/comparisons/<id>.json                                 which campaigns `tocsin compare` set beside each other
```

The snippets expect a store in the folder `store`, which is where `tocsin run` puts it.

## DuckDB

```python
import duckdb

duckdb.sql(
    "select stream, hour, avg(waiting) as waiting from 'store/hours/**/*.parquet' group by all order by all"
).show()
```

Curves of the region need not read every hour: their mean and quantiles are worked out.

```python
import duckdb

duckdb.sql(
    "select scenario, posture, hour, p05, p50, p95 from 'store/hours_bands/**/*.parquet'"
    " join 'store/dim_campaigns/**/*.parquet' using (campaign)"
    " where measure = 'waiting' and stream = 'emergency_adult' and ght is null order by all"
).show()
```

The people of each department: how far they had to go, and what was added.

```python
import duckdb

duckdb.sql(
    "select campaign, department, sum(ed_journey_min) / sum(ed_visits) as journey_min,"
    " sum(time_critical_beyond_30) / sum(time_critical_taken) as beyond_30_share"
    " from 'store/departments/**/*.parquet' group by all order by all"
).show()
```

## Polars

```python
import polars as pl

replications = pl.scan_parquet("store/replications/**/*.parquet", hive_partitioning=True)
print(replications.group_by("campaign").agg(pl.col("went_off_h").count(), pl.len()).collect())
```

## pandas

```python
import pandas as pd

establishments = pd.read_parquet("store/establishments")
print(establishments.groupby("finess", observed=True)["compromised"].mean().nlargest(10))
```

## Tocsin's own functions

```python
import pyarrow.compute as pc
import results

store = results.open("store")
for description in store.campaigns():
    print(description.campaign, description.region, description.scenario, description.replications)

    print(results.summarise(store, description.campaign).went_off)
    indicators = store.indicators(description.campaign)  # a row per replication, for pandas
    print(indicators["ed_visits_unmet"].describe())

sites = store.frame("establishments", columns=["finess", "compromised"])  # table(...): for Arrow
emergencies = store.scan("hours").to_table(  # not read before columns and rows are chosen
    columns=["replication", "hour", "waiting"], filter=pc.field("stream") == "emergency_adult"
)
```

Several tables that must fit together, while campaigns run, are read from a snapshot: the replications that were
sealed at that moment, whatever is sealed later.

```python
import results

snapshot = results.open("store").snapshot()  # of all campaigns; or of one, by its name
hours, replications = snapshot.table("hours"), snapshot.table("replications")
print(snapshot.descriptions[0].campaign, hours.num_rows, replications.num_rows)
```

## What is verified

Before they return a row or a verdict, Tocsin's own functions check each part against the SHA-256 in
`campaigns/<id>.json`, which also holds a digest of itself: a part that was changed, cut short, swapped or removed is
refused, with what is wrong with it. Each page has a checksum, and the footer of each part says which campaign, table
and part it is. Description and footers state the version of the schema below: a store whose tables have other columns
is refused.

DuckDB (up to 2.0) and Polars (up to 2.1) verify no checksums: they may silently read a damaged file. Either check the
store first (`tocsin store check store`, a second per few gigabytes), or hand them what Tocsin has verified:

```python
import duckdb
import polars as pl
import results

hours = results.open("store").scan("hours")  # a pyarrow dataset; its pages are verified as they are read
duckdb.sql("select stream, avg(waiting) as waiting from hours group by all order by all").show()
print(pl.scan_pyarrow_dataset(hours).group_by("stream").agg(pl.col("waiting").mean()).collect())
```

pyarrow verifies pages on request: `pyarrow.parquet.ParquetFile(file, page_checksum_verification=True)`.

`tocsin store repair store` writes damaged files again, byte for byte, by running only the replications in them. It
needs the description, and the version of the program that wrote them; it says what it cannot repair, and what can
still be done.

## What to know

- **Missing is null.** What did not happen has no hour. What is not over at the horizon is no shorter for it: do not
  average the others. `capacity_back`, `backlog_cleared` and `responders_came` say whether it was over, and are null
  where nothing was lost, put off or asked for.
- **No verdict in a row.** A threshold on care bounds what the attack adds to the ordinary twin, which is a campaign of
  its own (`ordinary` in `campaigns/<id>.json`): join the two on `replication`.
- **Sealed only.** A file never holds a replication that is not sealed. While a campaign is sealed or extended, its
  parts are replaced one after the other, those of `replications` last: a reader of the files sees, in each table, the
  former replications or more of them, in order. A snapshot shows one moment.
- **Paired.** Campaigns of one region, scenario and seed share their random numbers: replication *n* of one has
  the same luck as replication *n* of the other. Join them on `replication`, then look at differences.
- **Reproducible.** The files depend on the replications alone, not on who ran them or in what order: each part holds
  {part} replications.
- **Hours at the detail asked.** `tocsin run --hours` says what is kept of hours, and `campaigns/<id>.json` tells it
  (`hours`, unless it is the finest, `site`). Nothing else depends on it; `hours_bands` is the same at each. A store
  keeps a campaign as its first run asked. The `hours` of `region` have the region's name as `ght`, and as
  `capacity_share` the mean of its territories, each counting as much. A table that is not kept has its files and
  columns, and no row; Tocsin's own functions refuse to read it, unless another campaign that is read has rows in it.

  | `--hours` | `establishment_hours` | `hours` | `communes`, `timeline` | `hours_bands` and all others |
  |---|---|---|---|---|
  | `site` | all | by territory | all | all |
  | `territory` | none | by territory | all | all |
  | `region` | none | sums over the territories | all | all |
  | `bands` | none | none | of the first {whole} replications | all |

- **Private.** A store that Tocsin makes is private to its owner (0700, files 0600). To share one, make its folder
  first, with the permissions it should have: what is written in an existing folder takes its permissions.
- **`campaign`** is in the path of a file, and a column for every reader. It identifies region, scenario, posture,
  parameters, seed and version of the model.
"""

TITLES: dict[AnyTable, str] = {
    "replications": "one row per replication",
    "establishments": "one row per replication and establishment",
    "hours": "one row per replication, hour, territory and stream of care",
    "establishment_hours": "one row per replication, establishment with emergencies or critical care, and hour",
    "departments": "one row per replication and department",
    "communes": "one row per replication and commune",
    "timeline": "one row per event",
    "parameters": "one row per replication and uncertain parameter",
    "indicators": "one row per replication, all of them in one file",
    "draws": "one row per draw of an uncertain parameter",
    "hours_bands": "one row per measure, hour, territory and stream of care",
    "dim_establishments": "one row per establishment",
    "dim_campaigns": "one row per campaign",
}


def page() -> str:
    """The whole page."""
    how_to = HOW_TO.strip().replace("{part}", str(PART_REPLICATIONS)).replace("{whole}", f"{WHOLE:,}")
    return "\n".join([how_to, *(line for table in SCHEMAS for line in _section(table))]) + "\n"


def _section(table: AnyTable) -> Iterator[str]:
    yield f"\n## `{table}`: {TITLES[table]}\n"
    yield f"{cleandoc(EVERY[table].__doc__ or '')}\n"
    yield "| column | type | null | unit | meaning |"
    yield "|---|---|---|---|---|"
    known = SCHEMAS["replications"].names if table == "indicators" else []
    yield from map(_row, [*(field for field in SCHEMAS[table] if field.name not in known), CAMPAIGN])
    if table == "hours":
        yield from _glossary("stream", {stream: stream.counted for stream in Stream})
    if table == "timeline":
        yield from _glossary("kind", KIND_MEANINGS)


def _glossary(column: str, meanings: Mapping[Stream, str] | Mapping[EventKind, str]) -> Iterator[str]:
    """What each value of a column means."""
    yield f"\n| `{column}` | meaning |"
    yield "|---|---|"
    yield from (f"| `{name}` | {meaning} |" for name, meaning in meanings.items())


def _row(field: pa.Field) -> str:
    metadata = {name.decode(): text.decode() for name, text in field.metadata.items()}
    cells = [f"`{field.name}`", _type_name(field.type), "yes" if field.nullable else ""]
    return "| " + " | ".join([*cells, metadata.get("unit", ""), metadata["description"]]) + " |"


def _type_name(arrow_type: pa.DataType) -> str:
    if pa.types.is_list(arrow_type):
        return "list of labels"
    return "label" if pa.types.is_dictionary(arrow_type) else str(arrow_type)


if __name__ == "__main__":
    print(page(), end="")
