"""A campaign from Enter to its verdict, beside a bare pool of the same calls with its own start.

Promised: 1.35 times the pool at 100 replications, 1.10 times at 1,000. Prefect may record a little longer than that:
what the whole command took is told too.
"""

import statistics
from collections.abc import Mapping
from pathlib import Path

from benchmarks.campaigns.measured import Measured
from benchmarks.campaigns.ways import Took, command, order_of, pool

PROMISED = {100: 1.35, 1_000: 1.10}
"""Times the bare pool, by the number of replications."""
ROUNDS = {100: 3, 1_000: 1}


def measured(folder: Path, environment: Mapping[str, str]) -> Measured:
    """Both ways in turn, each in a store of its own; medians."""
    seconds: dict[str, float] = {}
    ratios: dict[str, float] = {}
    for replications, promised in PROMISED.items():
        pools: list[Took] = []
        commands: list[Took] = []
        for number in range(ROUNDS[replications]):
            at = folder / f"whole-{replications}-{number}"
            pools.append(pool(order_of(at / "pool", replications)))
            commands.append(command(order_of(at / "command", replications), environment))
        bare_s = statistics.median(each.verdict_s for each in pools)
        verdict_s = statistics.median(each.verdict_s for each in commands)
        whole_s = statistics.median(each.whole_s for each in commands)
        cpu_s = statistics.median(each.cpu_s for each in commands)
        bare_cpu_s = statistics.median(each.cpu_s for each in pools)
        seconds |= {
            f"-n {replications}: bare pool, with its start": bare_s,
            f"-n {replications}: the command, to its verdict": verdict_s,
            f"-n {replications}: the command, to its end": whole_s,
            f"-n {replications}: bare pool, of the processor": bare_cpu_s,
            f"-n {replications}: the command, of the processor": cpu_s,
        }
        ratios |= {
            f"-n {replications}: bare pool / to the verdict": bare_s / verdict_s,
            f"-n {replications}: bare pool / to the end": bare_s / whole_s,
            f"-n {replications}: promised / to the verdict": promised * bare_s / verdict_s,
            f"-n {replications}: bare pool / command, of the processor": bare_cpu_s / cpu_s,
        }
    return Measured("a campaign beside a bare pool of the same calls, two workers", seconds, ratios)
