"""The story of one replication: attack, response, continuity and care of a region, hour by hour.

1. Each midnight of the simulation, care is simulated for the past day; capacity changes take effect at the moment they
   occurred (`care/flow/care.py`). Hospitals that were full for long call their plan blanc (`response/plan_blanc.py`).
2. A wave begins, at its hour or after another's payload. A strike takes services down (`attack/strikes.py`). An
   intruder tries the entry points, climbs to the directory, follows links, goes for backups and data
   (`attack/kill_chain.py`, `attack/attack_graph.py`).
3. A compromised establishment may notice the intruder, and understand what it sees or not; traces that others have
   shared are looked for (`response/detecting`). Attackers who see that they are looked for hurry, hide, or come back
   later (`attack/reactions.py`).
4. An alert is triaged. An establishment that then knows opens its crisis cell, cuts its links, and declares
   (`response/crisis_cells.py`). It may switch everything off; its cell decides on its doors, its critical care and
   planned care (`response/deciding`). On the first declaration, responders set out (`response/responders.py`) and the
   regional cell opens: it warns, closes doors and orders (`response/regional_cell.py`).
5. The payload goes off wherever the attacker is in control (`attack/payloads.py`). Applications are lost, and hospitals
   work on paper (`continuity/degraded_mode.py`).
6. Establishments come back stage by stage, as fast as work and scarce teams allow (`response/recovery.py`). So do those
   that were cut off in time, where the attacker held the directory. Plans blancs end, and crisis cells close.
7. At the horizon, what happened is counted (`outcome/counting.py`). The verdict is not of one replication: it needs the
   same days without the attack (`spared`), and is drawn from the rows of both (`results/analysis/compared`).

Who reacts to what is written in `crisis.py`. Events of the same instant follow the order in which they were planned:
SimPy's queue is stable.
"""

from simulation.replication.prepared_campaign import PreparedCampaign, prepare, spared
from simulation.replication.replicate import crisis_of, replicate, trace_of

__all__ = ["PreparedCampaign", "crisis_of", "prepare", "replicate", "spared", "trace_of"]
