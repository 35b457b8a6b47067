"""The cost of the page of 10,000 replications, and of one column of the largest table beside all of them.

A page reads the bands of the hours, never all hours, and the events of the first thousand replications: of more it
costs as much. The store is made up (`benchmarks.reading.repeated`); what no page opens is not written. Each page is
written by a process of its own. It takes some ten minutes, and 2 GB.

    python -m benchmarks.reading.page [--json]
"""

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
from results.report.evidence import FIRST
from results.tables.bands import REPLICATIONS as IN_BANDS
from simulation import Uncertainty

PAGES = 3


def page(store: Path, campaign: str) -> float:
    """Seconds until a page is written."""
    command = [sys.executable, "-m", "flows.cli.main", "report", campaign, "--store", str(store)]
    begun = time.perf_counter()
    subprocess.run([*command, "--output", str(store / "page.html")], capture_output=True, check=True)
    return time.perf_counter() - begun


def main() -> None:
    """The table is told."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        fill(store, Uncertainty.DRAWN, Kept(hours=IN_BANDS, timelines=FIRST))
        campaign = plan_of(order_in(store, Uncertainty.DRAWN)).campaign.id
        written = median(page(store, campaign) for _ in range(PAGES))
        size = (store / "page.html").stat().st_size
        opened = results.open(store)
        one = seconds_of(lambda: opened.table("hours", campaign, ["waiting"]), PAGES)
        whole = seconds_of(lambda: opened.table("hours", campaign), PAGES)
        memory = [opened.table("hours", campaign, columns).nbytes for columns in (None, ["waiting"])]
    tell(
        f"the page of {REPLICATIONS} replications of ile-de-france and of their twin",
        {"the page, Python and all": written, "one column of the hours": one, "all of them": whole},
        {
            "room under the 30 s that we promise": 30.0 / written,
            "room under the 3 MB that we promise": 3e6 / size,
            "one column: time of all over its own": whole / one,
            "one column: memory of all over its own": memory[0] / memory[1],
        },
    )


if __name__ == "__main__":
    main()
