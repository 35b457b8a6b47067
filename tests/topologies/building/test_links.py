"""Derived links: what the rules suppose where nobody publishes who shares what with whom."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import topologies
from topologies import Basis, Link, LinkKind, Region
from topologies.building.assumptions import assumptions
from topologies.building.deriving.draws import Draws, choice, uniform
from topologies.building.links import group_of, slug
from topologies.building.roads import journey_min
from topologies.errors import BadInput
from topologies.fields.quantity import Share
from topologies.region import Category

PROTECTION = "vendor:protection"
DRAWS = Draws(assumptions().seed)


def of_kind(region: Region, kind: LinkKind) -> list[Link]:
    return [link for link in region.links if link.kind is kind]


def test_members_of_a_group_and_its_directory_trust_one_another(ile_de_france: Region) -> None:
    pairs = {(link.source, link.target) for link in of_kind(ile_de_france, LinkKind.DIRECTORY)}
    assert pairs == {(target, source) for source, target in pairs}
    for finess, each in ile_de_france.establishments.items():
        directories = {target for source, target in pairs if source == finess}
        group = group_of(each, assumptions(), DRAWS)
        assert directories == ({f"directory:{group}"} if group else set())


def test_the_directory_of_a_ght_is_derived_and_that_of_a_private_group_assumed(ile_de_france: Region) -> None:
    for link in of_kind(ile_de_france, LinkKind.DIRECTORY):
        private = "directory:private-" in link.source + link.target
        assert link.basis is (Basis.ASSUMPTION if private else Basis.DERIVED)


@pytest.mark.parametrize("kind", [LinkKind.HOSTING, LinkKind.MAINTENANCE])
def test_a_whole_group_has_one_host_and_one_vendor(ile_de_france: Region, kind: LinkKind) -> None:
    links = [link for link in of_kind(ile_de_france, kind) if link.source != PROTECTION]
    serving = {link.target: link.source for link in links}
    assert len(serving) == len(links)
    by_group: dict[str, set[str | None]] = {}
    for finess, each in ile_de_france.establishments.items():
        if group := group_of(each, assumptions(), DRAWS):
            by_group.setdefault(group, set()).add(serving.get(finess))
    assert all(len(found) == 1 for found in by_group.values())


@pytest.mark.parametrize("service", [PROTECTION, "laboratory:a", "laboratory:b"])
def test_a_whole_group_has_the_protection_and_the_laboratory_or_nobody_in_it(
    ile_de_france: Region, service: str
) -> None:
    served = {link.target for link in ile_de_france.links_from(service)}
    by_group: dict[str, set[bool]] = {}
    for finess, each in ile_de_france.establishments.items():
        if group := group_of(each, assumptions(), DRAWS):
            by_group.setdefault(group, set()).add(finess in served)
    assert all(len(found) == 1 for found in by_group.values())
    assert served


def test_the_group_of_a_university_hospital_makes_its_own_analyses(ile_de_france: Region) -> None:
    served = {link.target for link in ile_de_france.links if link.source.startswith("laboratory:")}
    there = ile_de_france.establishments
    own = {there[finess].ght for finess in there if there[finess].category is Category.UNIVERSITY}
    assert "AP-HP" in own
    assert not own & {there[finess].ght for finess in served}


def test_an_establishment_has_at_most_one_laboratory(ile_de_france: Region) -> None:
    served = [link.target for link in ile_de_france.links if link.source.startswith("laboratory:")]
    assert len(served) == len(set(served))


def test_protection_of_workstations_comes_on_top_of_the_vendor_of_records(ile_de_france: Region) -> None:
    vendors: dict[str, set[str]] = {}
    for link in of_kind(ile_de_france, LinkKind.MAINTENANCE):
        vendors.setdefault(link.target, set()).add(link.source)
    assert any(len(found) == 2 and PROTECTION in found for found in vendors.values())
    assert {PROTECTION} in vendors.values()


def test_each_department_has_a_samu_that_exchanges_with_its_emergency_sites_alone(
    ile_de_france: Region,
) -> None:
    for department in ("75", "77", "78", "91", "92", "93", "94", "95"):
        links = list(ile_de_france.links_from(f"samu:{department}"))
        sites = {
            finess
            for finess, each in ile_de_france.establishments.items()
            if each.has_emergency and each.department == department
        }
        assert {link.target for link in links} == sites
        assert all(link.kind is LinkKind.EXCHANGE and link.basis is Basis.DERIVED for link in links)
        assert ile_de_france.services[f"samu:{department}"].name == f"SAMU {department}"


def test_a_department_of_corsica_has_its_samu_in_small_letters(folder: Path) -> None:
    with (folder / "establishments.csv").open("a", encoding="utf-8") as file:
        file.write("2A0999999,CH neuf,Ajaccio,2A,ch,yes,48.85,2.35,,,no,yes,no,,,,,,assumption,a test,\n")
    text = (folder / "region.yaml").read_text("utf-8").replace('"95"]', '"95", "2A"]')
    (folder / "region.yaml").write_text(text, "utf-8")
    assert topologies.load(folder).services["samu:2a"].name == "SAMU 2A"


def test_nothing_is_derived_where_the_header_says_so_but_beds(folder: Path) -> None:
    header = (folder / "region.yaml").read_text("utf-8")
    (folder / "region.yaml").write_text(header + "derive: false\n", "utf-8")
    region = topologies.load(folder)
    assert (region.links, region.services) == ((), {})
    assert all(each.beds for each in region.establishments.values())


def test_a_derived_service_cannot_be_named_where_none_is_derived(folder: Path) -> None:
    header = (folder / "region.yaml").read_text("utf-8")
    (folder / "region.yaml").write_text(header + "derive: false\n", "utf-8")
    (folder / "links.csv").write_text(
        "source,target,kind,minutes,basis\nhost:a,750100125,hosting,,published\n"
    )
    with pytest.raises(BadInput, match="host:a is not in ile-de-france"):
        topologies.load(folder)


def test_beds_of_every_kind_make_the_size_of_a_place(folder: Path) -> None:
    path = folder / "establishments.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    lines = [f"{header},beds_other", *(f"{row}," for row in rows)]
    lines.append("750999999,Hôpital,Paris,75,local,yes,48.85,2.35,,,no,no,no,,10,,,,assumption,a test,,90")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    place = topologies.load(folder).establishments["750999999"]
    assert (place.beds, place.beds_mco, place.beds_basis) == (100, 10, Basis.ASSUMPTION)


def test_the_platform_and_the_nearest_emergency_sites_exchange_both_ways(ile_de_france: Region) -> None:
    pairs = {(link.source, link.target) for link in of_kind(ile_de_france, LinkKind.EXCHANGE)}
    assert pairs == {(target, source) for source, target in pairs}
    for finess in ile_de_france.establishments:
        partners = {target for source, target in pairs if source == finess}
        assert "platform:regional" in partners
        sites = [each for each in partners if ":" not in each]
        assert sum(ile_de_france.establishments[site].has_emergency for site in sites) >= 3


def test_transfers_join_emergency_sites_within_the_bound_alike_both_ways(ile_de_france: Region) -> None:
    minutes = {
        (link.source, link.target): link.minutes
        for link in of_kind(ile_de_france, LinkKind.TRANSFER)
        if link.source in ile_de_france.establishments
    }
    for (source, target), taken in minutes.items():
        assert ile_de_france.establishments[target].has_emergency
        assert taken is not None
        assert assumptions().shortest_transfer_min.value <= taken <= assumptions().travel_bound_min.value
        assert minutes[target, source] == taken


def test_minutes_are_plausible_across_the_region(ile_de_france: Region) -> None:
    minutes = {(link.source, link.target): link.minutes for link in of_kind(ile_de_france, LinkKind.TRANSFER)}
    assert minutes["750100042", "750100075"] == 5.0  # Lariboisière and Saint-Louis, 1.2 km
    assert 25 < (minutes["750100125", "780800256"] or 0) < 45  # Pitié-Salpêtrière and Versailles
    assert ("770000172", "780000329") not in minutes  # Provins and Rambouillet, 110 km in a straight line


def test_an_establishment_added_changes_no_one_elses_draws(folder: Path, ile_de_france: Region) -> None:
    with (folder / "establishments.csv").open("a", encoding="utf-8") as file:
        file.write(
            "750999999,Clinique neuve,Paris,75,clinic,no,48.85,2.35,,,no,no,no,,,,,,assumption,a test,\n"
        )
        file.write(
            "750000001,Autre clinique,Paris,75,clinic,no,48.86,2.35,,,no,no,no,,,,,,assumption,a test,\n"
        )
    added = {"750999999", "750000001"}
    region = topologies.load(folder)
    assert set(region.establishments) == {*ile_de_france.establishments, *added}
    assert (
        tuple(link for link in region.links if not added & {link.source, link.target}) == ile_de_france.links
    )


def test_every_assumption_has_a_source_and_every_category_its_beds() -> None:
    assert set(assumptions().usual_beds) == set(Category)
    for market in (
        assumptions().private_groups,
        assumptions().hosts,
        assumptions().vendors,
        assumptions().laboratories,
    ):
        assert sum(share.value for share in market.values()) <= 1


@given(st.integers(), st.text(max_size=20), st.text(max_size=20))
def test_a_draw_lies_in_0_to_1_and_is_always_the_same(seed: int, rule: str, entity: str) -> None:
    at = uniform(seed, rule, entity)
    assert 0 <= at < 1
    assert at == uniform(seed, rule, entity)


def test_many_draws_fall_by_market_share() -> None:
    held = {"a": 0.5, "b": 0.3}
    shares = {
        name: Share(value=it, unit="share", low=0, high=1, source="a test") for name, it in held.items()
    }
    counts = Counter(choice(shares, uniform(1, "test", str(number))) for number in range(10_000))
    assert abs(counts["a"] - 5_000) < 200
    assert abs(counts["b"] - 3_000) < 200
    assert abs(counts[None] - 2_000) < 200


@given(st.floats(0, 500), st.floats(0, 500))
def test_a_longer_way_never_takes_less_time(one_km: float, other_km: float) -> None:
    near, far = sorted((one_km, other_km))
    assert journey_min(near, assumptions()) <= journey_min(far, assumptions())


@given(st.text())
def test_a_slug_is_plain_and_stays_itself(name: str) -> None:
    assert slug(slug(name)) == slug(name)
    assert slug(name).isascii()
    assert slug(name) == slug(name).lower()
