"""Who is sent where: as many as there is room for, in the fewest minutes, beside all other ways to send them."""

from collections.abc import Iterator, Mapping
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from results.redirect.transport import sent

Ways = Mapping[tuple[str, str], int]
SENDERS, TAKERS = ("a", "b"), ("x", "y", "z")
few = st.integers(0, 3)
ways = st.dictionaries(st.tuples(st.sampled_from(SENDERS), st.sampled_from(TAKERS)), st.integers(0, 9))


def every_way(patients: Mapping[str, int], room: Mapping[str, int], costs: Ways) -> Iterator[Ways]:
    """Each way to send patients for which there is room, tried one after the other."""
    for counts in product(*(range(min(patients[a], room[x]) + 1) for a, x in costs)):
        tried = dict(zip(costs, counts, strict=True))
        left = all(sum(n for (a, _), n in tried.items() if a == one) <= patients[one] for one in patients)
        if left and all(sum(n for (_, x), n in tried.items() if x == one) <= room[one] for one in room):
            yield tried


def worth(costs: Ways, tried: Ways) -> tuple[int, int]:
    """The fewer stay behind, and then the fewer minutes, the better."""
    return -sum(tried.values()), sum(costs[way] * count for way, count in tried.items())


@given(
    patients=st.fixed_dictionaries(dict.fromkeys(SENDERS, few)),
    room=st.fixed_dictionaries(dict.fromkeys(TAKERS, few)),
    costs=ways,
)
def test_no_other_way_sends_more_or_in_fewer_minutes(
    patients: Mapping[str, int], room: Mapping[str, int], costs: Ways
) -> None:
    found = sent(patients, room, costs)
    full = {way: found.get(way, 0) for way in costs}
    assert set(found) <= set(costs)
    assert full in list(every_way(patients, room, costs))
    assert worth(costs, full) == min(worth(costs, tried) for tried in every_way(patients, room, costs))
