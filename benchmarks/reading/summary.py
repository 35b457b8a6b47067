"""The cost of reading a finished campaign: its summary and the page that is printed, over 10,000 replications.

Beside it, that of the table of indicators for pandas: from the file in which they are gathered, and from the parts, a
file for each fifty replications. The store is made up (`benchmarks.reading.repeated`). Each reading is a process of its
own; what it takes to start Python and its packages is told apart. It takes some eight minutes, and 0.5 GB.

    python -m benchmarks.reading.summary [--json]
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import results
from benchmarks.reading.repeated import REPLICATIONS, Kept, fill, order_in
from benchmarks.table import seconds_of, tell
from flows.execution.plan import plan_of
from simulation import Uncertainty

READINGS = 5


def read(store: str, parameters: str) -> dict[str, float]:
    """Seconds that a process of its own takes for each step of reading."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.reading.summary", "read", store, parameters]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole = time.perf_counter() - begun
    seconds: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return {**seconds, "start": whole - sum(seconds.values())}


def read_here(store: str, parameters: str) -> None:
    """What `tocsin run` does where nothing is left to run; at last, the seconds of each step."""
    from flows.cli.briefing import Shown, Took, briefing_of
    from flows.terminal import console

    begun = time.perf_counter()
    plan = plan_of(order_in(Path(store), parameters))
    checked = time.perf_counter()
    summary = plan.summary()
    summed = time.perf_counter()
    took = Took(replications=0, ordinary=0, seconds=1.0)
    done = Shown(campaign=plan.campaign, store=plan.store, summary=summary, took=took)
    console.facts().print(briefing_of(done), crop=False)
    printed = time.perf_counter()
    steps = {"plan": checked - begun, "summary": summed - checked, "page": printed - summed}
    sys.stdout.write(f"\n{json.dumps(steps)}\n")


def indicators(store: Path, parameters: str) -> tuple[float, float]:
    """Seconds for the indicators of the campaign: from where they are gathered, and from the parts."""
    opened, campaign = results.open(store), plan_of(order_in(store, parameters)).campaign.id
    gathered = seconds_of(lambda: opened.indicators(campaign), READINGS)
    return gathered, seconds_of(lambda: opened.frame("replications", campaign), READINGS)


def main() -> None:
    """The table is told, or one reading is done."""
    if sys.argv[1:2] == ["read"]:
        read_here(*sys.argv[2:4])
        return
    for parameters in Uncertainty:
        with tempfile.TemporaryDirectory() as store:
            fill(Path(store), parameters, Kept())
            readings = [read(store, parameters) for _ in range(READINGS)]
            gathered, in_parts = indicators(Path(store), parameters)
        seconds = {step: median(one[step] for one in readings) for step in readings[0]}
        tell(
            f"reading {REPLICATIONS} replications of ile-de-france and of their twin, parameters {parameters}",
            {
                "start of Python and its packages": seconds["start"],
                "what was asked: region, scenario, posture": seconds["plan"],
                "the summary": seconds["summary"],
                "the page in words": seconds["page"],
                "the table of indicators, for pandas": gathered,
            },
            {
                "room under the 2 s that we promise": 2.0 / (seconds["summary"] + seconds["page"]),
                "indicators: from the parts over gathered": in_parts / gathered,
                "indicators: room under the 1 s that we promise": 1.0 / gathered,
            },
        )


if __name__ == "__main__":
    main()
