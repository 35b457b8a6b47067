"""The ordinary day: what all wards of a region are staffed for, in the season of a scenario."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from simulation.care.capacity.length_of_stay import Stays
from simulation.care.capacity.network import journeys_of
from simulation.care.demand.calendar import arrivals_of_week, hours_of_week, monthly, scaled
from simulation.care.demand.followed import Followed
from simulation.engine.array_types import Floats
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import APPOINTMENTS, STREAMS, Stream
from topologies.region import Region

HOURS_A_YEAR = 8766.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """The patients of a ward in a scenario's season, over those of the mean of the year."""

    mean: float
    most: float
    """In the busiest spell, for which there are boxes and people at the telephone."""


AS_EVER = Swing(mean=1.0, most=1.0)


class OrdinaryDay:
    """The region, how patients come and stay, and what is known of all of them."""

    def __init__(
        self,
        region: Region,
        scenario: Scenario,
        p: Parameters,
        stays: Mapping[str, Stays],
        swings: Mapping[tuple[str, Stream], Swing],
    ) -> None:
        self.region = region
        self.p = p
        self.stays = stays
        self.first_hour = int(hours_of_week(scenario)[0])
        """The hour of the week at which the scenario starts."""
        self.weeks = {stream: arrivals_of_week(stream, p) for stream in STREAMS}
        """Arrivals by the hour of the week over their mean, each of shape (168,)."""
        self.by_hour = tuple(scaled(p.emergency.emergency_by_hour).tolist())
        """Emergency arrivals by the hour of the day over their mean."""
        days = Counter(scaled(p.emergency.emergency_by_weekday).tolist())
        self.weekdays = tuple((arrivals, float(count)) for arrivals, count in days.items())
        """Days with the same emergency arrivals: these over their mean, and how many such days a week has."""
        acute = [site.beds_mco or 0 for site in region.establishments.values()]
        self.beds_of_all = sum(acute)
        """Acute beds of the region."""
        self.beds_of_large = {
            stream: sum(beds for beds in acute if beds >= p.sessions.from_beds[stream].value)
            for stream in APPOINTMENTS
        }
        """Those of the sites large enough to hold the sessions of a stream."""
        self.time_critical = sum(share.value for share in p.conditions.shares.values())
        """The share of emergency patients who are time-critical."""
        self.hospitalised = p.emergency.emergency_hospitalised_share.value
        """The share of them who are hospitalised, on the mean of the year."""
        season = _mean(monthly(p.emergency.hospitalised_by_month, scenario), scenario)
        self.hospitalised_now = min(1.0, self.hospitalised * season)
        """The same in the months of the scenario."""
        self.journeys = journeys_of(region)
        self._swings = swings

    def swing(self, finess: str, stream: Stream) -> Swing:
        """What the season makes of a ward."""
        return self._swings.get((finess, stream), AS_EVER)


def _mean(by_hour: Floats, scenario: Scenario) -> float:
    """Over the whole scenario, of what is known by the followed hour."""
    return float(np.average(by_hour, weights=Followed.of(scenario).stands_for))
