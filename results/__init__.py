"""Results: outcomes become a Parquet dataset, and the dataset becomes indicators and a verdict.

store = results.open("store")
results.summarise(store, campaign_id).verdict
"""

from results.analysis.departments import Department
from results.analysis.summary import Distribution, FirstBroken, Summary, ThresholdResult, Verdict, summarise
from results.store.description import Description, State
from results.store.snapshot import Snapshot
from results.store.store import Store, open, prepare
from results.tables.schema import SCHEMAS, TableName

__all__ = [
    "SCHEMAS",
    "Department",
    "Description",
    "Distribution",
    "FirstBroken",
    "Snapshot",
    "State",
    "Store",
    "Summary",
    "TableName",
    "ThresholdResult",
    "Verdict",
    "open",
    "prepare",
    "summarise",
]
