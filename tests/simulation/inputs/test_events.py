"""What the built-in events promise, and how one that makes no sense is refused."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import pytest

import simulation
from simulation.inputs.clock import PARIS
from simulation.inputs.events.event import Event, Session
from topologies.building.called import known_venues
from topologies.errors import BadInput, UnknownName
from topologies.region import Basis, Region

FESTIVAL = """\
name: festival-plaine
title: {fr: Festival de la plaine, en: Plain festival}
sources: [organiser, 2026]
sessions:
  - {venue: Plaine Saint-Denis, latitude: 48.92, longitude: 2.36, capacity: 60000, begins: 2024-07-27T14:00+02:00,
     ends: 2024-07-27T23:30+02:00, attendance: 55000, outdoor: true}
casualties:
  - {venue: Plaine Saint-Denis, latitude: 48.92, longitude: 2.36, at: 2024-07-27T21:00+02:00, people: 120}
"""
FIRST_SESSION = "begins: 2024-07-27T14:00+02:00,\n     ends: 2024-07-27T23:30+02:00,"


def loaded(tmp_path: Path, text: str) -> Event:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    return simulation.load_event(path)


@pytest.mark.parametrize("name", simulation.event_names())
def test_an_event_bears_the_name_of_its_file_in_both_languages(name: str) -> None:
    event = simulation.load_event(name)
    assert event.name == name
    assert event.title.fr != event.title.en


def test_an_unknown_event_is_told_with_those_that_look_like_it() -> None:
    with pytest.raises(UnknownName, match="paris-2024"):
        simulation.load_event("paris-2042")


def test_paris_2024_fills_every_venue_of_every_region_on_its_days() -> None:
    known = {venue.id: venue for venue in known_venues().values() if venue.event == "paris-2024"}
    days: dict[str, set[date]] = {}
    for session in simulation.load_event("paris-2024").sessions:
        days.setdefault(session.venue, set()).update(
            begins.date() for begins, _ in session.spans() if begins.date() < date(2024, 8, 28)
        )
    assert set(days) == set(known)
    for venue in known.values():
        assert venue.first_day <= min(days[venue.id]), venue.id
        assert max(days[venue.id]) <= venue.last_day, venue.id


def by_day(sessions: Iterable[Session]) -> dict[date, float]:
    """Spectators of the Olympic Games; a day of residence in the village is no ticket."""
    days: dict[date, float] = {}
    for session in sessions:
        people = session.people(known_venues()[session.venue].capacity, usual_filling=0.95) or 0.0
        for begins, _ in session.spans():
            if begins.date() < date(2024, 8, 20) and session.venue != "venue:athletes-village":
                days[begins.date()] = days.get(begins.date(), 0.0) + people
    return days


def test_paris_2024_comes_near_what_was_told_of_it(ile_de_france: Region) -> None:
    event = simulation.load_event("paris-2024")
    here = by_day(event.held_in(ile_de_france, "sessions", event.sessions).values())
    everywhere = by_day(event.sessions)
    assert here[date(2024, 7, 26)] >= 326_000
    assert 7_000_000 < sum(here.values()) < 9_500_000, "of 9.5 million tickets, those of Île-de-France"
    assert sum(everywhere.values()) == pytest.approx(9_500_000, rel=0.05)
    assert everywhere[date(2024, 7, 30)] == pytest.approx(743_000, rel=0.1), "that day in all of France"


def test_nothing_of_alpes_2030_is_said_to_be_published() -> None:
    event = simulation.load_event("alpes-2030")
    assert {session.basis for session in event.sessions} == {Basis.ASSUMPTION}
    assert any("assumption" in source for source in event.sources)


def test_ten_lines_make_an_event(tmp_path: Path) -> None:
    event = loaded(tmp_path, FESTIVAL)
    assert FESTIVAL.count("\n") <= 10
    assert event.sources == ("organiser", "2026")
    assert event.casualties[0].people == 120


def test_hours_of_days_are_told_by_the_clock_of_paris_and_run_past_midnight() -> None:
    session = Session(
        venue="venue:arena", days=(date(2024, 7, 27), date(2024, 12, 1)), hours=((9.5, 13), (20, 25))
    )
    spans = list(session.spans())
    assert spans[0] == (datetime(2024, 7, 27, 9, 30, tzinfo=PARIS), datetime(2024, 7, 27, 13, tzinfo=PARIS))
    assert spans[-1] == (datetime(2024, 12, 1, 20, tzinfo=PARIS), datetime(2024, 12, 2, 1, tzinfo=PARIS))


def test_attendance_is_what_is_given_else_a_share_of_the_capacity() -> None:
    day = {"venue": "venue:arena", "days": [date(2024, 7, 27)]}
    assert Session.model_validate({**day, "attendance": 0}).people(1000, 0.9) == 0
    assert Session.model_validate({**day, "filling": 0.5}).people(1000, 0.9) == 500
    assert Session.model_validate({**day, "capacity": 200}).people(1000, 0.9) == 180
    assert Session.model_validate(day).people(1000, 0.9) == 900
    assert Session.model_validate(day).people(None, 0.9) is None


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "attendance: 55000",
            "attendance: 65000",
            "65000 is above the capacity of Plaine Saint-Denis, 60000",
        ),
        ("attendance: 55000", "attendance: -1", "at least 0"),
        ("attendance: 55000", "attendance: 55000, filling: 0.5", "both attendance and filling"),
        ("capacity: 60000, ", "capacity: 0, ", "more than 0"),
        ("ends: 2024-07-27T23:30", "ends: 2024-07-27T13:30", "is not after begins"),
        ("ends: 2024-07-27T23:30+02:00,", "", "has begins without ends"),
        (FIRST_SESSION, "", "does not say when"),
        (
            FIRST_SESSION,
            "days: [2024-07-27], hours: [[18, 17]],",
            "hours end at 17.0, less than a minute after",
        ),
        (FIRST_SESSION, "days: [2024-07-27], hours: [[22, 2]],", "write 26.0 where they end on the next"),
        (FIRST_SESSION, "days: [2024-07-27], hours: [[8h30, 9]],", "not '8h30'; write 8.5, as a number"),
        (FIRST_SESSION, "days: [2024-07-27], hours: [['08:45', 9]],", "write 8.75, as a number"),
        (FIRST_SESSION, "days: [2024-07-27], hours: [[08, 9]],", "write 8, as a number"),
        (FIRST_SESSION, "first_day: 2024-07-27, last_day: 2024-07-26,", "before first_day"),
        (FIRST_SESSION, f"{FIRST_SESSION} days: [2024-07-27],", "in two ways: begins, days"),
        (FIRST_SESSION, f"{FIRST_SESSION} hours: [[9, 10]],", "hours without days"),
        (
            "casualties:",
            "closures: [{venue: Plaine Saint-Denis, latitude: 48, longitude: 2, hours: [[8, 9]]}]\ncasualties:",
            "hours without days",
        ),
        ("attendance: 55000", "attendance: 55000000000", "at most 10000000"),
        (
            "casualties:",
            "visitors: [{first_day: 2024-07-27, last_day: 9999-12-31, people: 1}]\ncasualties:",
            "the years 1950 and 2199",
        ),
        ("+02:00,\n", ",\n", "time zone"),
        ("latitude: 48.92, longitude: 2.36, capacity", "capacity", "nobody knows where"),
        ("Plaine Saint-Denis, latitude", "'venue:stade-de-france', latitude", "where the region says"),
        ("capacity: 60000, ", "closed: yes, ", "closed is not a field here"),
        ("people: 120", "people: 120, critical: 121", "critical 121 is more than people 120"),
        ("people: 120", "people: 0", "more than 0"),
        (
            "casualties:",
            "casualties:\n  - {venue: A, latitude: 48, longitude: 2, at: 2024-07-27T21:00Z, people: 100000}",
            "more people are hurt in all than 100000",
        ),
        (
            "casualties:",
            "closures: [{venue: Elsewhere, latitude: 48, longitude: 2}]\ncasualties:",
            "has none",
        ),
        (
            "casualties:",
            "weather: [{day: 2024-07-27, heat_index_c: 30}, {day: 2024-07-27, heat_index_c: 31}]\ncasualties:",
            "a day twice",
        ),
    ],
)
def test_an_event_that_makes_no_sense_is_refused_with_its_line_and_a_remedy(
    tmp_path: Path, right: str, wrong: str, told: str
) -> None:
    assert right in FESTIVAL
    with pytest.raises(BadInput) as refusal:
        loaded(tmp_path, FESTIVAL.replace(right, wrong, 1))
    findings = [str(finding) for finding in refusal.value.findings]
    assert any(told in finding and "mine.yaml line" in finding for finding in findings), findings
    assert all(str(finding.remedy) for finding in refusal.value.findings)


def test_an_event_to_which_nobody_comes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="nobody comes"):
        loaded(tmp_path, FESTIVAL.split("sessions:", maxsplit=1)[0])
