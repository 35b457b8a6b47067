"""Under pseudonyms a region is a region still; the same secret gives the same names, and no true one is left."""

import re
from pathlib import Path

import pytest

import topologies
from topologies.building.catalogue import draft_of
from topologies.building.deriving.sphere import way
from topologies.building.records import Draft
from topologies.building.validating.validation import validate
from topologies.exporting.anonymised import MOVED_KM, anonymised
from topologies.exporting.marking import Marking
from topologies.exporting.pseudonyms import Pseudonyms, WeakSecret
from topologies.exporting.tables import tables_of
from topologies.exporting.written_out import region_of, written_out
from topologies.region import Region
from topologies.writing.folder import written

SECRET = "une phrase que personne ne devine"


@pytest.fixture(scope="module")
def real() -> Draft:
    return written_out(draft_of("provence-alpes-cote-d-azur"))


@pytest.fixture(scope="module")
def hidden(real: Draft) -> Draft:
    return anonymised(real, SECRET)


@pytest.fixture(scope="module")
def folder(hidden: Draft, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("anonymised") / "region"
    written(tables_of(hidden, Marking.GREEN), folder, replace=False)
    return folder


@pytest.fixture(scope="module")
def loaded(folder: Path) -> Region:
    return topologies.load(folder)


def test_nothing_about_it_is_doubtful(folder: Path) -> None:
    assert [*validate(folder).findings()] == []


def test_it_is_read_as_any_region_with_as_much_of_everything(
    real: Draft, hidden: Draft, loaded: Region
) -> None:
    region = region_of(real)
    assert loaded == region_of(hidden)
    for name in ("establishments", "services", "venues", "communes", "links", "journeys", "seasons"):
        assert len(getattr(loaded, name)) == len(getattr(region, name)), name
    assert sorted(map(len, loaded.territories().values())) == sorted(map(len, region.territories().values()))


def test_no_true_name_number_or_code_is_left(real: Draft, hidden: Draft) -> None:
    """Nor the order of the rows, which would tell who is who."""
    text = "\n".join(tables_of(hidden, Marking.GREEN).values())
    said = {row.finess for _, row in real.establishments} | {row.code for _, row in real.communes}
    said |= {row.name for _, row in real.establishments} | {
        row.ght for _, row in real.establishments if row.ght
    }
    said |= {row.source for _, row in real.seasons if row.source}
    said |= {row.id for _, row in real.venues} | {row.name for _, row in real.venues}
    said |= {row.note for _, row in real.establishments if row.note}
    words = set(re.split("[,\n]", text))
    assert said & words == set()
    assert "SAE" not in text
    assert "azur" not in text.lower()
    numbers = [row.finess for _, row in hidden.establishments]
    assert numbers == sorted(numbers)


def test_the_same_secret_gives_the_same_names_and_another_one_others(real: Draft, hidden: Draft) -> None:
    again, other = anonymised(real, SECRET), anonymised(real, SECRET + "!")
    assert tables_of(again, Marking.GREEN) == tables_of(hidden, Marking.GREEN)
    assert not {row.finess for _, row in other.establishments} & {
        row.finess for _, row in hidden.establishments
    }


def test_a_hospital_keeps_its_pseudonym_when_its_region_grows() -> None:
    names = Pseudonyms(SECRET)
    few = names.numbers("establishment", ["220000020", "220000046"], 10**7)
    assert names.numbers("establishment", ["220000020", "220000046", "220000053"], 10**7) | few == (
        names.numbers("establishment", ["220000020", "220000046", "220000053"], 10**7)
    )
    assert sorted(names.numbers("commune", map(str, range(10)), 10).values()) == [*range(10)]


def test_a_secret_that_can_be_guessed_is_refused(real: Draft) -> None:
    with pytest.raises(WeakSecret, match="at least 12 characters"):
        anonymised(real, "1")


def test_places_are_near_journeys_plausible_and_numbers_round(real: Draft, hidden: Draft) -> None:
    names = Pseudonyms(SECRET).numbers("establishment", (row.finess for _, row in real.establishments), 10**7)
    at = {row.finess: row for _, row in hidden.establishments}
    for _, row in real.establishments:
        moved = at[f"00{names[row.finess]:07}"]
        km = way((row.latitude, row.longitude), (moved.latitude, moved.longitude))[0]
        assert km <= MOVED_KM + 0.1
        if row.ed_visits_per_year:
            assert moved.ed_visits_per_year is not None
            assert moved.ed_visits_per_year % 1_000 == 0
            assert abs(moved.ed_visits_per_year - row.ed_visits_per_year) <= 1_000
    before, after = (sum(row.minutes or 0 for _, row in draft.links) for draft in (real, hidden))
    assert after == pytest.approx(before, rel=0.05)
    people = [sum(row.population for _, row in draft.communes) for draft in (real, hidden)]
    assert people[1] == pytest.approx(people[0], rel=0.01)


def test_a_service_that_somebody_declared_is_not_named(tmp_path: Path) -> None:
    """Not even one that bears the identifier of a drawn one."""
    (tmp_path / "region.yaml").write_text("name: essai\ntitle: Essai\nextends: martinique\n", "utf-8")
    (tmp_path / "services.csv").write_text(
        "id,name,kind,basis\nhost:a,Hébergeur Dupont,host,declared\nvendor:b,Éditeur Durand,vendor,assumption\n",
        "utf-8",
    )
    text = "\n".join(tables_of(anonymised(written_out(draft_of(tmp_path)), SECRET), Marking.GREEN).values())
    assert "Dupont" not in text
    assert "Durand" not in text
    assert "host:a" not in text
