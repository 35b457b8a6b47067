"""With no attack and no event, the model gives back the data that it was made from.

Each site's yearly visits, mean emergency stay, share hospitalised and occupancy, the region's daily count and its
profiles by hour and weekday lie within 5 % of the data. So many replications are pooled that the sampling error is
below 2 %; a site fails when it lies beyond 5 % by more than twice that error.
"""

from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray
from simpy import Environment

from simulation.care.capacity.length_of_stay import log_normal_mean
from simulation.care.capacity.staffing.emergency import longer_than_most
from simulation.care.capacity.ward_table import NO_WARD, WardNumber
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.demand.calendar import clock_of, scaled
from simulation.care.flow.care import Care
from simulation.care.flow.codes import Exit
from simulation.engine.buffers import Buffers
from simulation.engine.random_streams import Luck
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.streams import EMERGENCY, Stream
from tests.without_seasons import without_seasons
from topologies.fields.quantity import Quantity
from topologies.region import Region

REPLICATIONS = 64
FOLLOWED = 20
"""Replications whose patients are followed one by one."""
WEEKS = 4
DAYS_A_YEAR = 365.25
TOLERANCE = 0.05
MOST_ERROR = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """Four weeks, many times; arrays are of shape (replications, wards) unless said, means over the hours."""

    wards: Wards
    scenario: Scenario
    in_care: NDArray[np.float64]
    waiting: NDArray[np.float64]
    demand: NDArray[np.float64]
    diverted_in: NDArray[np.float64]
    unmet: NDArray[np.float64]
    by_hour: NDArray[np.float64]
    """Visits to all emergency departments, mean over replications; of shape (hours,)."""

    def occupied(self, wards: NDArray[np.intp] | list[int]) -> NDArray[np.float64]:
        return self.in_care[:, wards] / self.wards.table.places[wards]


@pytest.fixture(scope="module")
def parameters(parameters: Parameters) -> Parameters:
    """Those of a year without seasons."""
    return without_seasons(parameters)


@pytest.fixture(scope="module")
def simulated(ile_de_france: Region, parameters: Parameters) -> Simulated:
    scenario = load_scenario("ordinary-month").model_copy(update={"horizon_h": WEEKS * 7 * 24})
    wards, buffers = wards_of(ile_de_france, scenario, parameters), Buffers()
    means = {
        name: np.zeros((REPLICATIONS, len(wards.finess)))
        for name in ("in_care", "waiting", "demand", "diverted_in", "unmet")
    }
    by_hour = np.zeros(scenario.horizon_h)
    for number in range(REPLICATIONS):
        care = Care(Environment(), wards, parameters, Luck(11, number), buffers=buffers)
        care.finish()
        for name, mean in means.items():
            mean[number] = getattr(care.record, name).mean(axis=0)
        by_hour += care.record.demand[:, wards.of(*EMERGENCY)].sum(axis=1) / REPLICATIONS
    return Simulated(wards=wards, scenario=scenario, **means, by_hour=by_hour)


def off(values: NDArray[np.float64], data: NDArray[np.float64] | float) -> tuple[NDArray[np.float64], ...]:
    """How far the mean over replications lies from the data, and its standard error, over the data."""
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values)) / data
    assert np.max(error) < MOST_ERROR, "pool more replications"
    return values.mean(axis=0) / data - 1.0, error


def mean_h(stays: Quantity) -> float:
    """The mean of log-normal stays around the published median."""
    return log_normal_mean(stays.value, stays.log_sd or 0.0)


def departments_of(simulated: Simulated) -> dict[str, list[WardNumber]]:
    """The emergency departments of each site that has some."""
    return {
        finess: departments
        for finess in sorted(set(simulated.wards.finess))
        if (departments := simulated.wards.emergencies_of(finess))
    }


def test_each_sites_yearly_visits_are_those_declared(simulated: Simulated, ile_de_france: Region) -> None:
    departments = departments_of(simulated)
    visits = np.stack([simulated.demand[:, some].sum(axis=1) for some in departments.values()], axis=1)
    declared = [ile_de_france.establishments[finess].ed_visits_per_year or 0 for finess in departments]
    season = float(simulated.wards.table.arrival_profile[0].mean())
    beyond, error = off(visits * 24 * DAYS_A_YEAR / season, np.array(declared, dtype=np.float64))
    assert failing(list(departments), np.abs(beyond) - 2 * error > TOLERANCE, beyond) == {}


def test_each_sites_mean_emergency_stay_is_that_of_the_national_survey_for_its_size(
    simulated: Simulated, ile_de_france: Region, parameters: Parameters
) -> None:
    """From coming to leaving, as the survey counts it: a wait for a box or for a bed is part of it (Little's law)."""
    hospitalised = parameters.emergency.emergency_hospitalised_share.value
    published = hospitalised * mean_h(parameters.emergency.emergency_admitted_stay_h)
    published += (1.0 - hospitalised) * mean_h(parameters.emergency.emergency_stay_h)
    departments = departments_of(simulated)
    of_size = [longer_than_most(ile_de_france.establishments[finess], parameters) for finess in departments]
    there = simulated.in_care + simulated.waiting
    came = simulated.demand + simulated.diverted_in
    stays = np.stack(
        [there[:, some].sum(axis=1) / came[:, some].sum(axis=1) for some in departments.values()], axis=1
    )
    beyond, error = off(stays, published * np.array(of_size))
    assert not failing(list(departments), np.abs(beyond) - 2 * error > TOLERANCE, beyond)


def test_each_sites_share_hospitalised_is_the_published_one(
    simulated: Simulated, parameters: Parameters
) -> None:
    """Counted where no site has a bed: whoever is hospitalised then leaves for elsewhere, and can be counted."""
    published = parameters.emergency.emergency_hospitalised_share.value
    table = simulated.wards.table
    bedless = replace(simulated.wards, table=table._replace(next_ward=np.full_like(table.next_ward, NO_WARD)))
    counts = np.zeros((2, len(bedless.finess)), dtype=np.int64)
    for number in range(FOLLOWED):
        care = Care(Environment(), bedless, parameters, Luck(11, number), history=True)
        care.finish()
        taken = care.record.history[care.record.history["ward"] != NO_WARD]
        for row, end in enumerate((Exit.DISCHARGED, Exit.HOSPITALISED_ELSEWHERE)):
            counts[row] += np.bincount(taken["ward"][taken["exit"] == end], minlength=counts.shape[1])
    departments = departments_of(simulated)
    home, hospitalised = np.stack([counts[:, some].sum(axis=1) for some in departments.values()], axis=1)
    error = np.sqrt(published * (1.0 - published) / (home + hospitalised)) / published
    assert error.max() < MOST_ERROR, "follow more replications"
    beyond = hospitalised / (home + hospitalised) / published - 1.0
    assert failing(list(departments), np.abs(beyond) - 2 * error > TOLERANCE, beyond) == {}
    assert hospitalised.sum() / (home + hospitalised).sum() == pytest.approx(published, rel=0.01)


BEDS = {
    Stream.MEDICINE: "medicine_occupancy",
    Stream.CRITICAL_CARE: "critical_care_occupancy",
    Stream.MATERNITY: "maternity_occupancy",
}


@pytest.mark.parametrize("stream", BEDS)
def test_each_sites_beds_are_as_full_as_published(
    simulated: Simulated, parameters: Parameters, stream: Stream
) -> None:
    published = parameters.quantities[BEDS[stream]].value
    mine = np.flatnonzero(simulated.wards.of(stream) & (simulated.wards.table.places > 0))
    beyond, error = off(simulated.occupied(mine), published)
    names = [simulated.wards.finess[ward] for ward in mine]
    assert failing(names, np.abs(beyond) - 2 * error > TOLERANCE, beyond) == {}
    region = simulated.in_care[:, mine].sum(axis=1).mean() / simulated.wards.table.places[mine].sum()
    assert region == pytest.approx(published, rel=TOLERANCE / 2)


def test_the_samus_leave_fewer_calls_unanswered_than_published(simulated: Simulated) -> None:
    """One call in eight (DREES 2025) with those who hang up or call by mistake; of the others about one in twenty."""
    samu = simulated.wards.of(Stream.SAMU)
    calls, unmet = (of[:, samu].sum() for of in (simulated.demand, simulated.unmet))
    again = simulated.wards.table.rings_again_share
    unanswered = unmet / (1.0 - again)
    assert unanswered / (calls + again * unanswered) == pytest.approx(0.05, abs=0.015)


def test_the_regions_births_are_those_of_its_beds(
    simulated: Simulated, ile_de_france: Region, parameters: Parameters
) -> None:
    """Whole beds move births between maternities, by half a bed at most, and change their number little."""
    acute = [site.beds_mco or 0 for site in ile_de_france.establishments.values()]
    large = sum(beds for beds in acute if beds >= parameters.beds.maternity_from_beds.value)
    births = simulated.demand[:, simulated.wards.of(Stream.MATERNITY)].sum(axis=1).mean() * 24 * DAYS_A_YEAR
    assert births == pytest.approx(large * parameters.beds.births_per_bed_year.value, rel=TOLERANCE / 2)


def test_the_regions_daily_count_is_that_declared(simulated: Simulated, ile_de_france: Region) -> None:
    declared = sum(
        site.ed_visits_per_year or 0 for site in ile_de_france.establishments.values() if site.has_emergency
    )
    a_day = simulated.by_hour.sum() / (WEEKS * 7)
    season = float(simulated.wards.table.arrival_profile[0].mean())
    assert a_day == pytest.approx(declared / DAYS_A_YEAR * season, rel=0.01)
    assert season == pytest.approx(1.0, abs=TOLERANCE)


def test_the_regions_visits_follow_the_published_hours_and_weekdays(
    simulated: Simulated, parameters: Parameters
) -> None:
    clock = clock_of(simulated.scenario)
    hours, weekdays = np.array([at.hour for at in clock]), np.array([at.weekday() for at in clock])
    by_hour = np.array([simulated.by_hour[hours == hour].mean() for hour in range(24)])
    by_weekday = np.array([simulated.by_hour[weekdays == day].mean() for day in range(7)])
    assert by_hour / by_hour.mean() == pytest.approx(
        scaled(parameters.emergency.emergency_by_hour), rel=TOLERANCE
    )
    assert by_weekday / by_weekday.mean() == pytest.approx(
        scaled(parameters.emergency.emergency_by_weekday), rel=TOLERANCE
    )


def failing(names: list[str], fails: NDArray[np.bool_], beyond: NDArray[np.float64]) -> dict[str, str]:
    """Who fails, and by how much."""
    return {name: f"{far:+.1%}" for name, fail, far in zip(names, fails, beyond, strict=True) if fail}
