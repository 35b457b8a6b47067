"""Runs of care without a crisis: the same patients and the same changes, by the compiled loop and by the rules."""

from collections.abc import Generator, Sequence

import simpy

from simulation.care.capacity.wards import Wards
from simulation.care.flow.arrivals import draw_arrivals
from simulation.care.flow.care import Care
from simulation.care.flow.rules.care_by_the_rules import CareByTheRules, Change
from simulation.care.flow.rules.hospitals import Hospitals
from simulation.engine.random_streams import Luck
from simulation.inputs.parameters.parameters import Parameters


def simulated(wards: Wards, parameters: Parameters, luck: Luck, changes: Sequence[Change] = ()) -> Care:
    """By the compiled loop, day by day, with every patient followed."""
    env = simpy.Environment()
    care = Care(env, wards, parameters, luck, history=True)

    def crisis() -> Generator[simpy.Event, None, None]:
        for one in changes:
            yield env.timeout(max(0.0, one.at_h - env.now))
            care.change(one.ward, *one[2:])

    env.process(crisis())
    env.process(care.run())
    env.run(until=len(care.followed))
    care.finish()
    return care


def by_the_rules(
    wards: Wards, parameters: Parameters, luck: Luck, changes: Sequence[Change] = ()
) -> Hospitals:
    """By the rules."""
    planned = luck.stream("planned").random(len(wards.finess)).tolist()
    return CareByTheRules(wards, draw_arrivals(wards, parameters, luck), changes, planned=planned).run()
