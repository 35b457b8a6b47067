"""What is written and sealed of replications, beside what it takes to compute them."""

import time
from collections.abc import Mapping
from pathlib import Path

import simulation
from benchmarks.campaigns.measured import Measured
from benchmarks.campaigns.ways import order_of
from flows.execution.plan import plan_of
from results import summarise

REPLICATIONS = 32


def measured(folder: Path, _environment: Mapping[str, str]) -> Measured:
    """A campaign and its twin, in this process, stage by stage."""
    plan = plan_of(order_of(folder / "stored", REPLICATIONS))
    prepared = simulation.prepare(plan.campaign)
    both = ((plan.ordinary, simulation.spared(prepared)), (plan.campaign, prepared))
    stages = dict.fromkeys(("computed", "written", "sealed", "summarised"), 0.0)
    for campaign, ready in both:
        simulation.replicate(ready, campaign.seed, REPLICATIONS)
        with plan.store.begin(campaign):
            at = [time.perf_counter()]
            outcomes = [simulation.replicate(ready, campaign.seed, each) for each in range(REPLICATIONS)]
            at.append(time.perf_counter())
            plan.store.write_chunk(campaign.id, outcomes)
            at.append(time.perf_counter())
            plan.store.seal(campaign.id, REPLICATIONS)
            at.append(time.perf_counter())
        for stage, begun, ended in zip(stages, at, at[1:], strict=False):
            stages[stage] += ended - begun
    begun = time.perf_counter()
    summarise(plan.store, plan.campaign.id)
    stages["summarised"] = time.perf_counter() - begun
    size_mb = sum(each.stat().st_size for each in plan.store.path.rglob("*") if each.is_file()) / 1e6
    return Measured(
        f"{REPLICATIONS} replications and as many of the twin in the store: {size_mb:.0f} MB",
        stages,
        {f"computed / {stage}": stages["computed"] / stages[stage] for stage in list(stages)[1:]},
    )
