"""Scalars: a number, a day, an instant, a text or a yes is only what is written as one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin
from unicodedata import normalize

import pytest
from pydantic import BeforeValidator, StringConstraints, ValidationError

from topologies.errors import BadInput
from topologies.fields.quantity import Input
from topologies.fields.scalars import Day, Instant, Name, Number, Text, Whole, YesNo
from topologies.reading.documents import read_yaml
from topologies.reading.tables import read_csv


class Sheet(Input):
    number: Number = 0.0
    whole: Whole = 0
    sure: YesNo = False
    day: Day = date(2026, 1, 1)
    instant: Instant | None = None
    text: Text = "text"
    name: Name = "name"
    numbers: tuple[Number, ...] = ()
    by_name: dict[str, Whole] | None = None


ARABIC_INDIC = "\N{ARABIC-INDIC DIGIT ONE}\N{ARABIC-INDIC DIGIT TWO}"
FULL_WIDTH = "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT TWO}"

NO_NUMBER: list[object] = [
    True, False, None, [], {}, "", " ", "many", "yes", "5__5_", "_5", "1_0", "0x10", "0b1", "0o7", "1e", "--1", "1 000",
    "45 000", "45\u202f000", "48,92", "1,000", ARABIC_INDIC, FULL_WIDTH, "²", "∞", "nan", "NaN", "inf", "-inf",
    "Infinity", "1/2", "12:30", "007", "3 h", "1e9999", float("nan"), float("inf"), date(2026, 1, 1),
    datetime(2026, 1, 1, tzinfo=UTC),
]  # fmt: skip
NO_WHOLE: list[object] = [*NO_NUMBER, 1.5, 3.0, "1.5", "45.000", "1e3", ".5"]
NO_DAY: list[object] = [
    True, 0, 20260302, 1722038400, 1722038400.0, "1722038400", "20260302", "2026-02-29", "2026-13-01", "2026-3-2",
    "02/03/2026", "2026-W10-1", "2026-03-02T00:00", "2026-03-02T00:00:00Z", f"2026-03-{ARABIC_INDIC}", "today", "",
    None, datetime(2026, 3, 2, tzinfo=UTC),
]  # fmt: skip
NO_INSTANT: list[object] = [
    True, 0, 20260302, 1722081600, 1722081600.5, "1722081600", "2026-03-02", date(2026, 3, 2), "2026-03-02T08:00",
    "2026-03-02T25:00+01:00", "2026-03-02T08+01:00", "2026-03-02T08:00+20:00", "2026-03-02T08:00 Paris", "08:00", "",
    f"2026-03-02T08:{ARABIC_INDIC}:00Z", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00",
]  # fmt: skip
NO_YES: list[object] = [0, 1, 1.0, "1", "0", "on", "off", "y", "t", "oui", "vrai", "", None, [], "perhaps"]
NO_TEXT: list[object] = [
    True,
    0,
    2026,
    1.5,
    None,
    [],
    {},
    "",
    " ",
    "\t\n",
    date(2026, 3, 2),
    "\ud800",
    "x" * 10_001,
]


WRONG: dict[str, list[object]] = {
    "number": NO_NUMBER,
    "whole": NO_WHOLE,
    "day": NO_DAY,
    "instant": NO_INSTANT,
    "sure": NO_YES,
    "text": NO_TEXT,
    "name": [*NO_TEXT, "x" * 201, "\u200b", "\u00a0\ufeff"],
    "numbers": [["1", True], "12", {"a": 1}, 1],
    "by_name": [{"a": True}, {1: 2}, [1], "a: 1"],
}


def is_taken(field: str, value: object) -> bool:
    try:
        Sheet.model_validate({field: value})
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("field", WRONG)
def test_a_value_of_another_kind_is_refused(field: str) -> None:
    assert [value for value in WRONG[field] if is_taken(field, value)] == []


@pytest.mark.parametrize(
    ("field", "right", "read"),
    [
        ("number", 4, 4.0), ("number", "3", 3.0), ("number", "-2.5", -2.5), ("number", "1e-3", 0.001),
        ("number", "+.5", 0.5), ("number", "1_000_000.5", 1_000_000.5), ("whole", 0, 0),
        ("whole", "45000", 45000), ("whole", "45000.0", 45000),
        ("whole", "1_000", 1000), ("sure", "Yes", True), ("sure", "false", False), ("sure", True, True),
        ("day", "2028-02-29", date(2028, 2, 29)), ("day", date(2028, 2, 28), date(2028, 2, 28)), ("text", " a ", " a "),
        ("text", normalize("NFD", "Forêt"), "Forêt"), ("name", normalize("NFD", "Forêt"), "Forêt"),
        ("name", "Val\u00a0de\u202fMarne ", "Val de Marne"), ("name", "Fo\u200brêt\ufeff", "Forêt"),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_written_as_it_should_be_is_read(field: str, right: object, read: object) -> None:
    assert getattr(Sheet.model_validate({field: right}), field) == read


@pytest.mark.parametrize(
    "instant",
    ["2026-03-02T08:00+01:00", "2026-03-02 08:00:00+0100", "2026-03-02T07:00Z", "2026-03-02T07:00:00.5Z"],
)
def test_an_instant_is_written_in_any_usual_way(instant: str) -> None:
    read = Sheet.model_validate({"instant": instant}).instant
    assert read is not None
    assert read.replace(microsecond=0).timestamp() == 1772434800


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("number: 48,92", "write 48.92, with a point before the decimals"),
        ("whole: 45 000", "write 45000, with nothing between the thousands"),
        ("whole: 1'200'000", "write 1200000, with nothing between the thousands"),
        ("whole: 45.000", "write 45000 if the point sets thousands apart, else a whole number such as 45"),
        ("whole: 1.000", "write 1000 if the point sets thousands apart, else a whole number such as 1"),
        ("whole: 1.2345", "write a whole number"),
        ("number: 5 %", "write 0.05, as a share of 1"),
        ("number: 2,5%", "write 0.025, as a share of 1"),
        ("sure: oui", "write yes"),
        ("sure: Faux", "write no"),
        ("whole: yes", "must be a whole number, not yes"),
        ("number: no", "must be a number, not no"),
        ("day: 20260302", "write a day as 2024-07-26"),
        ("instant: 1722081600", "write an instant as"),
        ("text: on", "must be text, not yes; put it between quotes"),
        ("text: ~", "must be text, not nothing"),
        ("text: 12", "must be text, not 12"),
        ("sure: 1", "must be yes or no, not 1"),
        ("number: 0x1F", "must be a number, not '0x1F'"),
        ("whole: 5__5_", "must be a whole number, not '5__5_'"),
        ("number: .nan", "must be a finite number"),
        ("numbers: {a: 1}", "must be a list"),
        ("by_name: [1]", "must have fields of its own"),
    ],
)
def test_a_slip_is_told_with_its_place_and_its_remedy(tmp_path: Path, written: str, remedy: str) -> None:
    yaml = tmp_path / "sheet.yaml"
    yaml.write_text(written)
    with pytest.raises(BadInput) as refusal:
        read_yaml(yaml, Sheet)
    [finding] = refusal.value.findings
    assert str(finding).startswith("sheet.yaml line 1, column 1, ")
    assert remedy in str(finding)


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("number", "48,92"),
        ("whole", "45 000"),
        ("whole", "yes"),
        ("day", "20260302"),
        ("instant", "1722081600"),
        ("sure", "1"),
        ("number", "0x1F"),
        ("whole", "5__5_"),
    ],
)
def test_a_cell_is_judged_as_a_field_is(tmp_path: Path, field: str, cell: str) -> None:
    table = tmp_path / "sheet.csv"
    table.write_text(f'{field}\n"{cell}"\n')
    with pytest.raises(BadInput, match=rf"sheet\.csv line 2, {field}: must be .*, not '{cell}'; write "):
        read_csv(table, Sheet)


ROOMS = ("topologies", "simulation", "backtest")
BARE = {int, float, bool, str, date, datetime}


def models() -> Iterator[type[Input]]:
    for room in ROOMS:
        root = Path(str(import_module(room).__file__)).parents[1]
        for file in sorted((root / room).rglob("*.py")):
            import_module(".".join(file.relative_to(root).with_suffix("").parts))
    pending = Input.__subclasses__()
    while pending:
        model = pending.pop()
        pending += model.__subclasses__()
        if model.__module__.startswith(ROOMS):
            yield model


def bare_in(annotation: Any, metadata: tuple[object, ...]) -> Iterator[Any]:
    """The types inside an annotation for which no rule says how they are written."""
    if get_origin(annotation) is Annotated:
        inner, *rules = get_args(annotation)
        yield from bare_in(inner, (*rules, *metadata))
    elif annotation in BARE:
        ruled = any(isinstance(rule, BeforeValidator | StringConstraints) for rule in metadata)
        if not ruled and not (annotation is str and metadata):
            yield annotation
    else:
        yield from chain.from_iterable(bare_in(inner, ()) for inner in get_args(annotation))


def test_every_field_of_every_model_says_how_it_is_written() -> None:
    found = [
        f"{model.__name__}.{name}: {bare}"
        for model in models()
        for name, field in model.model_fields.items()
        for bare in bare_in(field.annotation, tuple(field.metadata))
    ]
    assert not found
