"""Is each thing that can be wrong with a region found, with its file and its line?"""

from collections.abc import Callable
from pathlib import Path

import pytest

import topologies

Spoil = Callable[[str, str, str], None]
Refused = Callable[[], list[str]]


@pytest.mark.parametrize(
    ("slip", "finding"),
    [
        (
            ("establishments.csv", "\n750000499,", "\n75000499,"),
            "establishments.csv line 3, finess: is malformed: '75000499'; write the nine characters "
            "of the FINESS number; spreadsheets drop leading zeros",
        ),
        (
            ("establishments.csv", "\n750000499,", "\n750000481,"),
            "establishments.csv line 3: 750000481 is already on line 2; keep one of the two rows",
        ),
        (
            ("establishments.csv", "75,ch,yes,48.85126", "75,hospital,yes,48.85126"),
            "establishments.csv line 2, category: 'hospital' is not one of the choices; use",
        ),
        (
            ("establishments.csv", "48.85126,2.37222", "2.37222,48.85126"),
            "establishments.csv line 2, latitude, longitude: CHNO des Quinze-Vingts lies at 2.37222, "
            "48.85126, outside the region",
        ),
        (
            ("establishments.csv", "48.85126,2.37222", "148.85126,2.37222"),
            "establishments.csv line 2, latitude: must be at most 90, not '148.85126'",
        ),
        (
            ("establishments.csv", "yes,yes,56176", "yes,yes,-1"),
            "establishments.csv line 2, ed_visits_per_year: must be at least 0, not '-1'",
        ),
        (
            ("establishments.csv", "56176,36,", "56176,-36,"),
            "establishments.csv line 2, beds_mco: must be at least 0, not '-36'",
        ),
        (
            ("establishments.csv", "yes,yes,56176", "no,no,56176"),
            "establishments.csv line 2, ed_visits_per_year: CHNO des Quinze-Vingts counts 56176 "
            "visits but takes no emergencies",
        ),
        (
            ("establishments.csv", "Paris 12e,75,ch", "Paris 12e,13,ch"),
            "establishments.csv line 2, department: 13 is not a department of the region",
        ),
        (
            ("establishments.csv", "AP-HP,published,yes", "AP-HP,published,no"),
            "establishments.csv line 16, support: AP-HP has 0 support establishments, not 1",
        ),
        (
            ("establishments.csv", "AP-HP,published,no", "AP-HP,published,yes"),
            "support: AP-HP has 2 support establishments, not 1",
        ),
        (
            ("establishments.csv", "AP-HP,published,yes", "AP-HP,,yes"),
            "establishments.csv line 30, ght_basis: does not say how it is known that AP-HP "
            "Pitié-Salpêtrière is in AP-HP",
        ),
        (
            ("establishments.csv", "2.37222,,,no", "2.37222,,,yes"),
            "establishments.csv line 2, ght: CHNO des Quinze-Vingts is in no GHT",
        ),
        (
            ("establishments.csv", "56176,36,,,0,published", "56176,36,,,0,certain"),
            "establishments.csv line 2, basis: 'certain' is not one of the choices; use",
        ),
        (
            ("establishments.csv", "finess,name", "finess,nom"),
            "establishments.csv line 1: nom is not a column here",
        ),
        (
            ("venues.csv", "2024-07-27,2024-08-11", "2024-08-12,2024-08-11"),
            "venues.csv line 2, last_day: Arena Bercy ends on 2024-08-11, before it begins on 2024-08-12",
        ),
        (
            ("venues.csv", "2.3786", "12.3786"),
            "venues.csv line 2, latitude, longitude: Arena Bercy lies at 48.8386, 12.3786",
        ),
        (
            ("venues.csv", "venue:arena-bercy", "arena-bercy"),
            "venues.csv line 2, id: is malformed: 'arena-bercy'",
        ),
        (
            ("venues.csv", "venue:arena-champ-de-mars", "venue:arena-bercy"),
            "venues.csv line 3: venue:arena-bercy is already on line 2",
        ),
        (("region.yaml", '"95"]', '"95", "28"]'), "region.yaml, departments: no establishment lies in 28"),
        (
            ("region.yaml", "name: ile-de-france", "name: Île de France"),
            "region.yaml line 3, column 1, name: is malformed: 'Île de France'",
        ),
        (
            ("region.yaml", "title:", "titel:"),
            "region.yaml line 4, column 1, titel: titel is not a field here; use title, or drop it",
        ),
    ],
)
def test_a_slip_is_found_where_it_is(
    slip: tuple[str, str, str], finding: str, spoil: Spoil, refused: Refused
) -> None:
    spoil(*slip)
    assert any(finding in found for found in refused())


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (
            "750100125,999999999,exchange,,published",
            "links.csv line 2, target: 999999999 is not in ile-de-france; add it to "
            "establishments.csv, services.csv or venues.csv, or drop the link",
        ),
        (
            "750100125,750100125,exchange,,published",
            "links.csv line 2, target: 750100125 is linked to itself; drop the row",
        ),
        (
            "750100125,750100042,transfer,,published",
            "links.csv line 2, minutes: a transfer needs a travel time; write the minutes by road",
        ),
        (
            "host:a,750100042,hosting,3,published",
            "links.csv line 2, minutes: only a transfer has a travel time, not hosting; leave it empty",
        ),
        (
            "750100042,host:a,hosting,,published",
            "links.csv line 2, kind: a link of kind hosting does not go from establishment to host; "
            "it goes host → establishment",
        ),
        (
            "samu:75,host:a,exchange,,published",
            "links.csv line 2, kind: a link of kind exchange does not go from samu to host; it goes",
        ),
        (
            "samu:13,750100125,exchange,,published",
            "links.csv line 2, source: samu:13 is not in ile-de-france; add it",
        ),
        (
            "750100125,750000499,transfer,9,published",
            "links.csv line 2, target: CH Sainte-Anne takes no emergencies; choose an emergency site",
        ),
        (
            "750100125,750100042,telepathy,,published",
            "links.csv line 2, kind: 'telepathy' is not one of the choices; use",
        ),
        (
            "host:a,750100042,hosting,,published\nhost:a,750100042,hosting,,published",
            "links.csv line 3: host:a → 750100042 (hosting) is already on line 2; keep one of the two rows",
        ),
    ],
)
def test_a_declared_link_that_cannot_be_is_found(
    folder: Path, row: str, finding: str, refused: Refused
) -> None:
    (folder / "links.csv").write_text(f"source,target,kind,minutes,basis\n{row}\n")
    assert any(found.startswith(finding) for found in refused())


@pytest.mark.parametrize(
    ("row", "finding"),
    [
        (
            "host:ours,Ours,host,published",
            "services.csv line 2, id: host:ours is not used; add its links to links.csv",
        ),
        (
            "laboratory:ours,Ours,laboratory,published",
            "services.csv line 2, id: laboratory:ours is not used; add its links to links.csv",
        ),
        ("host:a,A,vendor,published", "services.csv line 2, id: host:a does not begin with its kind, vendor"),
        ("cloud:a,A,host,published", "services.csv line 2, id: is malformed: 'cloud:a'"),
        (
            "host:a,A,host,published\nhost:a,B,host,published",
            "services.csv line 3: host:a is already on line 2",
        ),
    ],
)
def test_a_declared_service_that_cannot_be_is_found(
    folder: Path, row: str, finding: str, refused: Refused
) -> None:
    (folder / "services.csv").write_text(f"id,name,kind,basis\n{row}\n")
    assert any(found.startswith(finding) for found in refused())


def test_a_region_without_establishments_is_refused(folder: Path, refused: Refused) -> None:
    header = (folder / "establishments.csv").read_text("utf-8").partition("\n")[0]
    (folder / "establishments.csv").write_text(header + "\n", "utf-8")
    assert "establishments.csv: holds no establishment; add a row for each hospital" in refused()


def test_what_is_wrong_in_several_files_is_told_at_once(folder: Path, spoil: Spoil, refused: Refused) -> None:
    spoil("region.yaml", "title:", "titel:")
    spoil("establishments.csv", "48.85126,2.37222", "2.37222,48.85126")
    spoil("establishments.csv", "AP-HP,published,yes", "AP-HP,published,no")
    spoil("venues.csv", "15000,published", "many,published")
    (folder / "links.csv").write_text("source,target,kind,minutes,basis\na,a,exchange,,published\n")
    files = [found.split()[0].strip(":") for found in refused()]
    assert sorted(set(files)) == ["establishments.csv", "links.csv", "region.yaml", "venues.csv"]
    assert files.count("establishments.csv") == 2


def test_a_row_that_cannot_be_read_is_told_once_and_not_by_what_refers_to_it(
    folder: Path, spoil: Spoil, refused: Refused
) -> None:
    spoil("establishments.csv", "56176,36,", "56176,-36,")
    (folder / "links.csv").write_text(
        "source,target,kind,minutes,basis\nhost:a,750000481,hosting,,published\n"
    )
    assert len(refused()) == 1


def test_a_region_needs_no_venues(folder: Path) -> None:
    (folder / "venues.csv").unlink()
    assert not topologies.load(folder).venues
