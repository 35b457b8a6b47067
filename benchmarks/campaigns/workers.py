"""One, two and four workers: how much faster so many are than one, on the cores that there are."""

from collections.abc import Mapping
from pathlib import Path

from benchmarks.campaigns.measured import Measured
from benchmarks.campaigns.ways import order_of, pool
from flows.workers import machine

REPLICATIONS = 96
COUNTS = (1, 2, 4)


def measured(folder: Path, _environment: Mapping[str, str]) -> Measured:
    """The bare pool, with its start, and without the seconds until the first chunk."""
    took = {count: pool(order_of(folder / f"workers-{count}", REPLICATIONS, count)) for count in COUNTS}
    steady = {count: each.verdict_s - each.first_s for count, each in took.items()}
    return Measured(
        f"{REPLICATIONS} replications and as many of the twin, on {machine.cores()} cores",
        {f"{count} workers, with their start": each.verdict_s for count, each in took.items()},
        {
            **{
                f"{count} workers / one, with their start": took[1].verdict_s / took[count].verdict_s
                for count in COUNTS[1:]
            },
            **{
                f"{count} workers / one, after the first chunk": steady[1] / steady[count]
                for count in COUNTS[1:]
            },
        },
    )
