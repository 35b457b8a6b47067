"""The booklet: all hospitals, in their departments, under names that appear as they are."""

from dataclasses import replace
from html import escape

import pytest

from results.presentation import language
from results.redirect import booklet_of
from results.redirect.booklet import NobodyToRedirect
from results.report import Report, Tlp
from results.report.parts import Table
from tests.regions import ALONE, FIRST, SECOND, THIRD
from topologies.region import Region

SCRIPT = 'Hôpital "Saint-Louis" <script>window.pwned = true</script>'


@pytest.fixture(scope="module")
def region(small_region: Region) -> Region:
    sites = dict(small_region.establishments)
    sites[SECOND] = replace(sites[SECOND], name=SCRIPT)
    sites[THIRD] = replace(sites[THIRD], department="02", adult_emergency=False, beds_mco=0, beds_icu=0)
    return replace(small_region, establishments=sites)


@pytest.fixture(params=language.LANGUAGES)
def booklet(request: pytest.FixtureRequest, region: Region, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.setenv(language.VARIABLE, request.param)
    return booklet_of(region, Tlp.GREEN)


def test_names_appear_as_text_and_the_page_fetches_and_runs_nothing_of_theirs(booklet: Report) -> None:
    page = booklet.page()
    assert SCRIPT not in page
    assert escape(SCRIPT, quote=True).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
    assert "TLP:GREEN" in page
    assert booklet.pdf().startswith(b"%PDF-")


def test_each_hospital_stands_in_its_department_and_with_its_ght(booklet: Report, region: Region) -> None:
    by_anchor = {section.anchor: section for section in booklet.sections}
    assert list(by_anchor)[:3] == ["read", "department-02", "department-75"]
    assert not any(isinstance(part, Table) for part in by_anchor["department-02"].parts)
    captions = [part.caption for part in by_anchor["department-75"].parts if isinstance(part, Table)]
    names = sorted(language.named(region.establishments[one].name) for one in (FIRST, SECOND, ALONE))
    assert len(captions) == len(names)
    assert all(caption.startswith(name) for caption, name in zip(captions, names, strict=True))
    together = next(section for anchor, section in by_anchor.items() if anchor.startswith("together-"))
    alone = language.named(region.establishments[ALONE].name)
    tables = [part for part in together.parts if isinstance(part, Table)]
    rows = [row for table in tables for row in table.rows]
    assert rows
    nobody = language._("nobody in reach has room")
    assert {row[2].startswith(alone) for row in rows} == {True, False}
    assert all(row[2].startswith(alone) or row[2:5] == (nobody, "", "") for row in rows), "none of the GHT"


def test_a_region_without_patients_is_refused(region: Region) -> None:
    bare = {
        finess: replace(site, adult_emergency=False, beds_mco=0)
        for finess, site in region.establishments.items()
    }
    with pytest.raises(NobodyToRedirect):
        booklet_of(replace(region, establishments=bare), Tlp.CLEAR)
