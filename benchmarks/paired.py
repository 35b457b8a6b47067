"""Common random numbers: how much less a paired difference varies than one of campaigns with independent seeds.

The variance of a difference of independent numbers is the sum of theirs, so that both come from the same replications.
Where an alternative prevents the crisis, the difference is the crisis, and nothing is gained.

    python -m benchmarks.paired [--json]
"""

import tempfile
import time
from pathlib import Path

import numpy as np

import results
from benchmarks.table import tell
from flows.execution.comparison import ComparisonOrder, comparison_of
from flows.execution.execution import Execution
from results.analysis.pairs.pairing import sides_of

REPLICATIONS = 96
MEASURES = (
    "ed_visits_unmet",
    "ed_visits_diverted",
    "surgeries_postponed",
    "stays_postponed",
    "icu_unmet_patient_h",
    "samu_calls_unanswered",
    "time_critical_delay_min",
    "delay_deaths",
)
ALTERNATIVES = ("exercises-none", "exercises-all", "pooled", "care-2027")


def ratios_in(store: Path) -> dict[str, float]:
    """By alternative and measure, the variance with independent seeds over that of the paired difference."""
    order = ComparisonOrder(
        region="corse",
        scenario="ransomware-large-hospital",
        postures=("baseline", *ALTERNATIVES),
        replications=REPLICATIONS,
        store=str(store),
    )
    plan = comparison_of(order)
    Execution(plan).start().summary.result()
    reference, *others = sides_of(results.open(store), plan.description.campaigns)
    ratios = {}
    for name, other in zip(ALTERNATIVES, others, strict=True):
        for measure in MEASURES:
            before, after = (side.crises.added(measure) for side in (reference, other))
            paired = float(np.var(after - before))
            ratios[f"{name}: {measure}"] = (
                float(np.var(before) + np.var(after)) / paired if paired else np.inf
            )
    return ratios


def main() -> None:
    """The ratios are told."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        ratios = ratios_in(Path(folder) / "store")
        seconds = {"the comparison, with its twin": time.perf_counter() - begun}
    title = (
        f"{REPLICATIONS} replications of corse, one large hospital: variance, independent seeds over paired"
    )
    tell(title, seconds, {name: ratio for name, ratio in ratios.items() if np.isfinite(ratio)})


if __name__ == "__main__":
    main()
