"""Output of a comparison: a table for people, one JSON object for programs."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping


def seconds_of(work: Callable[[], object], rounds: int) -> float:
    """Median seconds of a piece of work, after one round that does not count."""
    work()
    durations = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        durations.append(time.perf_counter() - begun)
    return statistics.median(durations)


def tell(title: str, seconds: Mapping[str, float], ratios: Mapping[str, float]) -> None:
    """The comparison is on standard output; a ratio above one says that we are faster."""
    if "--json" in sys.argv[1:]:
        print(json.dumps({"benchmark": title, "seconds": dict(seconds), "ratios": dict(ratios)}))
        return
    print(title)
    for name, duration in seconds.items():
        print(f"  {name:<58} {duration * 1000:10.1f} ms")
    for name, ratio in ratios.items():
        print(f"  {name:<58} {ratio:10.2f} times")
