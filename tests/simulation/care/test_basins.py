"""Basins: nothing passes between them, and what is simulated basin by basin is what would be simulated together."""

from dataclasses import replace

import numpy as np
from numpy.random import default_rng

from simulation.care.capacity.basins import Basins
from simulation.care.capacity.wards import Wards, wards_of
from simulation.care.flow.record import Record
from simulation.care.flow.rules.care_by_the_rules import Change
from simulation.engine.random_streams import Luck
from simulation.inputs.library import load_scenario
from simulation.inputs.parameters.parameters import load_parameters
from simulation.inputs.streams import Stream
from tests.validation.care_runs import simulated
from tests.validation.random_wards import region_of
from topologies.region import Link, Region

PARAMETERS = load_parameters()
SUMMED_OVER_BASINS = ("by_condition",)


def wards_without_roads_between_departments(sites: int) -> Wards:
    """A week of sites in two departments."""
    region = region_of(default_rng(5), sites)
    scenario = load_scenario("ordinary-month").model_copy(update={"horizon_h": 7 * 24})
    return wards_of(replace(region, links=tuple(_inside(region))), scenario, PARAMETERS)


def _inside(region: Region) -> list[Link]:
    department = {finess: site.department for finess, site in region.establishments.items()}
    department |= {service: service[-2:] for service in region.services}
    return [one for one in region.links if department[one.source] == department[one.target]]


def test_departments_without_a_road_between_them_are_basins() -> None:
    wards = wards_without_roads_between_departments(6)
    basins, of_hospital = wards.basins, ~wards.of(Stream.SAMU)
    assert np.array_equal(basins.of_ward[of_hospital], wards.table.department[of_hospital])
    assert basins.of_ward[~of_hospital].tolist() == [0, 1]
    assert sorted(basins.ward.tolist()) == list(range(len(wards.stream)))
    for basin in range(2):
        mine = basins.ward[basins.first[basin] : basins.first[basin + 1]]
        assert np.array_equal(mine, np.flatnonzero(basins.of_ward == basin))


def test_one_road_makes_one_basin_of_two() -> None:
    wards = wards_without_roads_between_departments(6)
    ends = np.flatnonzero(wards.table.department == 1)[[0]]
    table = wards.table._replace(
        neighbour_first=np.r_[0, wards.table.neighbour_first[1:] + 1],
        neighbour_ward=np.r_[ends, wards.table.neighbour_ward],
        neighbour_h=np.r_[0.5, wards.table.neighbour_h],
    )
    assert wards.table.department[0] == 0
    assert replace(wards, table=table).basins.first.tolist() == [0, len(wards.stream)]


def test_basin_by_basin_the_same_happens_to_every_patient_as_together() -> None:
    apart = wards_without_roads_between_departments(6)
    count = len(apart.stream)
    together = replace(apart)
    vars(together)["basins"] = Basins(np.zeros(count, np.int64), np.array([0, count]), np.arange(count))
    departments = apart.emergency_departments[::2].tolist()
    changes = [Change(30.25 + number, ward, 0.1, 1.5, 5.0) for number, ward in enumerate(departments)]
    one, other = (simulated(wards, PARAMETERS, Luck(1, 0), changes).record for wards in (apart, together))
    for name in Record._fields:
        if name not in SUMMED_OVER_BASINS:
            assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name
    for column in ("came", "taken", "minutes"):
        np.testing.assert_allclose(one.by_condition[column], other.by_condition[column], rtol=1e-12)
    assert one.ambulances_diverted_out.sum() > 0 < one.unmet.sum()
