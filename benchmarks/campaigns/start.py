"""From Enter to the first replication, beside a worker's own start; and what a finished campaign costs to show.

Promised: the first replication within 1.5 times what a worker needs to start and compute its first one; the same
command again, with nothing new to compute, in 1.5 s of the processor.
"""

import statistics
from collections.abc import Mapping
from pathlib import Path

from benchmarks.campaigns.measured import Measured
from benchmarks.campaigns.ways import Took, command, order_of, pool

REPLICATIONS = 8
"""Chunks are of one replication."""
FINISHED = 100
ROUNDS = 5
PROMISED_FIRST, PROMISED_AGAIN_S = 1.5, 1.5


def measured(folder: Path, environment: Mapping[str, str]) -> Measured:
    """Both ways in turn, each in a store of its own; medians."""
    pools: list[Took] = []
    commands: list[Took] = []
    for number in range(ROUNDS):
        at = folder / f"start-{number}"
        pools.append(pool(order_of(at / "pool", REPLICATIONS)))
        commands.append(command(order_of(at / "command", REPLICATIONS), environment))
    own_s = statistics.median(each.first_s for each in pools)
    first_s = statistics.median(each.first_s for each in commands)
    done = order_of(folder / "finished", FINISHED)
    command(done, environment)
    again = [command(done, environment) for _ in range(ROUNDS)]
    again_s = statistics.median(each.cpu_s for each in again)
    return Measured(
        f"the first replication, and a finished campaign of {FINISHED}",
        {
            "a worker's own start, to its first replication": own_s,
            "the command, to its first replication": first_s,
            "a finished campaign again": statistics.median(each.whole_s for each in again),
            "a finished campaign again, of the processor": again_s,
        },
        {
            "a worker's own start / from Enter to the first replication": own_s / first_s,
            "first replication: promised / taken": PROMISED_FIRST * own_s / first_s,
            "0 new: seconds of the processor promised / taken": PROMISED_AGAIN_S / again_s,
        },
    )
