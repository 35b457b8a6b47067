"""The highest memory of the command's processes at 200 replications and at 1,000.

Promised: that of the command and of its workers grows by a tenth at most.
"""

import sys
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.campaigns.measured import Measured
from benchmarks.campaigns.ways import command, order_of

FEW, MANY = 200, 1_000
PROMISED = 1.10
MODULES = {
    "flows.cli.main": "command",
    "flows.workers.worker": "workers",
    "flows.recording.recorder": "recorder",
    "flows.server.server": "server",
}
EVERY_S = 0.5


class Highest:
    """The highest memory, in MB, of each kind of process, of several the one with most."""

    def __init__(self) -> None:
        self.megabytes: dict[str, float] = {}
        self._looked_at = 0.0

    def look(self, command_pid: int) -> None:
        """Look again, but not too often; the system remembers the highest of those that live."""
        if time.monotonic() - self._looked_at < EVERY_S:
            return
        self._looked_at = time.monotonic()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                status = (process / "status").read_text("utf-8")
                words = (process / "cmdline").read_text("utf-8").split("\0")
            except OSError:
                continue  # it has ended
            is_ours = command_pid in {int(process.name), int(status.partition("PPid:")[2].split()[0])}
            kind = next((MODULES[word] for word in words if word in MODULES), None)
            if is_ours and kind and "VmHWM:" in status:
                now = float(status.partition("VmHWM:")[2].split()[0]) / 1_000
                self.megabytes[kind] = max(now, self.megabytes.get(kind, 0.0))


def measured(folder: Path, environment: Mapping[str, str]) -> Measured:
    """Both sizes, one after the other; megabytes are on standard error."""
    found = {}
    for replications in (FEW, MANY):
        highest = Highest()
        command(order_of(folder / f"memory-{replications}", replications), environment, highest.look)
        found[replications] = highest.megabytes
        said = ", ".join(f"{kind} {size:.0f} MB" for kind, size in sorted(highest.megabytes.items()))
        print(f"-n {replications}: {said}", file=sys.stderr, flush=True)
    kinds = ("command", "workers")
    return Measured(
        f"memory at {FEW} and {MANY} replications",
        {},
        {
            **{f"{kind}: at {FEW} / at {MANY}": found[FEW][kind] / found[MANY][kind] for kind in kinds},
            **{
                f"{kind}: growth promised / seen": PROMISED * found[FEW][kind] / found[MANY][kind]
                for kind in kinds
            },
        },
    )
