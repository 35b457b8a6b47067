"""Compilation ahead of time of what a replication needs, so that no first run waits for it.

python -m flows.execution.compile_ahead
"""

import sys

import simulation
import topologies


def compile_all() -> None:
    """Run a replication with a strike and a crowd, which calls every compiled function."""
    sys.stderr.write("Compiling the loop of patients (half a minute, once)\n")
    scenario = simulation.load_scenario("samu-telephony-denied")
    simulation.simulate(
        topologies.load("ile-de-france"), scenario, simulation.load_posture("baseline"), seed=1, replication=0
    )


if __name__ == "__main__":
    compile_all()
