"""Compilation ahead of time of what a replication needs, so that no first run waits for it.

python -m flows.execution.compile_ahead
"""

import compileall
import sys
from pathlib import Path

import simulation
import topologies

ROOT = Path(__file__).parents[2]
ROOMS = ("flows", "backtest", "results", "simulation", "topologies")


def compile_all() -> None:
    """Python's own code is kept beside the sources; a replication with a strike and a crowd calls every function."""
    for room in ROOMS:
        compileall.compile_dir(ROOT / room, quiet=2)
    sys.stderr.write("Compiling the loop of patients (half a minute, once)\n")
    scenario = simulation.load_scenario("samu-telephony-denied")
    simulation.simulate(
        topologies.load("ile-de-france"), scenario, simulation.load_posture("baseline"), seed=1, replication=0
    )


if __name__ == "__main__":
    compile_all()
