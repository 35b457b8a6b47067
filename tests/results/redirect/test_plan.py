"""The plan of regions drawn at random: to whom patients may be sent, how many, and in how few minutes."""

from collections import defaultdict

import numpy as np
import pytest
from scipy.optimize import linprog

from results.presentation.regions.stream_capacity import ordinary_wards
from results.redirect.needs import NEEDS
from results.redirect.ordinary_room import OrdinaryRoom
from results.redirect.plan import PARTS, Map, Redirected, map_of, plan_of
from simulation.care.capacity.staffing.receiving import takes_from
from simulation.inputs.parameters.parameters import load_parameters
from simulation.inputs.streams import Stream
from tests.regions import hospitals
from topologies.region import Region

SITES = 9
BEHIND = 1_000.0
"""Minutes that one who stays behind counts for."""
A_PART = 1.5 / PARTS


@pytest.fixture(scope="module", params=range(3))
def region(request: pytest.FixtureRequest) -> Region:
    return hospitals(np.random.default_rng(request.param), SITES)


@pytest.fixture(scope="module")
def known(region: Region) -> Map:
    wards = ordinary_wards(region)
    assert wards is not None
    return map_of(region, OrdinaryRoom(wards=wards, parameters=load_parameters()))


def test_patients_are_sent_to_those_who_stand_and_can_care_for_them_and_have_room(
    region: Region, known: Map
) -> None:
    lost = sorted(region.establishments)[::3]
    rows, sites = plan_of(known, lost), region.establishments
    assert {(row.site, row.need) for row in rows} == {key for key in known.patients if key[0] in lost}
    taken: defaultdict[tuple[str, Stream], float] = defaultdict(float)
    for row in rows:
        asked = NEEDS[row.need]
        for one in (*row.takers, *row.reserve):
            assert one.finess not in lost, "who is lost takes nobody"
            assert all(takes_from(sites[one.finess], sites[row.site], stream) for stream in asked.wards)
            assert asked.is_met_by(sites[one.finess])
            assert one.minutes == known.minutes[row.site][one.finess]
            taken[one.finess, asked.room] += one.daily
        assert row.stranded + sum(one.daily for one in row.takers) == pytest.approx(row.daily)
        assert 0 <= row.daily - known.patients[row.site, row.need] < A_PART
        assert [one.minutes for one in row.takers] == sorted(one.minutes for one in row.takers)
    assert all(count <= known.room[place] + 1e-9 for place, count in taken.items())
    left = [(one.room, (one.finess, NEEDS[row.need].room)) for row in rows for one in row.reserve]
    assert all(room + taken[place] <= known.room[place] + 1e-9 for room, place in left)


def test_a_plan_is_within_five_percent_of_the_optimum(region: Region, known: Map) -> None:
    """Beside a solver of linear programmes, stream by stream; who is left behind counts for many minutes."""
    lost = sorted(region.establishments)[:2]
    rows = plan_of(known, lost)
    for stream in {asked.room for asked in NEEDS.values()}:
        mine = [row for row in rows if NEEDS[row.need].room is stream]
        spent = sum(one.daily * one.minutes for row in mine for one in row.takers)
        spent += BEHIND * sum(row.stranded for row in mine)
        assert spent <= 1.05 * fewest_minutes(known, mine, stream, lost) + BEHIND * SITES / PARTS


def fewest_minutes(known: Map, rows: list[Redirected], stream: Stream, lost: list[str]) -> float:
    """Minutes of the best plan for these patients, in parts as small as one likes."""
    ways = [
        (place, taker)
        for place, row in enumerate(rows)
        for taker in known.able[row.site, row.need]
        if taker not in lost
    ]
    takers = sorted({taker for _, taker in ways})
    minutes = [known.minutes[rows[place].site][taker] - BEHIND for place, taker in ways]
    senders = [[float(way[0] == place) for way in ways] for place in range(len(rows))]
    room = [[float(way[1] == taker) for way in ways] for taker in takers]
    behind = BEHIND * sum(row.daily for row in rows)
    if not ways:
        return behind
    bounds = [row.daily for row in rows] + [known.room[taker, stream] for taker in takers]
    saved = linprog(minutes, A_ub=senders + room, b_ub=bounds).fun
    assert saved is not None
    return behind + saved
