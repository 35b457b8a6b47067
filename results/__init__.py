"""Results: outcomes become a Parquet dataset, and the dataset becomes indicators and a verdict.

store = results.open("store")
store.indicators(campaign_id)["ed_visits_unmet"]
results.summarise(store, campaign_id).care
results.paired(store, reference_id, alternative_id).added["ed_visits_unmet"]
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

WHERE = {
    "Sensitivity": "results.analysis.assumptions.sensitivity",
    "sensitivity_of": "results.analysis.assumptions.sensitivity",
    "Added": "results.analysis.compared.added",
    "Spread": "results.analysis.compared.added",
    "FirstSign": "results.analysis.compared.first_signs",
    "Judgement": "results.analysis.compared.verdicts",
    "Share": "results.analysis.compared.verdicts",
    "ThresholdResult": "results.analysis.compared.verdicts",
    "Verdict": "results.analysis.compared.verdicts",
    "Waited": "results.analysis.compared.waits",
    "Department": "results.analysis.departments",
    "Alternative": "results.analysis.pairs.comparison",
    "Comparison": "results.analysis.pairs.comparison",
    "compare": "results.analysis.pairs.comparison",
    "Change": "results.analysis.pairs.differences",
    "Difference": "results.analysis.pairs.differences",
    "Direction": "results.analysis.pairs.differences",
    "Paired": "results.analysis.pairs.paired",
    "PairedWait": "results.analysis.pairs.paired",
    "paired": "results.analysis.pairs.paired",
    "care_after": "results.analysis.precision",
    "Distribution": "results.analysis.summary",
    "Summary": "results.analysis.summary",
    "summarise": "results.analysis.summary",
    "views": "results.sql.views",
    "ComparisonDescription": "results.store.comparisons",
    "Varies": "results.store.comparisons",
    "Description": "results.store.description",
    "State": "results.store.description",
    "open": "results.store.opening",
    "prepare": "results.store.opening",
    "receiving": "results.store.opening",
    "Snapshot": "results.store.snapshot",
    "Store": "results.store.store",
    "Detail": "results.tables.detail",
    "SCHEMAS": "results.tables.schema",
    "TableName": "results.tables.schema",
    "INDICATORS": "simulation.inputs.indicators.registry",
}
"""The modules of these names, imported when one is first used: a worker writes chunks and needs no analysis."""


def __getattr__(name: str) -> object:
    if name not in WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(WHERE[name]), name)


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
