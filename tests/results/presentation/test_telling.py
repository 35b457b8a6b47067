"""Events in words: what more they say, who decides for a service, and many at one minute on one line."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import product

import pytest

from results.presentation import language
from results.presentation.story.chain import OF_WAVES, Line, Telling
from results.presentation.story.details import DETAILS
from results.presentation.story.together import AT_MOST, together
from simulation.engine.event_kinds import Channel, EventKind, Order
from simulation.engine.recovery_events import Stage
from simulation.inputs.scenarios.reaction import Reaction
from simulation.inputs.streams import Stream
from simulation.response.deciding.supplier_events import Teller

SITE, DIRECTORY = "930000328", "directory:ours"
NAMES = {SITE: "CH de Saint-Denis", DIRECTORY: "Annuaire"}
FIRST, SECOND = (
    {"name": name, "title": {"fr": french, "en": english}}
    for name, french, english in (("first", "Première", "First"), ("second", "Seconde", "Second"))
)


def telling(*waves: Mapping[str, object]) -> Telling:
    """Of a campaign with these waves."""
    return Telling({"parameters": {"outages": {"applications": {}}}, "scenario": {"waves": waves}}, NAMES)


TELLING = telling(FIRST)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "en")


def told(kind: EventKind, detail: str, *, finess: str | None = SITE, by: Telling = TELLING) -> str:
    row = {"event": 3, "kind": str(kind), "finess": finess, "detail": detail, "patients": None}
    return by.line({**row, "at": datetime(2026, 3, 2, tzinfo=UTC)}).what


@pytest.mark.parametrize(
    ("kind", "details"),
    [
        (EventKind.REGIONAL_ORDER, [order.name.lower() for order in Order]),
        (EventKind.STAGE_DONE, Stage),
        (EventKind.SWITCHED_ON, Stage),
        (EventKind.DETECTION, Channel),
        (EventKind.ATTACKERS_REACT, set(Reaction) - {Reaction.PASSIVE}),
        (EventKind.SUPPLIER_ALERT, Teller),
    ],
)
def test_whatever_an_event_says_more_has_words(kind: EventKind, details: Iterable[str]) -> None:
    assert set(DETAILS[kind]) == set(details)


def test_an_order_says_what_is_ordered_and_a_foothold_whence_it_comes() -> None:
    assert told(EventKind.REGIONAL_ORDER, "cut").endswith("(to cut all its links)")
    assert told(EventKind.FOOTHOLD, f"exchange {SITE}").endswith("(CH de Saint-Denis)")
    assert told(EventKind.FOOTHOLD, "entry point") == "the attackers get in"


@pytest.mark.parametrize(
    ("kind", "stream", "said"),
    [
        (EventKind.PATIENTS_UNMET, Stream.LABORATORY, "3 analyses are not made"),
        (EventKind.PATIENTS_UNMET, Stream.IMAGING, "3 images are not made"),
        (EventKind.PATIENTS_UNMET, Stream.DIALYSIS, "3 sessions are not held"),
        (EventKind.PATIENTS_UNMET, Stream.SAMU, "3 calls are never answered"),
        (EventKind.PATIENTS_UNMET, Stream.MATERNITY, "3 patients are not cared for"),
        (EventKind.PATIENTS_TRANSFERRED, Stream.DIALYSIS, "3 sessions are held at another hospital"),
        (EventKind.PATIENTS_TRANSFERRED, Stream.MEDICINE, "3 patients are transferred to another hospital"),
    ],
)
def test_what_is_counted_is_said_as_what_it_is(kind: EventKind, stream: Stream, said: str) -> None:
    (sentence,) = TELLING.toll({(kind, stream): 3})
    assert said in sentence


def test_which_wave_it_is_of_is_said_where_there_are_several() -> None:
    assert told(EventKind.ATTACK_BEGINS, "first", finess=None) == "the attack begins"
    both = telling(FIRST, SECOND)
    for kind in OF_WAVES:
        assert told(kind, "second", finess=None, by=both).endswith("(Second)")


def test_a_directory_has_no_crisis_cell_of_its_own() -> None:
    assert told(EventKind.CRISIS_CELL, "") == "the crisis cell opens"
    assert told(EventKind.CRISIS_CELL, DIRECTORY, finess=None).startswith("those who run it")


def test_what_happens_to_many_at_one_minute_is_one_line() -> None:
    many = [Line(str(number), "02/03 08:00", f"site {number}", "cut") for number in range(AT_MOST + 1)]
    other = Line("9", "02/03 08:00", "site 9", "open")
    later = [Line(str(number), "02/03 08:01", f"site {number}", "cut") for number in range(AT_MOST)]
    lines = [*together([many[0], other, *many[1:], *later])]
    assert [line.number for line in lines] == ["0", "9", *(line.number for line in later)]
    assert lines[0].where == f"site 0, site 1 and {AT_MOST - 1} others"


def test_few_are_told_in_their_order_one_place_after_the_other() -> None:
    """What one site does in a minute is not torn apart by what another does."""
    told = [
        Line(str(number), "02/03 08:00", where, what)
        for number, (where, what) in enumerate(product(("site 0", "site 1"), ("cut", "down", "off")))
    ]
    assert [*together(told)] == told
