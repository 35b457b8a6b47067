"""A sheet is one page, shows any name as it is written, and says nothing that is not so."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import results
from results import Store
from results.report.parts import Listed, Prose, Section, Table
from results.sheets.arrivals import EDGES_H, arrivals_in
from results.sheets.findings import Findings
from results.sheets.index import index_of
from results.sheets.printing import data_of, press, printed
from results.sheets.sections.own_fall import own_fall
from results.sheets.sheet import Sheet, Sheets, file_name, sheets_of
from results.sheets.spread import ENOUGH, spread_of
from simulation import Campaign
from simulation.outcome.records import EstablishmentOutcome, Outcome
from tests.regions import FIRST
from tests.results import synthetic
from tests.results.analysis.test_summary import OFF
from tests.results.report.conftest import NAMES
from tests.results.report.test_extremes import NEVER_BACK, STORY, calm, outcome
from tests.results.report.test_page import HIDDEN, REAL
from tests.results.synthetic import SITES, rows_of
from topologies.errors import BadStore

HIT = next(iter(SITES))


def words(sections: tuple[Section, ...]) -> str:
    """All that they say."""
    said: list[str] = []
    for part in (part for section in sections for part in section.parts):
        if isinstance(part, Prose):
            said += part.sentences
        elif isinstance(part, Listed):
            said += part.points
        elif isinstance(part, Table):
            said += [part.caption, *(cell for row in part.rows for cell in row)]
    return "\n".join(said)


def all_of(sheet: Sheet) -> str:
    return "\n".join([sheet.heading.title, sheet.heading.subtitle, sheet.file, words(sheet.sections)])


def test_each_sheet_is_a_page_whatever_its_name_holds(findings: Findings) -> None:
    sheets = [*Sheets(findings)]
    assert {sheet.finess for sheet in sheets} == set(findings.place)
    for sheet in sheets:
        pages = press().compile(format="png", ppi=10.0, sys_inputs={"data": data_of(sheet)})
        assert isinstance(pages, bytes) or (pages is not None and len(pages) == 1)
        assert re.fullmatch(rf"{sheet.finess}-[a-z0-9-]+\.pdf", sheet.file)
        assert "\u202e" not in all_of(sheet)
    titles = {sheet.finess: sheet.heading.title for sheet in sheets}
    assert titles[FIRST] == NAMES[FIRST]
    once, again = ([pdf for _, pdf in printed(sheets[:1])] for _ in range(2))
    assert once == again
    assert once[0].startswith(b"%PDF-")
    assert index_of(findings, sheets).startswith(b"%PDF-")


def test_a_name_of_no_letters_is_a_file_all_the_same() -> None:
    assert [file_name(name) for name in ("🚑", "Œuvre d’Été/.. ", "=1+1")] == ["-", "oeuvre-d-ete", "1-1"]


def test_without_names_nothing_tells_who_is_meant(store: Store, attacked: Campaign) -> None:
    for sheet in sheets_of(store, attacked.id, HIDDEN):
        told = all_of(sheet)
        assert re.fullmatch(r"establishment-\d+\.pdf", sheet.file)
        for site in attacked.region.establishments.values():
            assert site.name not in told
            assert site.finess not in told
            assert not site.ght or site.ght not in told


def test_a_campaign_that_is_not_sealed_says_how_far_it_is(tmp_path: Path) -> None:
    store, campaign = results.prepare(tmp_path / "store"), synthetic.campaign()
    with store.begin(campaign):
        store.write_chunk(campaign.id, synthetic.outcomes(range(3)))
        with pytest.raises(BadStore, match="3 replications are finished"):
            sheets_of(store, campaign.id, REAL)


def test_hours_beyond_the_horizon_are_missing_and_never_nought(tmp_path: Path) -> None:
    """Five hours are followed: what six hours bring is not known, from whichever hour on."""
    store = synthetic.sealed(tmp_path, [range(2)], 2)
    since_h = np.full((2, len(SITES)), np.nan)
    since_h[0, 0] = 2.9
    found = arrivals_in(store.snapshot(), sorted(SITES), since_h)
    for some in found.received.values():
        assert some.shape == (2, len(SITES), len(EDGES_H))
        assert np.argwhere(~np.isnan(some)).tolist() == [[0, 0, 0]]
    assert all(np.isnan(some).all() for some in found.beds.values())
    assert (found.received_in_all > 0).all()


def test_few_crises_have_ends_and_many_have_nine_in_ten() -> None:
    few = spread_of(np.array([np.nan, 1.0, 5.0, 100.0]))
    assert few is not None
    assert (few.crises, few.median, few.low, few.high) == (3, 5.0, 1.0, 100.0)
    many = spread_of(np.arange(ENOUGH + 1, dtype=float))
    assert many is not None
    assert (many.low, many.high) == (1.0, 19.0)
    assert spread_of(np.array([np.nan])) is None
    assert spread_of(np.array([0.4, 0.2])).added() == "0"  # type: ignore[union-attr]


def made(number: int, *, fallen: frozenset[str], back: bool) -> Outcome:
    """A crisis in which these fall after two hours, and are back after three of five or not at all."""
    whole = outcome(number, OFF if back else NEVER_BACK, hit=False, story=STORY if fallen else STORY[:1])
    changes = {
        "compromised": True,
        "compromised_h": 1.0,
        "impact_h": 2.0,
        "restored_h": 5.0 if back else None,
    }
    sites = [
        replace(site, **changes) if site.finess in fallen else site  # type: ignore[arg-type]
        for site in whole.establishments
    ]
    return replace(whole, establishments=rows_of(EstablishmentOutcome, sites))


def told(path: Path, asked: list[Outcome]) -> dict[str, str]:
    store = synthetic.sealed_beside(path, asked, [calm(number) for number in range(len(asked))])
    sheets = {sheet.finess: all_of(sheet) for sheet in sheets_of(store, synthetic.attack().id, REAL)}
    assert not any(re.search(r"\b(nan|None|inf|null)\b", said) for said in sheets.values())
    return sheets


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    crises=st.lists(st.frozensets(st.sampled_from(sorted(SITES))), min_size=1, max_size=4), back=st.booleans()
)
def test_a_sentence_is_never_false(
    tmp_path_factory: pytest.TempPathFactory, crises: list[frozenset[str]], back: bool
) -> None:
    """Whoever falls, in however many crises, nobody and everybody among them."""
    asked = [made(number, fallen=fallen, back=back) for number, fallen in enumerate(crises)]
    sheets = told(tmp_path_factory.mktemp("drawn"), asked)
    for finess, said in sheets.items():
        count, of = sum(finess in fallen for fallen in crises), len(crises)
        assert (f"Never: you fall in none of {of} simulated" in said) == (count == 0)
        assert (f"You fall in {count} of {of} simulated" in said) == (count > 0)
        is_back = "all systems are back and emergencies open within 0.12 days" in said
        assert is_back == (count > 0 and back)
        assert (f"not all is back in {count} of these {count}" in said) == (count > 0 and not back)
        struck = finess == HIT
        assert ("sessions and examinations apart: 7 not cared for" in said) == (struck and count > 0)
        stood = sum(1 for fallen in crises if fallen and finess not in fallen)
        paid = f"In {stood} {'crisis' if stood == 1 else 'crises'} you stand, and it costs your patients"
        assert (paid in said) == (struck and stood > 0)
        assert "90 not cared for" not in said


def test_of_ordinary_days_nobody_is_said_to_attack(tmp_path: Path) -> None:
    store, days = results.prepare(tmp_path / "store"), synthetic.campaign()
    with store.begin(days):
        store.write_chunk(days.id, [calm(0)])
        store.seal(days.id, 1)
    for sheet in sheets_of(store, days.id, REAL):
        facts = dict(sheet.heading.facts)
        assert facts["Crises"] == "1: ordinary days, on which nobody attacks and nothing fails"
        assert "Never: you fall in none of 1 simulated crisis." in all_of(sheet)


def test_a_fall_that_is_not_over_is_not_averaged_as_if_it_were(findings: Findings) -> None:
    falls = findings.falls
    never = replace(falls, ends_h=np.where(falls.down, np.nan, falls.ends_h))
    (prose, *_rest) = own_fall(replace(findings, falls=never), FIRST).parts
    assert isinstance(prose, Prose)
    crises = int(falls.down[:, findings.place[FIRST]].sum())
    assert any(
        f"not all is back in {crises} of these {crises} crises" in sentence for sentence in prose.sentences
    )
    assert not any("all systems are back" in sentence for sentence in prose.sentences)
