"""The benchmarks of campaigns, one after the other: `python -m benchmarks.campaigns [NAME …] [--json]`."""

import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path

from benchmarks.campaigns.measured import Measured
from benchmarks.campaigns.ways import environment_in
from benchmarks.table import tell

NAMES = ("start", "whole", "workers", "cluster", "stored", "memory")


def main() -> None:
    """Each is told as a table; with --json, all as one object."""
    arguments = sys.argv[1:]
    names = [name for name in arguments if name != "--json"] or list(NAMES)
    if unknown := [name for name in names if name not in NAMES]:
        sys.exit(f"{unknown[0]} is none of {', '.join(NAMES)}.")
    everything: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory() as folder:
        environment = environment_in(Path(folder))
        for name in names:
            found = import_module(f"benchmarks.campaigns.{name}").measured(Path(folder), environment)
            everything[name] = found
            if "--json" not in arguments:
                tell(found.title, found.seconds, found.ratios)
    if "--json" in arguments:
        print(json.dumps(_as_one(everything)))


def _as_one(everything: dict[str, Measured]) -> dict[str, object]:
    seconds = {
        f"{name}: {what}": value
        for name, found in everything.items()
        for what, value in found.seconds.items()
    }
    ratios = {
        f"{name}: {what}": value for name, found in everything.items() for what, value in found.ratios.items()
    }
    return {"benchmark": "campaigns", "seconds": seconds, "ratios": ratios}


if __name__ == "__main__":
    main()
