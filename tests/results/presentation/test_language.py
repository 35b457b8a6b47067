import ast
import errno
import os
import re
import socket
import string
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path

import pytest
import typer

import simulation
from results.presentation import language
from results.presentation.names import (
    BASES,
    CATEGORIES,
    LEVERS,
    LINKS,
    PAYLOADS,
    REACTIONS,
    SERVED_FIRST,
    TRUSTS,
)
from results.presentation.numbers import number
from results.presentation.regions.stream_capacity import PLACES
from results.presentation.story.kinds import HAPPENINGS
from simulation.engine.event_kinds import EventKind
from simulation.inputs.postures.posture import Levers, ServedFirst
from simulation.inputs.scenarios.reaction import Reaction
from simulation.inputs.scenarios.wave import Payload
from simulation.inputs.streams import WardKind
from tests.flows.commands import plain
from tests.results.presentation.sentences import MARKS, french, sentences, sentences_of, source_files
from topologies import Basis, Category, LinkKind
from topologies.errors import BadInput, Finding, Message
from topologies.fields.title import Title
from topologies.region import Trust


def parts(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """A sentence, or the forms of one that counts."""
    return [text or ""] if isinstance(text, str | None) else list(text)


def gaps(sentences: list[str]) -> set[str]:
    fields = [field for sentence in sentences for field in string.Formatter().parse(sentence)]
    return {name for _, name, _, _ in fields if name is not None}


def test_every_sentence_of_the_four_packages_has_its_french() -> None:
    known = {part for entry in french() for part in parts(entry.id)}
    missing = {sentence: where for sentence, where in sentences().items() if sentence not in known}
    assert not missing


def test_a_mark_holds_one_text_or_what_was_marked_before() -> None:
    """A text that is chosen or put together inside a mark would escape the extraction."""
    chosen = ast.IfExp | ast.BinOp | ast.JoinedStr | ast.BoolOp
    calls = [
        (file, call)
        for file in source_files()
        for call in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in MARKS
    ]
    assert not [f"{file} line {call.lineno}" for file, call in calls if isinstance(call.args[0], chosen)]


def test_no_french_is_left_without_its_sentence() -> None:
    sources = set(sentences())
    for file in Path(typer.__file__).parent.glob("*.py"):
        sources.update(sentences_of(file))
    told = {parts(entry.id)[0] for entry in french() if entry.id}
    assert told <= sources


def test_no_french_sentence_breaks_before_its_punctuation() -> None:
    told = {str(entry.string) for entry in french() if entry.id}
    assert not [sentence for sentence in told if re.search(r" [:;?!»]|« ", sentence)]


def test_the_catalogue_names_no_files_which_the_next_move_would_belie() -> None:
    assert not [entry.id for entry in french() if entry.locations]


def test_the_french_fills_the_same_gaps() -> None:
    for entry in french():
        english, told = parts(entry.id), parts(entry.string)
        assert all(told) or not entry.id
        assert gaps(told) == gaps(english) or not entry.id, entry.id


NUMBERS = (
    "attendance|chunks|columns|count|days|done|establishments|figures|files|findings|found|hits|hours|kept|maximum|minimum|"
    "minutes|number|parts|people|places|processes|replications|rows|seconds|services|sites|total|tried|venues|visits"
)
NOUN = re.compile(rf"\{{({NUMBERS})\}} (\w+s)\b")
NO_NOUN = {"lasts", "dans", "des", "sous", "sans", "après", "plus", "is", "has"}


def test_words_agree_with_their_number() -> None:
    """A plural right behind a gap is a number's, and wrong where that is one: it is written {n:word|words}."""
    for entry in french():
        for text in [*parts(entry.id), *parts(entry.string)]:
            wrong = [word for _, word in NOUN.findall(plain(text)) if word not in NO_NOUN]
            assert not wrong, text


@pytest.mark.parametrize(
    ("said", "count", "told"),
    [
        ("fr", 0, "0 nouvelle réplication en 2 s"),
        ("fr", 1, "1 nouvelle réplication en 2 s"),
        ("fr", 2, "2 nouvelles réplications en 2 s"),
        ("en", 0, "0 new replications in 2 s"),
        ("en", 1, "1 new replication in 2 s"),
        ("en", 2, "2 new replications in 2 s"),
    ],
)
def test_french_has_the_singular_for_none_and_one_and_english_for_one_alone(
    monkeypatch: pytest.MonkeyPatch, said: str, count: int, told: str
) -> None:
    monkeypatch.setenv(language.VARIABLE, said)
    sentence = "{count} new {count:replication|replications} in {seconds} s"
    assert language._(sentence).format(count=number(count), seconds=number(2)) == told
    assert language.in_words(Message(sentence, {"count": count, "seconds": 2})) == told


def test_french_punctuation_stays_on_the_line_of_its_word() -> None:
    loose = re.compile(r" [:;!?%»](?=[\s.,)]|$)|« ")
    assert not [told for entry in french() for told in parts(entry.string) if loose.search(told)]


def test_french_has_one_apostrophe() -> None:
    straight = re.compile(r"\w'[\w{«]")
    assert not [
        said for entry in french() if entry.id for said in parts(entry.string) if straight.search(said)
    ]
    texts = (text.fr for text in texts_of_data())
    assert not [text for text in texts if straight.search(text)]


def texts_of_data() -> Iterator[Title]:
    """What the scenarios, postures and events that come with the program say of themselves."""
    for scenario in map(simulation.load_scenario, simulation.scenario_names()):
        yield from (scenario.title, scenario.story, scenario.tests)
        yield from (threshold.reason for threshold in scenario.thresholds)
    for posture in map(simulation.load_posture, simulation.posture_names()):
        yield from (posture.title, posture.story)
    for event in map(simulation.load_event, simulation.event_names()):
        yield event.title


def test_an_error_is_told_in_french_with_all_its_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(language.VARIABLE, "fr")
    finding = Finding(where="links.csv line 3", problem=Message("is empty"), remedy=Message("drop the row"))
    error = BadInput(Message("{name} cannot be used as it is", {"name": "mine"}), [finding, finding])
    told = language.error_in_words(error).replace("\u00a0", " ").splitlines()
    assert told == [
        "mine ne peut pas être utilisé tel quel",
        *["  links.csv ligne 3 : est vide ; supprimez la ligne"] * 2,
    ]


def name_unknown(where: str) -> OSError:
    return socket.gaierror(socket.EAI_NONAME, f"Name or service not known{where}")


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (OSError(errno.ENOSPC, "as another C library calls it"), "plus de place sur le disque"),
        (os.strerror(errno.EMFILE), "trop de fichiers ouverts"),
        (name_unknown(""), "nom inconnu"),
        (name_unknown(" (while attempting to bind on address ('x', 4200))"), "nom inconnu"),
        ("disk I/O error", "erreur d'entrée-sortie du disque"),
        ("what nobody foresaw", "what nobody foresaw"),
    ],
)
def test_what_the_system_says_is_told_in_french(
    monkeypatch: pytest.MonkeyPatch, refusal: object, told: str
) -> None:
    monkeypatch.setenv(language.VARIABLE, "fr")
    message = Message(
        "nothing can listen at {host}:{port} ({reason}); choose another", {"host": "x", "port": 1}
    )
    said = language.in_words(replace(message, values={**message.values, "reason": refusal}))
    assert f"({told})" in plain(said)


@pytest.mark.parametrize(
    ("known", "named"),
    [
        (Basis, BASES),
        (Category, CATEGORIES),
        (EventKind, HAPPENINGS),
        (LinkKind, LINKS),
        (Trust, TRUSTS),
        (Reaction, REACTIONS),
        (Payload, PAYLOADS),
        (WardKind, PLACES),
        (ServedFirst, SERVED_FIRST),
    ],
)
def test_whatever_a_person_may_be_told_of_has_a_name(known: type[Enum], named: dict[str, object]) -> None:
    assert set(known) <= set(named)


def test_every_lever_has_a_name() -> None:
    assert set(Levers.model_fields) == set(LEVERS)
