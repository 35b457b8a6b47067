"""The map tells of each establishment what the store says of it."""

from math import inf

import duckdb
import pytest

from results import Store
from results.presentation import language
from results.report.charts.drawn_map import WIDE, drawn_map
from results.report.charts.site_states import Change, Doors, SiteStory, Systems, stories_of
from results.report.evidence import evidence_of
from results.report.parts import Mapped, Prose
from results.report.sections.region_map import region_map
from simulation import Campaign
from simulation.inputs.digests import plain
from tests.results.report.test_page import HIDDEN, REAL
from topologies.region import Region


def test_systems_and_doors_change_at_their_hours() -> None:
    story = SiteStory(
        finess="1",
        compromised_h=2.0,
        down_h=5.5,
        back_h=30.0,
        impaired=((5.0, 20.0),),
        diverting=((4.0, 6.0), (5.0, 8.0)),
    )
    assert story.changes() == [
        Change(from_h=0.0, systems=Systems.ORDINARY, doors=Doors.OPEN),
        Change(from_h=2.0, systems=Systems.COMPROMISED, doors=Doors.OPEN),
        Change(from_h=4.0, systems=Systems.COMPROMISED, doors=Doors.DIVERTING),
        Change(from_h=5.0, systems=Systems.IMPAIRED, doors=Doors.DIVERTING),
        Change(from_h=5.5, systems=Systems.DOWN, doors=Doors.DIVERTING),
        Change(from_h=8.0, systems=Systems.DOWN, doors=Doors.OPEN),
        Change(from_h=30.0, systems=Systems.RESTORED, doors=Doors.OPEN),
    ]
    never = SiteStory(
        finess="2",
        compromised_h=None,
        down_h=None,
        back_h=None,
        impaired=((1.0, 2.0),),
        diverting=((3.0, inf),),
    )
    assert [each.doors for each in never.changes()][-2:] == [Doors.OPEN, Doors.DIVERTING]
    assert [each.systems for each in never.changes()][1:3] == [Systems.IMPAIRED, Systems.RESTORED]


def test_stories_are_those_of_the_tables(store: Store, attacked: Campaign) -> None:
    for story in stories_of(store.snapshot(attacked.id), 3):
        ((compromised_h, down_h, back_h, hours),) = duckdb.execute(f"""
            select compromised_h, least(impact_h, switched_off_h),
                case when impact_h is not null and restored_h is null or
                    switched_off_h is not null and switched_on_h is null then null
                else greatest(if(impact_h is null, null, restored_h),
                    if(switched_off_h is null, null, switched_on_h)) end,
                (select coalesce(sum(hours), 0) from '{store.path}/timeline/campaign={attacked.id}/*.parquet' as each
                 where each.replication = 3 and each.finess = site.finess and kind = 'ed_diverts')
            from '{store.path}/establishments/campaign={attacked.id}/*.parquet' as site
            where replication = 3 and finess = '{story.finess}'
        """).fetchall()
        assert (story.compromised_h, story.down_h, story.back_h) == (compromised_h, down_h, back_h)
        horizon_h = float(attacked.scenario.horizon_h)
        mine = sum(min(end, horizon_h) - begin for begin, end in story.diverting)
        assert mine >= hours - 1e-6  # doors shut by decision come on top


def test_what_is_shown_at_first_is_when_most_are_down(
    store: Store, attacked: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    evidence = evidence_of(store, attacked.id, REAL)
    (mapped,) = [part for part in region_map(evidence).parts if isinstance(part, Mapped)]
    down = [finess for finess, (systems, _doors) in mapped.states.items() if systems == "down"]
    stories = stories_of(evidence.snapshot, evidence.summary.median_replication)
    most = max(
        sum(each.at(hour).systems is Systems.DOWN for each in stories)
        for hour in range(attacked.scenario.horizon_h + 1)
    )
    assert len(down) == most > 0
    assert f"{most} establishments of 4 with systems down" in mapped.seen[0]


def test_the_script_is_told_what_each_site_is_at_every_hour(
    store: Store, attacked: Campaign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")
    evidence = evidence_of(store, attacked.id, REAL)
    (mapped,) = [part for part in region_map(evidence).parts if isinstance(part, Mapped)]
    for number, crisis in zip(
        (evidence.summary.median_replication, evidence.summary.worst_replication),
        mapped.data["crises"],
        strict=True,
    ):
        stories = {each.finess: each for each in stories_of(evidence.snapshot, number)}
        for finess, changes in zip(mapped.drawn.sites, crisis["sites"], strict=True):
            for hour in range(attacked.scenario.horizon_h + 1):
                told = [state for from_h, *state in changes if from_h <= hour][-1]
                now = stories[finess].at(hour)
                assert told == [str(now.systems), str(now.doors)]


def test_without_names_there_is_no_map(store: Store, attacked: Campaign) -> None:
    (part,) = region_map(evidence_of(store, attacked.id, HIDDEN)).parts
    assert isinstance(part, Prose)


def test_all_lies_within_the_frame_and_one_place_is_enough(
    ile_de_france: Region, small_region: Region
) -> None:
    for region in (ile_de_france, small_region):
        drawn = drawn_map(plain(region))
        assert len(drawn.sites) == len(region.establishments)
        for spot in (*drawn.people, *drawn.sites.values(), *drawn.venues.values()):
            assert spot.x - spot.radius >= 0.0
            assert spot.x + spot.radius <= WIDE
            assert spot.y - spot.radius >= 0.0
            assert spot.y + spot.radius <= drawn.height
