"""What we learned: outcomes become a Parquet dataset, the dataset becomes indicators and a verdict.

store = results.open("store")
results.summarise(store, campaign_id).verdict
"""

from results.campaign import Campaign
from results.description import Description, State
from results.indicators import FirstBreach, Indicator, Summary, ThresholdResult, Verdict, summarise
from results.schema import SCHEMAS, TableName
from results.snapshot import Snapshot
from results.store import Store, open, prepare

__all__ = [
    "SCHEMAS",
    "Campaign",
    "Description",
    "FirstBreach",
    "Indicator",
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
