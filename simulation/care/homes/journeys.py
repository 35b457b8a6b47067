"""Journeys from home, of those who came, as if nobody had been sent on."""

from simulation.care.flow.record import FAR_MIN, VERY_FAR_MIN
from simulation.care.homes.home_table import HomeTable
from simulation.engine.array_types import Floats, Numbers
from simulation.engine.compiled import U4, compiled


@compiled
def add_journeys(
    homes: HomeTable, came: Numbers, people: Numbers, minutes: Floats, beyond_30: Numbers, beyond_45: Numbers
) -> None:
    """The journeys of those who came, as if nobody had been sent on, are added; sums are by `Reason` and commune."""
    for row in range(len(came)):
        home = U4(row)
        if came[home] == 0:
            continue
        why, here, journey_min = U4(homes.reason[home]), U4(homes.commune[home]), homes.journey_h[home] * 60.0
        people[why, here] += came[home]
        minutes[why, here] += came[home] * journey_min
        if journey_min > FAR_MIN:
            beyond_30[why, here] += came[home]
        if journey_min > VERY_FAR_MIN:
            beyond_45[why, here] += came[home]
