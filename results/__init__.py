"""Results: outcomes become a Parquet dataset, and the dataset becomes indicators and a verdict.

store = results.open("store")
store.indicators(campaign_id)["ed_visits_unmet"]
results.summarise(store, campaign_id).care
results.paired(store, reference_id, alternative_id).added["ed_visits_unmet"]
"""

from results.analysis.assumptions.sensitivity import Sensitivity, sensitivity_of
from results.analysis.compared.added import Added, Spread
from results.analysis.compared.first_signs import FirstSign
from results.analysis.compared.verdicts import Judgement, Share, ThresholdResult, Verdict
from results.analysis.compared.waits import Waited
from results.analysis.departments import Department
from results.analysis.pairs.comparison import Alternative, Comparison, compare
from results.analysis.pairs.differences import Change, Difference, Direction
from results.analysis.pairs.paired import Paired, PairedWait, paired
from results.analysis.precision import care_after
from results.analysis.summary import Distribution, Summary, summarise
from results.sql.views import views
from results.store.comparisons import ComparisonDescription, Varies
from results.store.description import Description, State
from results.store.opening import open, prepare, receiving
from results.store.snapshot import Snapshot
from results.store.store import Store
from results.tables.detail import Detail
from results.tables.schema import SCHEMAS, TableName
from simulation.inputs.indicators.registry import INDICATORS

__all__ = [
    "INDICATORS",
    "SCHEMAS",
    "Added",
    "Alternative",
    "Change",
    "Comparison",
    "ComparisonDescription",
    "Department",
    "Description",
    "Detail",
    "Difference",
    "Direction",
    "Distribution",
    "FirstSign",
    "Judgement",
    "Paired",
    "PairedWait",
    "Sensitivity",
    "Share",
    "Snapshot",
    "Spread",
    "State",
    "Store",
    "Summary",
    "TableName",
    "ThresholdResult",
    "Varies",
    "Verdict",
    "Waited",
    "care_after",
    "compare",
    "open",
    "paired",
    "prepare",
    "receiving",
    "sensitivity_of",
    "summarise",
    "views",
]
