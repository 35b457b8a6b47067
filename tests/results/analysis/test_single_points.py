"""Single points of failure: who is tried, and how what they cost is ranked beside what the graph says."""

from dataclasses import replace

from results.analysis.single_points import Care, Point, customers_of, points_of, ranked
from tests.regions import DIRECTORY, FIRST, SECOND, THIRD
from topologies.region import Region

CALM = [
    Care(cared_for=100.0 + n, ed_visits_unmet=1.0, surgeries_postponed=2.0, delay_min=30.0, delay_deaths=0.1)
    for n in (0, 1)
]


def point(node: str, betweenness: float) -> Point:
    return Point(node=node, customers=0, visits=0, betweenness=betweenness)


def test_the_most_central_and_the_largest_are_tried_each_once(small_region: Region) -> None:
    assert customers_of(small_region) == {DIRECTORY: [FIRST, SECOND, THIRD]}
    points = points_of(small_region, 3)
    assert [each.node for each in points] == [DIRECTORY, FIRST, SECOND]
    assert (points[0].customers, points[0].visits) == (3, 120_000)
    assert points[0].betweenness > points[1].betweenness > points[2].betweenness == 0.0
    assert {each.node for each in points_of(small_region, 99)} == {DIRECTORY, *small_region.establishments}


def test_the_worst_comes_first_and_equal_failures_share_a_rank() -> None:
    worse = [replace(each, cared_for=each.cared_for - 10 - 2 * n) for n, each in enumerate(CALM)]
    found = ranked(CALM, [(point("a", 0.5), CALM), (point("b", 0.1), worse), (point("c", 0.1), CALM)])
    assert [(each.point.node, each.by_runs, each.by_graph) for each in found] == [
        ("b", 1, 2),
        ("a", 2, 1),
        ("c", 2, 2),
    ]
    assert found[0].patients.mean == 11.0
    low, high = found[0].patients.interval or (0.0, 0.0)
    assert low < 11.0 < high
    assert found[1].patients.mean == found[1].delay_deaths.mean == 0.0
