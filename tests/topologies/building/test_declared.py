"""Declared links and services: they replace what the rules derive, and nothing else."""

from pathlib import Path

import pytest

import topologies
from topologies import Basis, Link, LinkKind, Region
from topologies.errors import BadInput
from topologies.region import Trust

HEADER = "source,target,kind,minutes,basis\n"


def of_kind(region: Region, kind: LinkKind) -> list[Link]:
    return [link for link in region.links if link.kind is kind]


def test_a_declared_host_replaces_the_derived_one_of_that_establishment_alone(
    folder: Path, ile_de_france: Region
) -> None:
    (folder / "services.csv").write_text("id,name,kind,basis\nhost:ours,Ours,host,published\n")
    (folder / "links.csv").write_text(HEADER + "host:ours,750100125,hosting,,published\n")
    region = topologies.load(folder)
    hosting = {link.target: link for link in of_kind(region, LinkKind.HOSTING)}
    assert hosting["750100125"].source == "host:ours"
    assert hosting["750100125"].basis is Basis.PUBLISHED
    others = [link for link in region.links if link is not hosting["750100125"]]
    assert others == [
        link for link in ile_de_france.links if (link.kind, link.target) != (LinkKind.HOSTING, "750100125")
    ]


def test_a_declared_directory_takes_an_establishment_out_of_the_derived_one_both_ways(folder: Path) -> None:
    (folder / "services.csv").write_text("id,name,kind,basis\ndirectory:ours,Ours,directory,published\n")
    (folder / "links.csv").write_text(
        HEADER
        + "directory:ours,750100125,directory,,published\n750100125,directory:ours,directory,,published\n"
    )
    links = of_kind(topologies.load(folder), LinkKind.DIRECTORY)
    touching = {(link.source, link.target) for link in links if "750100125" in (link.source, link.target)}
    assert touching == {("directory:ours", "750100125"), ("750100125", "directory:ours")}


def test_declared_minutes_replace_the_derived_journeys_into_a_site(folder: Path) -> None:
    (folder / "links.csv").write_text(HEADER + "750100042,750100125,transfer,17.5,published\n")
    into = [
        link for link in of_kind(topologies.load(folder), LinkKind.TRANSFER) if link.target == "750100125"
    ]
    assert [(link.source, link.minutes) for link in into] == [("750100042", 17.5)]


def test_a_derived_service_can_be_given_its_true_name(folder: Path) -> None:
    (folder / "services.csv").write_text("id,name,kind,basis\nplatform:regional,Sesan,platform,published\n")
    platform = topologies.load(folder).services["platform:regional"]
    assert (platform.name, platform.basis) == ("Sesan", Basis.PUBLISHED)


def test_a_derived_service_that_nobody_has_any_more_is_gone(folder: Path, ile_de_france: Region) -> None:
    subscribers = [
        link.target for link in of_kind(ile_de_france, LinkKind.HOSTING) if link.source == "host:d"
    ]
    rows = "".join(f"host:a,{finess},hosting,,assumption\n" for finess in subscribers)
    (folder / "links.csv").write_text(HEADER + rows)
    assert "host:d" in ile_de_france.services
    assert "host:d" not in topologies.load(folder).services


def test_what_stands_behind_a_directory_is_declared_or_derived(folder: Path, ile_de_france: Region) -> None:
    derived = {one.id: one.trust for one in ile_de_france.services.values()}
    assert derived["directory:ap-hp"] is Trust.ENTITY
    assert derived["directory:private-a"] is Trust.UNKNOWN
    assert derived["platform:regional"] is None
    (folder / "services.csv").write_text(
        "id,name,kind,basis,trust\n"
        "directory:ap-hp,AP-HP,directory,declared,network\n"
        "directory:private-a,Groupe,directory,declared,\n"
    )
    declared = topologies.load(folder).services
    assert declared["directory:ap-hp"].trust is Trust.NETWORK
    assert declared["directory:private-a"].trust is Trust.SEPARATE


def test_a_platform_is_one_network_or_carries_messages_alone(folder: Path) -> None:
    (folder / "services.csv").write_text(
        "id,name,kind,basis,trust\nplatform:a,A,platform,declared,separate\n"
    )
    with pytest.raises(BadInput, match=r"services\.csv line 2, trust"):
        topologies.load(folder)


def test_only_a_directory_is_trusted(folder: Path) -> None:
    (folder / "services.csv").write_text("id,name,kind,basis,trust\nhost:a,A,host,declared,network\n")
    with pytest.raises(BadInput, match=r"services\.csv line 2, trust"):
        topologies.load(folder)


def test_who_runs_the_network_behind_a_directory_is_an_establishment(folder: Path) -> None:
    header = "id,name,kind,basis,run_by\n"
    (folder / "services.csv").write_text(header + "directory:ap-hp,AP-HP,directory,declared,750100125\n")
    assert topologies.load(folder).services["directory:ap-hp"].run_by == "750100125"
    for row in ("directory:ap-hp,AP-HP,directory,declared,999999999", "host:a,A,host,declared,750100125"):
        (folder / "services.csv").write_text(header + row + "\n")
        with pytest.raises(BadInput, match=r"services\.csv line 2, run_by"):
            topologies.load(folder)
