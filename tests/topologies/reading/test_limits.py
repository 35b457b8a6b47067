"""Documents that nobody meant: too large, too deep, of another encoding, of another country's commas."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from results.presentation.language import error_in_words
from topologies.errors import BadInput, nearest_names
from topologies.fields.quantity import Input
from topologies.fields.scalars import Number, Text, Whole
from topologies.reading.documents import read_yaml
from topologies.reading.limits import LARGEST
from topologies.reading.tables import read_csv


class Place(Input):
    name: Text = "here"
    latitude: Number = 0.0
    longitude: Number = 0.0
    many: Whole = 0
    inner: "Place | None" = None
    others: tuple[Text, ...] = ()


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[str | bytes], str]:
    """What is told of a YAML document."""

    def told(content: str | bytes) -> str:
        path = tmp_path / "place.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        with pytest.raises(BadInput) as refusal:
            read_yaml(path, Place)
        assert all(finding.where.startswith("place.yaml") for finding in refusal.value.findings)
        return str(refusal.value)

    return told


A_BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{a}: &{a} [{', '.join([f'*{b}'] * 9)}]\n" for a, b in zip("bcdefghi", "abcdefgh", strict=True)
)


BY_MERGING = "a: &a {x: 1, y: 2}\n" + "".join(
    f"{a}: &{a}\n  <<: [{', '.join([f'*{b}'] * 9)}]\n" for a, b in zip("bcdefghi", "abcdefgh", strict=True)
)


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (A_BOMB, f"more fields and items than {LARGEST}"),
        (BY_MERGING, f"more fields and items than {LARGEST}"),
        ("others: &o [*o]", "o contains itself"),
        ("inner: &i {inner: {inner: *i}}", "i contains itself"),
        ("inner: " * 60, "line 1"),
        ("{inner: " * 60, "deeper than 50"),
        ("- " * 100_000, "deeper than 50"),
        (f"others: [{'a,' * 200_000}]", f"more fields and items than {LARGEST}"),
        ("others: [" + "'" + "a" * 3_000_000 + "']", "must have at most 10000 characters"),
        ("? " + "k" * 2_000_000 + "\n: 1\n", "kkk... is not a field here"),
        ("k" * 2_000_000 + ": 1\n", "line 1, column"),
        ("name: " + "9" * 100_000, "line 1, column 1"),
    ],
    ids=[
        "bomb",
        "merging",
        "itself",
        "itself within",
        "open",
        "braces",
        "hyphens",
        "items",
        "text",
        "key",
        "word",
        "digits",
    ],
)
def test_a_document_without_end_is_refused_at_once(
    refused: Callable[[str | bytes], str], document: str, told: str
) -> None:
    said = refused(document)
    assert told in said
    assert len(said) < 1_000


def test_a_file_beyond_measure_and_what_is_no_file_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(10**10)
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    circle = tmp_path / "circle.yaml"
    circle.symlink_to(circle)
    for path, told in (
        (huge, "holds more than 50 MB"),
        (pipe, "is not an ordinary file"),
        (Path("/dev/zero"), "is not an ordinary file"),
        (circle, "cannot be read"),
        (tmp_path / ("x" * 5000), "cannot be read"),
        (tmp_path / "a\0b", "cannot be read"),
    ):
        for reader in (read_yaml, read_csv):
            with pytest.raises(BadInput, match=told):
                reader(path, Place)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("name: é\n".encode("utf-16"), "is written in UTF-16"),
        ("name: é\n".encode("utf-16-le"), "line 1, column"),
        ("name: a\nothers: [é]\n".encode("latin-1"), "line 2, column 10: is not written in UTF-8"),
        ("name: “x”\nothers: [œ]\n".encode("cp1252"), "line 1, column 7: is not written in UTF-8"),
        (
            "name: a\nothers: [b\0]\n",
            "line 2, column 11: is not valid YAML: there is a control character here",
        ),
        ("name: a\n\tlatitude: 1\n", "line 2, column 1"),
        ("name: a\r\tlatitude: 1\r", "line 2, column 1"),
        ("others: ['a', 'b'\nname: x\n", "a comma or a closing bracket is missing"),
        ("name: a: b\n", "line 1, column 8: is not valid YAML: an unexpected colon"),
        ("latitude: 48,92\n", "must be a number, not '48,92'; write 48.92, with a point"),
        ("latitude: “48.92”\n", "must be a number, not '“48.92”'"),
        ("latitude: '48 920'\n", "write 48920, with nothing between the thousands"),
        (
            "inner: {latitude: 48,92, longitude: 2}\n",
            "line 1, column 9, inner.latitude: must be a number, not '48,92'",
        ),
        ("inner: {latitude: -48,050}\n", "write -48.050, with a point"),
        ("inner: {many: 55,000, latitude: 2}\n", "write 55000, with nothing between the thousands"),
        ("many: 5.5e4\n", "must be a whole number, not 55000.0; write a whole number"),
        ("many: =\n", "line 1, column 1, many: must be a whole number, not '='"),
        ("name: |\n  a\n%x\n", "line 3, column 3: is not valid YAML: a line begins with %"),
        ("others: [true]\n", "others.0: must be text, not yes"),
        ("inner: {longitude: 2,36, latitude: 48,9, nmae: x}\n", "nmae is not a field here; use name"),
    ],
)
def test_what_editors_and_other_countries_write_is_told_with_its_place(
    refused: Callable[[str | bytes], str], content: str | bytes, told: str
) -> None:
    assert told in refused(content)


def test_a_number_with_a_decimal_comma_between_braces_is_told_once(
    refused: Callable[[str | bytes], str],
) -> None:
    assert refused("inner: {latitude: 48,92, longitude: 2,36}\n").count("must be a number") == 2


def test_a_hint_is_given_where_a_name_is_alike_and_only_there() -> None:
    known = ["latitude", "longitude", "name"]
    assert nearest_names("latitud", known) == nearest_names("lat", known) == "latitude"
    assert nearest_names("site", known) == "latitude, longitude, name"
    assert nearest_names("x" * 1_000_000, known) == "latitude, longitude, name"


def test_refusals_are_french_where_french_is_spoken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TOCSIN_LANG", "fr")
    path = tmp_path / "place.yaml"
    for document in (
        A_BOMB,
        "a: 'x",
        "inner: {latitude: 48,92}",
        "name: ~",
        "name: a\0",
        "latitude: 1 000",
        "a: b: c",
    ):
        path.write_text(document)
        with pytest.raises(BadInput) as refusal:
            read_yaml(path, Place)
        told = error_in_words(refusal.value)
        assert "ligne" in told
        assert not {"must", "write", "the", "not", "before", "than", "here"} & set(
            told.replace(",", " ").split()
        ), told
