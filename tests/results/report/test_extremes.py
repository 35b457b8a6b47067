"""Whatever came of a campaign, its page can be written, and what it says is so."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import NoneType
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from results.presentation import language
from results.report import report_of
from simulation.outcome.records import EstablishmentOutcome, Outcome, ReplicationOutcome, TimelineRow
from tests.results import synthetic
from tests.results.analysis.test_summary import CALM, OFF
from tests.results.report.test_page import HIDDEN, REAL, Text
from tests.results.synthetic import SITES, START, rows_of

FIRST = next(iter(SITES))
STORY = (
    ("ordinary_life", None, None, "", None),
    ("attack_begins", None, None, "wave", None),
    ("foothold", FIRST, 1, "", None),
    ("responders_asked", FIRST, 2, "", None),
    ("patients_unmet", FIRST, 2, "emergency_adult", 7),
    ("patients_unmet", None, 0, "emergency_adult", 90),
)
"""An attack that harms seven patients on a day on which ninety leave anyway."""
HIT = ("impact", FIRST, 4, "30% of machines at most", None)
NEVER_BACK = OFF | {
    "capacity_back": False,
    "restored_80_h": None,
    "restoration_h": None,
    "backlog_cleared": False,
}


def row(replication: int, number: int, story: Sequence[tuple[object, ...]]) -> TimelineRow:
    kind, finess, cause, detail, patients = story[number]
    return TimelineRow(
        replication=replication,
        event=number,
        at_h=float(number),
        at=START + timedelta(hours=number),
        actor="region",
        finess=finess,  # type: ignore[arg-type]
        kind=kind,  # type: ignore[arg-type]
        technique=None,
        cause=cause,  # type: ignore[arg-type]
        detail=detail,  # type: ignore[arg-type]
        patients=patients,  # type: ignore[arg-type]
        hours=None,
    )


def emptied(record: object) -> dict[str, object]:
    """Everything that may be missing is."""
    hints = get_type_hints(type(record), include_extras=True)
    declared = {
        name: get_args(hint)[0] if get_origin(hint) is Annotated else hint for name, hint in hints.items()
    }
    return {name: None for name, alternatives in declared.items() if NoneType in get_args(alternatives)}


def outcome(
    number: int, changes: dict[str, object], *, hit: bool, story: Sequence[tuple[object, ...]]
) -> Outcome:
    made = synthetic.outcome(number)
    whole: ReplicationOutcome = replace(made.replication, **(emptied(made.replication) | changes))  # type: ignore[arg-type]
    site_changes: dict[str, object] = {"compromised": hit, "machines_hit_share": float(hit)}
    if hit:
        site_changes |= {"compromised_h": 1.0, "impact_h": 2.0, "switched_off_h": 3.0, "ed_shut_h": 4.0}
    sites = [
        replace(site, **(emptied(site) | site_changes))  # type: ignore[arg-type]
        for site in made.establishments
    ]
    events = [row(number, event, story) for event in range(len(story))]
    return replace(
        made,
        replication=whole,
        establishments=rows_of(EstablishmentOutcome, sites),
        timeline=rows_of(TimelineRow, events),
    )


def calm(number: int) -> Outcome:
    return outcome(number, CALM, hit=False, story=STORY[:1])


def page(path: Path, asked: Sequence[Outcome], *, said: str = "en") -> str:
    store = synthetic.sealed_beside(path, asked, [calm(number) for number in range(len(asked))])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(language.VARIABLE, said)
        told = Text(report_of(store, synthetic.attack().id, REAL).page()).text
        hidden = Text(report_of(store, synthetic.attack().id, HIDDEN).page()).text
    assert not [name for name in SITES.values() if name in hidden]
    assert not re.search(r"\b(nan|None|inf|null)\b", told)
    return told


def test_nothing_compromised(tmp_path: Path) -> None:
    told = page(tmp_path, [calm(0), calm(1)])
    assert "It went off in none of 2 simulations" in told
    assert "Care: not put to the test" in told
    assert "Care held in every crisis: nothing gave way." in told
    assert "No patient was turned away, moved, put off or left without care because of the attack." in told
    assert "No chain leads" in told
    assert "No establishment asked for a team" in told


def test_all_compromised_and_nothing_restored_in_a_single_replication(tmp_path: Path) -> None:
    told = page(tmp_path, [outcome(0, NEVER_BACK, hit=True, story=STORY)])
    assert "It went off in 1 of 1 simulation" in told
    assert "never by the end" in told
    assert "4 establishments of 4 with systems down" in told
    assert "7 patients are not cared for" in told
    assert "90 patients" not in told
    assert "not by the end" in told


def test_everything_missing_that_may_be(tmp_path: Path) -> None:
    may_be_missing = emptied(synthetic.outcome(0).replication)
    kept = {name: value for name, value in CALM.items() if name not in may_be_missing}
    told = page(tmp_path, [outcome(number, kept, hit=False, story=()) for number in range(2)], said="fr")
    assert "déclenchée dans aucune" in told


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    went_off=st.lists(st.booleans(), min_size=1, max_size=4),
    hit=st.booleans(),
    back=st.booleans(),
    down=st.booleans(),
)
def test_a_sentence_is_never_false(
    tmp_path_factory: pytest.TempPathFactory, went_off: list[bool], hit: bool, back: bool, down: bool
) -> None:
    changes, story = OFF if back else NEVER_BACK, (*STORY, *([HIT] if down else []))
    asked = [
        outcome(number, changes, hit=hit, story=story) if off else calm(number)
        for number, off in enumerate(went_off)
    ]
    told = page(tmp_path_factory.mktemp("drawn"), asked)
    crises = sum(went_off)
    if not crises:
        assert "went off in none" in told
        return
    assert f"It went off in {crises} of {len(went_off)} simulation" in told
    assert ("7 patients are not cared for" in told) == (crises > 0)
    assert f"stayed within every threshold in {crises} of the {crises} " in told
    assert f"Every deadline was kept in {crises if back else 0} of the {crises} " in told
    assert ("never by the end" in told) == (not back)
    assert (f"it went down {crises} " in told) == ("it did not 0 – – –" in told) == down
    assert "By department where people live" not in told, "the same people met the same on the same days"
