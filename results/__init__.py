"""What we learned: outcomes become a Parquet dataset, the dataset becomes indicators and a verdict.

store = results.open("store")
results.summarise(store, campaign_id).verdict
"""

from results.campaign import Campaign, Description, State
from results.indicators import FirstBreach, Indicator, Summary, ThresholdResult, Verdict, summarise
from results.schema import SCHEMAS, TableName
from results.store import Store, open, prepare

__all__ = [
    "SCHEMAS",
    "Campaign",
    "Description",
    "FirstBreach",
    "Indicator",
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
