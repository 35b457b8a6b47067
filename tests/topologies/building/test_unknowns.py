"""Unknowns: what nobody declares, each with another value that changes nothing else."""

from pathlib import Path

import pytest

from tests.topologies.building.validating.test_doubts import SOUND, folder_with
from topologies.building.catalogue import draft_of, load
from topologies.building.deriving.draws import Draws
from topologies.building.records import Draft
from topologies.building.unknowns import BEDS, otherwise, region_drawn, unknowns_of
from topologies.region import LinkKind, Region

CLINIC = "350000048,Clinique,Rennes,35,clinic,no,48.14,-1.70,,,no,no,,,published,test"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A GHT of two hospitals, and a clinic whose beds are not declared."""
    return folder_with(tmp_path / "here", [*SOUND, CLINIC])


@pytest.fixture
def drawn(folder: Path) -> tuple[Draft, Region, Draws]:
    draft = draft_of(folder)
    return draft, *region_drawn(draft, 0)


def test_the_first_drawing_is_the_region_as_it_is_taken_to_be(folder: Path) -> None:
    assert region_drawn(draft_of(folder), 0)[0] == load(folder)
    assert region_drawn(draft_of(folder), 1)[0].establishments == load(folder).establishments


def test_those_with_most_at_stake_come_first_of_each_rule_in_turn(drawn: tuple[Draft, Region, Draws]) -> None:
    unknowns = unknowns_of(*drawn, most=6)
    assert [(each.rule, each.entity) for each in unknowns] == [
        ("host", "est"),
        ("vendor", "est"),
        ("protection", "est"),
        ("laboratory", "est"),
        ("private-group", "350000048"),
        (BEDS, "350000048"),
    ]
    assert (unknowns[0].visits, len(unknowns[0].members)) == (50_000, 2)


def test_otherwise_only_what_the_unknown_concerns_changes(drawn: tuple[Draft, Region, Draws]) -> None:
    draft, region, draws = drawn
    for unknown in unknowns_of(draft, region, draws, most=99):
        other = otherwise(draft, region, draws, unknown)
        changed = set(other.region.links) ^ set(region.links)
        assert 0.0 < other.chance <= 1.0
        if unknown.rule == BEDS:
            assert not changed
            assert 30 <= other.region.establishments["350000048"].beds <= 250
        else:
            ends = {end for link in changed for end in (link.source, link.target) if ":" not in end}
            assert ends <= set(unknown.members)
        assert otherwise(draft, region, draws, unknown) == other


def test_what_is_declared_is_no_unknown_any_more(folder: Path) -> None:
    (folder / "services.csv").write_text("id,name,kind,basis\nhost:ours,Ours,host,declared\n")
    links = [f"host:ours,{finess},{LinkKind.HOSTING},declared" for finess in ("350000014", "350000022")]
    (folder / "links.csv").write_text("\n".join(["source,target,kind,basis", *links, ""]))
    draft = draft_of(folder)
    asked = {(each.rule, each.entity) for each in unknowns_of(draft, *region_drawn(draft, 0), most=99)}
    assert ("host", "est") not in asked
    assert {("vendor", "est"), ("host", "350000048")} <= asked
