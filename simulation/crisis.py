"""What happens? One replication: attack, response, recovery and care in one SimPy environment.

The order of events:

1. every hour, care: stays end, patients arrive, places fill, patients are sent on, patience runs out (`care.py`);
2. the attacker tries the entry points, climbs to the directory, moves over the links (`attack.py`);
3. who has the attacker inside may notice, by a hazard that vigilance raises (`watch.py`);
4. who notices opens a crisis cell, cuts its links, declares; the regional cell opens, warns, and orders
   (`response.py`);
5. at its hour the payload goes off wherever the attacker holds the directory, and capacity is lost (`attack.py`);
6. establishments come back stage by stage, as fast as work and scarce teams allow (`recovery.py`);
7. at the horizon, what happened is counted (`tally.py`) and held against the thresholds (`verdict.py`).

Events of the same instant follow the order in which they were planned: SimPy's queue is stable.
"""

from simpy import Environment

from simulation.attack import Attack
from simulation.care import Care
from simulation.journal import Fate, Journal
from simulation.outcome import Outcome
from simulation.randomness import Luck
from simulation.recovery import Recovery
from simulation.response import Response
from simulation.scene import Scene
from simulation.tally import Happened, counted
from simulation.theatre import Theatre


def replicate(theatre: Theatre, seed: int, replication: int) -> Outcome:
    """Replication number `replication` of the campaign with this seed; the same alone or among a thousand."""
    env = Environment()
    luck = Luck(seed, replication)
    journal = Journal(replication, theatre.scenario.start, lambda: float(env.now))
    scene = Scene(env, theatre, luck, journal, [Fate() for _ in theatre.nodes])
    care = Care(env, theatre.wards, theatre.parameters, luck)
    recovery = Recovery(scene, care)
    response = Response(scene, recovery)
    env.process(care.run())
    env.process(response.run_regional_cell())
    Attack(scene, response).begin()
    env.run(until=theatre.scenario.horizon_h)
    return counted(
        Happened(
            theatre=theatre,
            replication=replication,
            fates=scene.fates,
            timeline=tuple(journal.events),
            care=care.record,
            bed_capacity=recovery.bed_capacity,
            regional_cell_h=response.regional_cell_h,
        )
    )
