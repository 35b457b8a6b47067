"""Results: outcomes become a Parquet dataset, and the dataset becomes indicators and a verdict.

store = results.open("store")
results.summarise(store, campaign_id).care
"""

from results.analysis.assumptions.sensitivity import Sensitivity, sensitivity_of
from results.analysis.compared.added import Added, Spread
from results.analysis.compared.first_signs import FirstSign
from results.analysis.compared.verdicts import Judgement, Share, ThresholdResult, Verdict
from results.analysis.compared.waits import Waited
from results.analysis.departments import Department
from results.analysis.summary import Distribution, Summary, summarise
from results.store.description import Description, State
from results.store.snapshot import Snapshot
from results.store.store import Store, open, prepare
from results.tables.schema import SCHEMAS, TableName

__all__ = [
    "SCHEMAS",
    "Added",
    "Department",
    "Description",
    "Distribution",
    "FirstSign",
    "Judgement",
    "Sensitivity",
    "Share",
    "Snapshot",
    "Spread",
    "State",
    "Store",
    "Summary",
    "TableName",
    "ThresholdResult",
    "Verdict",
    "Waited",
    "open",
    "prepare",
    "sensitivity_of",
    "summarise",
]
