"""The cost of size: one replication in regions of up to 45,000 establishments, and the power by which it grows.

Regions are synthetic, with the statistics of the real ones (`tocsin topology synthesise`), and France itself stands
beside them. Each has a process of its own; the smallest has two, of which the first compiles and does not count.
Seconds are those of the processor, of a replication the median of some on what was prepared; memory is the highest that
a process reached, without what it held before it knew its region. Promised: cost and memory grow with establishments to
a power of at most 1.1, and France takes 1.5 s at most.

    python -m benchmarks.scale [SIZE SIZE SIZE …] [--json]

Without sizes: those of `SIZES`, in some ten minutes and 10 GB. Three at least are needed for a power and its error.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import log, sqrt
from multiprocessing import get_context
from pathlib import Path

import simulation
import simulation.replication
import topologies
from benchmarks.table import tell
from topologies.synthesis.synthesising import synthesised
from topologies.writing.folder import written

SIZES = (350, 1_000, 2_700, 10_000, 45_000)
FEWEST = 3
STAGES = ("load", "id", "prepare", "replication")
REPLICATIONS = 3
PROMISED_POWER, PROMISED_FRANCE_S = 1.1, 1.5


@dataclass(frozen=True, slots=True)
class Cost:
    """What a region costs: seconds of each stage, and MB."""

    establishments: int
    megabytes: float
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def replication_s(self) -> float:
        """Seconds of one replication."""
        return self.seconds["replication"]


def cost_of(region: str) -> Cost:
    """The cost of a built-in region, or of one in a folder; in a process that has done nothing else."""
    before, seconds = _peak_mb(), dict[str, float]()
    with _timed(seconds, "load"):
        place = topologies.load(region)
    with _timed(seconds, "id"):
        campaign = simulation.Campaign(
            region=place,
            scenario=simulation.load_scenario("ransomware-opening-ceremony").in_region(place),
            posture=simulation.load_posture("baseline"),
            seed=1,
        )
        assert campaign.id
    with _timed(seconds, "prepare"):
        simulation.check(campaign)
        prepared = simulation.prepare(campaign)
    # As workers do: what is prepared lasts as long as they.
    gc.collect()
    gc.freeze()
    simulation.replicate(prepared, 1, 0)
    durations = []
    for number in range(1, REPLICATIONS + 1):
        begun = time.process_time()
        simulation.replicate(prepared, 1, number)
        durations.append(time.process_time() - begun)
    seconds["replication"] = statistics.median(durations)
    return Cost(len(place.establishments), _peak_mb() - before, seconds)


@contextmanager
def _timed(seconds: dict[str, float], stage: str) -> Iterator[None]:
    begun = time.process_time()
    yield
    seconds[stage] = time.process_time() - begun


def _peak_mb() -> float:
    """The highest so far of this process alone."""
    status = Path("/proc/self/status").read_text("utf-8")
    return float(status.partition("VmHWM:")[2].split()[0]) / 1_000


def power_of(costs: Mapping[int, float]) -> tuple[float, float]:
    """The power by which a cost grows with size, and its standard error: a straight line through the logarithms.

    >>> tuple(round(each, 6) for each in power_of({10: 2.0, 100: 20.0, 1_000: 200.0}))
    (1.0, 0.0)
    """
    sizes, values = [log(size) for size in costs], [log(cost) for cost in costs.values()]
    line = statistics.linear_regression(sizes, values)
    left = [y - line.slope * x - line.intercept for x, y in zip(sizes, values, strict=True)]
    spread = sum((x - statistics.fmean(sizes)) ** 2 for x in sizes)
    return line.slope, sqrt(sum(each**2 for each in left) / (len(sizes) - 2) / spread)


def measured(region: str) -> Cost:
    """The cost of a region, in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(cost_of, region).result()


def synthesise(folder: Path, establishments: int) -> str:
    """A synthetic region in a folder; its path."""
    path = folder / f"of-{establishments}"
    written(synthesised(path.name, establishments, 1, lambda _done, _all: None), path, replace=False)
    return str(path)


def main() -> None:
    """The fit is told: on standard error each region and the powers, on standard output seconds and ratios."""
    costs: list[Cost] = []
    sizes = asked(sys.argv[1:])
    say("establishments", *(f"{stage}, ms" for stage in STAGES), "MB")
    with tempfile.TemporaryDirectory() as folder:
        regions = [synthesise(Path(folder), size) for size in sizes]
        for region in [regions[0], *regions]:
            costs.append(measured(region))
            say_cost(costs[-1])
    france = measured("france")
    say_cost(france)
    del costs[0]
    powers = {stage: power_of({one.establishments: one.seconds[stage] for one in costs}) for stage in STAGES}
    powers["memory"] = power_of({one.establishments: one.megabytes for one in costs})
    say("power", *(f"{power:.3f}" for power, _ in powers.values()))
    say("± error", *(f"{error:.3f}" for _, error in powers.values()))
    tell(
        "one replication of 30 days, by the size of the region",
        {
            **{f"{one.establishments} establishments": one.replication_s for one in costs},
            "france": france.replication_s,
        },
        {
            "france: seconds promised / taken": PROMISED_FRANCE_S / france.replication_s,
            "time: power promised / fitted": PROMISED_POWER / powers["replication"][0],
            "memory: power promised / fitted": PROMISED_POWER / powers["memory"][0],
        },
    )


def asked(arguments: Sequence[str]) -> list[int]:
    """The sizes of a command line, in ascending order.

    >>> asked(["2700", "--json", "350", "1000"]), asked(["--json"]) == [*SIZES]
    ([350, 1000, 2700], True)
    """
    sizes = sorted({int(argument) for argument in arguments if argument != "--json"}) or [*SIZES]
    if len(sizes) < FEWEST:
        sys.exit("Give three sizes at least: a power and its error are fitted to them.")
    return sizes


def say_cost(cost: Cost) -> None:
    """What is known of a region is on standard error."""
    milliseconds = (f"{cost.seconds[stage] * 1000:.0f}" for stage in STAGES)
    say(str(cost.establishments), *milliseconds, f"{cost.megabytes:.0f}")


def say(first: str, *cells: str) -> None:
    """A row of the table is on standard error."""
    print(f"{first:<16}" + "".join(f"{cell:>17}" for cell in cells), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
