"""Over a campaign: whoever is down in a replication has no room in it."""

import numpy as np
import pytest

from results.redirect import booklet_of
from results.redirect.booklet import AnotherRegion
from results.redirect.plan import Map, plan_of
from results.redirect.standing import LEAST_CRISES, STAYS_GOOD, Standing, standing_in
from results.report import Tlp
from results.report.parts import Table
from results.store.store import Store
from simulation.inputs.streams import Stream
from tests.results import synthetic
from topologies.region import Region

CRISES = 40
LOST, FALLS_TOO, SELDOM, STANDS = "a", "b", "c", "d"
SITES = (LOST, FALLS_TOO, SELDOM, STANDS)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return synthetic.sealed(tmp_path_factory.mktemp("standing") / "store", [range(CRISES)], CRISES)


@pytest.fixture
def standing() -> Standing:
    """The lost one is down in the first half of the crises, a colleague in most of these, another in one."""
    down = np.zeros((CRISES, len(SITES)), np.bool_)
    half = CRISES // 2
    down[:half, 0], down[: half - 2, 1], down[0, 2], down[half:, 3] = True, True, True, True
    return Standing(sites=SITES, down=down)


def test_only_the_crises_count_in_which_the_lost_are_down(standing: Standing) -> None:
    counted = standing.counted({LOST})
    assert (counted.down, counted.of) == (LEAST_CRISES, CRISES)
    assert counted.stands == pytest.approx({LOST: 0.0, FALLS_TOO: 0.1, SELDOM: 0.95, STANDS: 1.0})
    few = standing.counted({SELDOM})
    assert few.down == 1
    assert few.stands[STANDS] == 0.5, "of all crises"


def test_room_is_the_lowest_tenth_of_the_room_over_crises_where_who_is_down_has_none(
    standing: Standing,
) -> None:
    room = {(site, Stream.DIALYSIS): 8.0 for site in SITES}
    known = Map(minutes={}, patients={}, room=room, able={})
    in_each = 8.0 * ~standing.down[standing.down[:, 0]]
    lowest = np.quantile(in_each, 1.0 - STAYS_GOOD, axis=0, method="higher")
    left = standing.counted({LOST}).room_in(known).room
    assert [left[site, Stream.DIALYSIS] for site in SITES] == lowest.tolist() == [0.0, 0.0, 8.0, 8.0]


def test_patients_are_sent_past_one_that_falls_with_the_lost(standing: Standing) -> None:
    from results.redirect.needs import Need

    room = {(site, Stream.DIALYSIS): 8.0 for site in SITES}
    minutes = {LOST: {FALLS_TOO: 5.0, SELDOM: 20.0, STANDS: 40.0}}
    able = {(LOST, Need.DIALYSIS): (FALLS_TOO, SELDOM, STANDS)}
    known = Map(minutes=minutes, patients={(LOST, Need.DIALYSIS): 10.0}, room=room, able=able)
    (ordinary,) = plan_of(known, [LOST])
    (kept,) = plan_of(standing.counted({LOST}).room_in(known), [LOST])
    assert [(one.finess, one.daily) for one in ordinary.takers] == [(FALLS_TOO, 8.0), (SELDOM, 2.0)]
    assert [(one.finess, one.daily) for one in kept.takers] == [(SELDOM, 8.0), (STANDS, 2.0)]
    assert [(one.finess, one.room) for one in ordinary.reserve] == [(STANDS, 8.0)]
    assert not kept.reserve, "who falls too is not even said to be full"


def test_who_was_down_is_read_from_the_rows_of_the_campaign(store: Store) -> None:
    standing = standing_in(store.snapshot(synthetic.campaign().id))
    rows = store.table("establishments", synthetic.campaign().id).to_pylist()
    assert standing.down.any()
    assert len(rows) == standing.down.size
    for row in rows:
        hours = [row["impact_h"], row["switched_off_h"], row["ed_shut_h"]]
        down = standing.down[row["replication"], standing.sites.index(row["finess"])]
        assert down == any(hour is not None for hour in hours)


def test_the_booklet_says_in_how_many_crises_each_is_down(store: Store, small_region: Region) -> None:
    campaign = store.snapshot(synthetic.campaign().id)
    booklet = booklet_of(synthetic.campaign().region, Tlp.AMBER, campaign)
    tables = [part for section in booklet.sections[1:] for part in section.parts if isinstance(part, Table)]
    assert len(tables) == len(synthetic.SITES)
    assert all(f"sur {CRISES}" in table.caption for table in tables)
    assert synthetic.campaign().id in dict(booklet.heading.facts)["Place"]
    with pytest.raises(AnotherRegion):
        booklet_of(small_region, Tlp.AMBER, campaign)
