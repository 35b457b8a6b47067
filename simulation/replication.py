"""What happens? One replication: attack, response, recovery and care in one SimPy environment.

The order of events:

1. each morning the patients of the day before are lived, hour by hour and event by event, with what the crisis changed
   in it at its own instants (`care.py`, `loop.py`), and plans blancs are looked at (`plan_blanc.py`);
2. a wave begins, at its instant or after another's payload: a strike hits (`strikes.py`), or an intruder tries the
   entry points, climbs to the directory, follows links, goes for backups and data (`kill_chain.py`, `attack_graph.py`);
3. who has the attacker inside may notice, by a hazard that his acts and vigilance raise (`detection.py`);
4. an alert is triaged; who then knows opens a crisis cell, cuts its links, declares, calls its plan blanc; the regional
   cell opens, warns, closes doors, orders (`decisions.py`), and the responders set out (`responders.py`);
5. the payload goes off wherever the attacker is in control, and applications are lost (`degraded_mode.py`);
6. establishments come back stage by stage, as fast as work and scarce teams allow (`recovery.py`);
7. at the horizon, what happened is counted (`counting.py`) and held against the thresholds (`verdict.py`).

Events of the same instant follow the order in which they were planned: SimPy's queue is stable.
"""

from collections.abc import Callable
from functools import partial

from simpy import Environment

from simulation.attack.kill_chain import Attack
from simulation.attack.strikes import Strike
from simulation.care.flow.care import Care
from simulation.continuity.degraded_mode import DegradedMode
from simulation.engine.random_streams import Luck
from simulation.engine.situation import Situation
from simulation.engine.timeline import NodeState, Timeline
from simulation.outcome.counting import counted
from simulation.outcome.records import Outcome
from simulation.outcome.trace import Trace
from simulation.prepared import PreparedCampaign
from simulation.response.decisions import Response
from simulation.response.plan_blanc import PlanBlancCalls
from simulation.response.recovery import Recovery


def replicate(prepared: PreparedCampaign, seed: int, replication: int) -> Outcome:
    """Replication number `replication` of the campaign with this seed; the same alone or among a thousand."""
    return counted(live(prepared, seed, replication))


def live(prepared: PreparedCampaign, seed: int, replication: int) -> Trace:
    """What this replication leaves behind, uncounted; the next one overwrites its care."""
    env = Environment()
    luck = Luck(seed, replication)
    timeline = Timeline(replication, prepared.scenario.start, lambda: float(env.now))
    situation = Situation(env, prepared, luck, timeline, [NodeState() for _ in prepared.nodes])
    care = Care(env, prepared.wards, prepared.parameters, luck, buffers=prepared.buffers)
    degraded_mode = DegradedMode(situation, care)
    recovery = Recovery(situation, degraded_mode)
    plan_blanc_calls = PlanBlancCalls(situation, degraded_mode, care)
    response = Response(situation, recovery, plan_blanc_calls)
    care.each_morning.append(plan_blanc_calls.look)
    env.process(care.run())
    if prepared.posture.regional_cell:
        env.process(response.run_regional_cell())
    _unleash(situation, response)
    env.run(until=prepared.scenario.horizon_h)
    care.finish()
    return Trace(
        prepared=prepared,
        replication=replication,
        states=situation.states,
        timeline=tuple(timeline.events),
        care=care.record,
        luck=luck,
        bed_capacity=degraded_mode.bed_capacity,
        regional_cell_h=response.regional_cell_h,
        service_lost_h=degraded_mode.dependent_h,
    )


def _unleash(situation: Situation, response: Response) -> None:
    """Each wave will begin at its instant, or once the wave that it follows has gone off."""
    scenario = situation.prepared.scenario
    waves = {
        wave.name: Strike(situation, response, wave)
        if wave.is_strike
        else Attack(situation, response, wave, number)
        for number, wave in enumerate(scenario.waves)
    }
    for wave in scenario.waves:
        undertaking = waves[wave.name]
        if wave.after is None:
            begins_h = scenario.hours_of(wave.begins) if wave.begins else 0.0
            situation.after(begins_h, undertaking.begin)
        else:
            before, delay_h = waves[wave.after.wave], wave.after.delay_h
            before.on_detonation.append(partial(_follow, situation, delay_h, undertaking.begin))


def _follow(situation: Situation, delay_h: float, begin: Callable[[int | None], None], cause: int) -> None:
    situation.after(delay_h, partial(begin, cause))
