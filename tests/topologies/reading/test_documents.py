"""YAML documents: one that is wrong is refused with the place, the problem and the remedy."""

import tempfile
from contextlib import suppress
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from topologies.errors import BadInput
from topologies.fields.identifiers import Finess
from topologies.fields.quantity import Input, Quantity, Share
from topologies.reading.documents import read_yaml
from topologies.reading.explanations import EXPLANATIONS
from topologies.reading.positions import parsed


class Payload(StrEnum):
    RANSOMWARE = "ransomware"
    WIPER = "wiper"


class Threshold(Input):
    indicator: str
    at_most: Annotated[float, Field(ge=0)]


class Mail(Input):
    kind: Literal["mail"]
    click_share: float


class Exploit(Input):
    kind: Literal["exploit"]
    skill: float


class Plan(Input):
    name: Annotated[str, Field(min_length=3)] = "plan"
    sites: tuple[Finess, ...] = ()
    payload: Payload = Payload.WIPER
    start: datetime | None = None
    day: date | None = None
    number: Annotated[int, Field(gt=0, le=9)] = 1
    ready: bool = False
    hour: str = ""
    thresholds: tuple[Threshold, ...] = ()
    chance: Share | None = None
    delay: Quantity | None = None
    way: Annotated[Mail | Exploit, Field(discriminator="kind")] | None = None
    weights: Annotated[dict[str, float], Field(default_factory=dict)]


def read(tmp_path: Path, text: str | bytes) -> Plan:
    path = tmp_path / "plan.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_yaml(path, Plan)


def refusals(tmp_path: Path, text: str | bytes) -> list[str]:
    with pytest.raises(BadInput) as error:
        read(tmp_path, text)
    assert str(error.value).startswith(f"{tmp_path / 'plan.yaml'} cannot be used as it is\n")
    return [str(finding) for finding in error.value.findings]


def test_digits_stay_the_digits_that_were_written(tmp_path: Path) -> None:
    plan = read(tmp_path, "sites: [010000024, 750100125]\nhour: 12:30\nday: 2024-07-26\n")
    assert plan.sites == ("010000024", "750100125")
    assert (plan.hour, plan.day) == ("12:30", date(2024, 7, 26))


def test_numbers_may_be_written_in_any_usual_way(tmp_path: Path) -> None:
    plan = read(tmp_path, "weights: {a: 1, b: -2.5, c: 1e-3, d: 1_000, e: +.5, f: 2.5e+3, g: 0.0}\n")
    assert plan.weights == {"a": 1, "b": -2.5, "c": 0.001, "d": 1000, "e": 0.5, "f": 2500, "g": 0}


def test_a_field_is_found_by_line_column_and_path(tmp_path: Path) -> None:
    text = "name: storm\nthresholds:\n  - indicator: unmet\n    at_most: -1\n"
    assert refusals(tmp_path, text) == [
        "plan.yaml line 4, column 5, thresholds.0.at_most: must be at least 0.0, not -1; write 0.0 or more"
    ]


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = (
        "nmae: storm\npayload: ransomwear\nnumber: many\nready: perhaps\nstart: "
        "noon\nthresholds:\n  - at_most: 1\n"
    )
    assert refusals(tmp_path, text) == [
        "plan.yaml line 2, column 1, payload: 'ransomwear' is not one of the choices; use ransomware",
        (
            "plan.yaml line 5, column 1, start: must be an instant, not 'noon'; write an instant as "
            "2024-07-26T20:00:00+02:00"
        ),
        (
            "plan.yaml line 3, column 1, number: must be a whole number, not 'many'; write a whole "
            "number, such as 3"
        ),
        "plan.yaml line 4, column 1, ready: must be yes or no, not 'perhaps'; write yes or no",
        "plan.yaml line 7, column 5, thresholds.0.indicator: is missing; add it",
        "plan.yaml line 1, column 1, nmae: nmae is not a field here; use name, or drop it",
    ]


def test_the_nearest_field_is_sought_where_the_unknown_one_stands(tmp_path: Path) -> None:
    text = (
        "thresholds:\n- {indicator: a, at_most: 1, at_mots: 2}\nway:\n  kind: mail\n  "
        "click_share: 0.1\n  skil: 1\n"
    )
    assert refusals(tmp_path, text) == [
        (
            "plan.yaml line 2, column 30, thresholds.0.at_mots: at_mots is not a field here; use "
            "at_most, or drop it"
        ),
        "plan.yaml line 6, column 3, way.skil: skil is not a field here; use skill, or drop it",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("number: 0", "line 1, column 1, number: must be more than 0, not 0; write more than 0"),
        ("number: 10", "line 1, column 1, number: must be at most 9, not 10; write 9 or less"),
        (
            "number: 1.5",
            ("line 1, column 1, number: must be a whole number, not 1.5; write a whole number, such as 3"),
        ),
        ("hour: 7", "line 1, column 1, hour: must be text, not 7; put it between quotes"),
        ("hour: no", "line 1, column 1, hour: must be text, not no; put it between quotes"),
        ("hour:", "line 1, column 1, hour: must be text, not nothing; put it between quotes"),
        ("name: x", "line 1, column 1, name: must have at least 3 characters; write it out"),
        (
            "day: 2024-02-30",
            "line 1, column 1, day: must be a day, not '2024-02-30'; write a day as 2024-07-26",
        ),
        (
            "thresholds: 3",
            (
                "line 1, column 1, thresholds: must be a list, not 3; write a list: one line an item, "
                "each behind a hyphen"
            ),
        ),
        (
            "thresholds: [3]",
            (
                "line 1, column 14, thresholds.0: must have fields of its own, not be 3; write its "
                "fields below it, one a line, each a name, a colon and a value"
            ),
        ),
        (
            "weights: {a: .inf}",
            (
                "line 1, column 11, weights.a: must be a finite number, not inf; write a number, such as "
                "3.5, with a point before the decimals"
            ),
        ),
        (
            "sites: [10000024]",
            (
                "line 1, column 9, sites.0: is malformed: '10000024'; write the nine characters of the "
                "FINESS number; spreadsheets drop leading zeros"
            ),
        ),
        ("way: {kind: phone}", "line 1, column 1, way: 'phone' is not one of the choices; use exploit, mail"),
        ("way: {skill: 1}", "line 1, column 1, way: must say which it is: 'kind' is missing; add 'kind'"),
        (
            "delay: {value: 3, unit: h, low: 4, high: 5, source: us}",
            (
                "line 1, column 1, delay: value 3.0 is outside low 4.0 to high 5.0; widen the range, or "
                "correct the value"
            ),
        ),
        (
            "delay: {value: 3, unit: h, low: 1, high: 5, source: us, assumption: true}",
            "line 1, column 1, delay: does not say why it is assumed; add reason",
        ),
        (
            "chance: {value: 1.5, unit: share, low: 0, high: 1, source: us}",
            "line 1, column 10, chance.value: must be at most 1.0, not 1.5; write 1.0 or less",
        ),
        (
            "name: storm\nname: gale",
            "line 2, column 1, name: is written twice, first on line 1; keep one of the two",
        ),
    ],
)
def test_each_mistake_has_its_remedy(tmp_path: Path, text: str, expected: str) -> None:
    assert refusals(tmp_path, text) == [f"plan.yaml {expected}"]


def test_a_field_may_be_overridden_where_it_is_merged_and_errors_point_at_the_override(
    tmp_path: Path,
) -> None:
    base = "delay: &base {value: 3, unit: h, low: 1, high: 5, source: us}\n"
    plan = read(tmp_path, base + "chance: {<<: *base, value: 0.5, low: 0, high: 1}\n")
    assert plan.chance
    assert plan.chance.value == 0.5
    assert refusals(tmp_path, base + "chance:\n  <<: *base\n  high: 1\n  low: 0\n  value: many\n") == [
        (
            "plan.yaml line 6, column 3, chance.value: must be a number, not 'many'; write a number, "
            "such as 3.5, with a point before the decimals"
        )
    ]


@pytest.mark.parametrize(
    "text", ["a: [1", "a: 'x", "a: b: c", "\tname: x", "a: *nobody", "--- {}\n--- {}", "a: \x00"]
)
def test_broken_yaml_is_refused_with_its_line_where_it_has_one(tmp_path: Path, text: str) -> None:
    [finding] = refusals(tmp_path, text)
    assert finding.startswith("plan.yaml")
    assert "is not valid YAML" in finding
    assert "line" in finding or "\x00" in text


@pytest.mark.parametrize("text", ["day: !!timestamp x", "ready: !!bool x", "a: !!python/name:os.system x"])
def test_explicit_tags_are_refused(tmp_path: Path, text: str) -> None:
    assert "has the tag tag:yaml.org,2002:" in refusals(tmp_path, text)[0]


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    assert "is not valid YAML" in refusals(tmp_path, "a: " + "[" * 100_000)[0]


def test_a_field_that_holds_itself_is_refused(tmp_path: Path) -> None:
    assert refusals(tmp_path, "thresholds: &t\n  - *t\n")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "plan.yaml: is empty"),
        ("# only a comment\n", "plan.yaml: is empty"),
        ("- a\n- b\n", "plan.yaml: is not made of fields"),
        ("storm", "plan.yaml: is not made of fields"),
        (
            "name: Ã©".encode("latin-1") + b"\nhour: \xe9",
            "plan.yaml line 2, column 7: is not written in UTF-8; save it again as UTF-8",
        ),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, text: str | bytes, problem: str) -> None:
    assert refusals(tmp_path, text)[0].startswith(problem)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"absent\.yaml: is missing; create it, or check the path"):
        read_yaml(tmp_path / "absent.yaml", Plan)
    with pytest.raises(BadInput, match="is a folder, not a file"):
        read_yaml(tmp_path, Plan)


def test_an_error_without_a_template_of_its_own_keeps_the_words_of_pydantic(tmp_path: Path) -> None:
    class Odd(BaseModel):
        even: Annotated[int, Field(multiple_of=2)]

    path = tmp_path / "odd.yaml"
    path.write_text("even: 3")
    with pytest.raises(BadInput, match="is not as expected: Input should be a multiple of 2"):
        read_yaml(path, Odd)


def test_templates_are_constant_and_their_gaps_are_named() -> None:
    for problem, remedy in EXPLANATIONS.values():
        assert "{}" not in problem.template + remedy.template


@given(st.text(max_size=60))
def test_no_text_whatever_is_anything_but_a_plan_or_a_refusal(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(BadInput):
        assert isinstance(read(Path(folder), text), Plan)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(), max_size=5))
def test_integers_are_read_back_as_they_were_written(weights: dict[str, int]) -> None:
    assert (
        parsed("".join(f"'{name}': {value}\n" for name, value in weights.items()) or "{}").content == weights
    )
