"""How is a rule of a model, once broken, told to a person?

pydantic says what is wrong in its own English; here each kind of error becomes two `Message`s, the problem
and its remedy, whose templates a catalogue can translate.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from topologies.errors import Message, nearest_names
from topologies.fields.identifiers import DEPARTMENT, FINESS, NODE, SERVICE, SLUG_ALONE, VENUE

Place = tuple[int | str, ...]

NUMBER = "write a number, such as 3.5, with a point before the decimals"
WHOLE = "write a whole number, such as 3"
TEXT = "put it between quotes"
DAY = "write a day as 2024-07-26"
INSTANT = "write an instant as 2024-07-26T20:00:00+02:00"
YES_NO = "write yes or no"
LIST = "write a list: one line an item, each behind a hyphen"
FIELDS = "write its fields below it, one a line, each a name, a colon and a value"
WIDEST = 60
LONGEST_BITS = 10_000

PATTERNS = {
    NODE: "write a FINESS number, or a shared service by its kind and name, such as samu:75",
    SERVICE: "write its kind, a colon and a name in small letters, such as host:a",
    VENUE: "write venue: and a name in small letters, such as venue:stade-de-france",
    SLUG_ALONE: "write small letters without accents, digits and single hyphens, such as festival-2026",
    FINESS: "write the nine characters of the FINESS number; spreadsheets drop leading zeros",
    DEPARTMENT: "write the department's official code, such as 75, 2A or 974",
}

SYNTAX: Mapping[str, str] = {
    "did not find expected ',' or '}'": "a comma or a closing brace is missing before this",
    "did not find expected ',' or ']'": "a comma or a closing bracket is missing before this",
    "could not find expected ':'": "a colon is missing before this",
    "mapping values are not allowed in this context": "a colon stands where none is expected: quote text with one",
    "found character that cannot start any token": "a character stands here that begins nothing, a tab perhaps",
    "did not find expected key": "a field is expected here: the line before may be indented otherwise",
    "did not find expected node content": "a value is expected here",
    "did not find expected '-' indicator": "a hyphen is expected here, as before the other items",
    "found unexpected end of stream": "a quote is never closed",
    "found a tab character that violates indentation": "a tab stands where spaces are expected",
    "did not find expected <document start>": "text stands after the end of the document",
    "did not find expected alphabetic or numeric character": "a name is expected behind & or *",
    "did not find expected hexdecimal number": "a backslash lacks the digits that belong to it",
    "field larger than field limit (131072)": "a cell is longer than any text here may be",
    "expected a mapping or list of mappings for merging, but found scalar": "<< takes the fields of an alias only",
    "expected a mapping for merging, but found scalar": "<< takes the fields of an alias only",
    "found invalid Unicode character escape code": "a backslash stands before the number of no character",
    "could not find expected directive name": "a line begins with %: quote text with one",
    "found incompatible YAML document": "%YAML asks for another version than 1.1 or 1.2",
    "found unknown directive name": "a line begins with %: quote text with one",
    "found undefined alias": "an alias names nothing that was written before",
    "found unknown escape character": "a backslash between double quotes stands before a letter that has no meaning",
    "block sequence entries are not allowed in this context": "a list begins here where none is expected",
    "found unhashable key": "a list or fields stand where a name is expected",
    "but found another document": "a second document begins here",
    "unexpected end of data": "a quote is never closed",
    "',' expected after '\"'": "text stands behind a closing quote",
    "';' expected after '\"'": "text stands behind a closing quote",
}
"""What PyYAML and the csv module say of broken documents, in our words."""

COMPLAINTS: Mapping[str, tuple[str, str]] = {
    "missing": ("is missing", "add it"),
    "string_type": ("must be text, not {value}", TEXT),
    "int_type": ("must be a whole number, not {value}", WHOLE),
    "int_parsing": ("must be a whole number, not {value}", WHOLE),
    "int_from_float": ("must be a whole number, not {value}", WHOLE),
    "float_type": ("must be a number, not {value}", NUMBER),
    "float_parsing": ("must be a number, not {value}", NUMBER),
    "finite_number": ("must be a finite number, not {value}", NUMBER),
    "bool_type": ("must be yes or no, not {value}", YES_NO),
    "bool_parsing": ("must be yes or no, not {value}", YES_NO),
    "greater_than_equal": ("must be at least {minimum}, not {value}", "write {minimum} or more"),
    "less_than_equal": ("must be at most {maximum}, not {value}", "write {maximum} or less"),
    "greater_than": ("must be more than {bound}, not {value}", "write more than {bound}"),
    "less_than": ("must be less than {bound}, not {value}", "write less than {bound}"),
    "string_too_short": ("must have at least {minimum} {minimum:character|characters}", "write it out"),
    "string_too_long": ("must have at most {maximum} {maximum:character|characters}", "shorten it"),
    "string_pattern_mismatch": ("is malformed: {value}", "match the pattern {pattern}"),
    "too_short": ("must have at least {minimum} {minimum:item|items}, not {count}", "add what is missing"),
    "too_long": ("must have at most {maximum} {maximum:item|items}, not {count}", "take some out"),
    "list_type": ("must be a list, not {value}", LIST),
    "tuple_type": ("must be a list, not {value}", LIST),
    "set_type": ("must be a list, not {value}", LIST),
    "frozen_set_type": ("must be a list, not {value}", LIST),
    "dict_type": ("must have fields of its own, not be {value}", FIELDS),
    "mapping_type": ("must have fields of its own, not be {value}", FIELDS),
    "model_type": ("must have fields of its own, not be {value}", FIELDS),
    "model_attributes_type": ("must have fields of its own, not be {value}", FIELDS),
    "invalid_key": ("has a name that is no text: {value}", TEXT),
    "date_type": ("must be a day, not {value}", DAY),
    "date_parsing": ("must be a day, not {value}", DAY),
    "date_from_datetime_parsing": ("must be a day, not {value}", DAY),
    "date_from_datetime_inexact": ("must be a day without an hour, not {value}", DAY),
    "datetime_type": ("must be an instant, not {value}", INSTANT),
    "datetime_parsing": ("must be an instant, not {value}", INSTANT),
    "datetime_from_date_parsing": ("must be an instant, not {value}", INSTANT),
    "timezone_aware": ("must say its time zone: {value}", INSTANT),
    "string_unicode": ("holds characters that are none", "write it again"),
    "recursion_loop": ("holds itself", "write it out"),
    "union_tag_not_found": ("must say which it is: {bound} is missing", "add {bound}"),
}

CHOICES = {"enum", "literal_error", "union_tag_invalid"}

RENAMED = {
    "ge": "minimum",
    "min_length": "minimum",
    "le": "maximum",
    "max_length": "maximum",
    "gt": "bound",
    "lt": "bound",
    "discriminator": "bound",
    "actual_length": "count",
}


def in_our_words(problem: object) -> Message:
    """What a parser says is wrong; where we have no words for it, its own."""
    if isinstance(problem, Message):
        return problem
    return Message(SYNTAX.get(str(problem), "{text}"), {"text": problem})


def complaint_of(error: ErrorDetails, model: type[BaseModel]) -> tuple[Message, Message]:
    """The problem and the remedy of one of pydantic's errors against this model."""
    kind, context = error["type"], error.get("ctx", {})
    values = {RENAMED.get(name, name): value for name, value in context.items()}
    values["value"] = shown(error["input"])
    if kind == "extra_forbidden":
        return _unknown_field(shortened(str(error["loc"][-1])), known_fields(model, error["loc"][:-1]))
    if kind in CHOICES:
        return _unknown_choice(error)
    if kind in {"value_error", "assertion_error"}:
        return _own_words(context["error"])
    if kind not in COMPLAINTS:
        return Message("is not as expected: {text}", {"text": error["msg"]}), Message("write it otherwise")
    problem, remedy = COMPLAINTS[kind]
    remedy = PATTERNS.get(str(context.get("pattern")), remedy)
    return Message(problem, values), Message(remedy, values)


def _unknown_field(name: str, known: Sequence[str]) -> tuple[Message, Message]:
    nearest = {"name": name, "nearest": nearest_names(name, known)}
    return Message("{name} is not a field here", nearest), Message("use {nearest}, or drop it", nearest)


def _unknown_choice(error: ErrorDetails) -> tuple[Message, Message]:
    context = error.get("ctx", {})
    known = re.findall(r"'([^']*)'", str(context.get("expected_tags", context.get("expected", ""))))
    chosen = shortened(str(context.get("tag", error["input"])))
    values = {"value": shown(chosen), "nearest": nearest_names(chosen, known)}
    return Message("{value} is not one of the choices", values), Message("use {nearest}", values)


def _own_words(error: Exception) -> tuple[Message, Message]:
    """What a model's own validator said.

    It raises `ValueError(problem)` or `ValueError(problem, remedy)`: texts, or `Message`s to be translated.
    """
    said = [part if isinstance(part, Message) else Message("{text}", {"text": part}) for part in error.args]
    problem, remedy, *_ = [*said, Message("change one or the other")]
    return problem, remedy


def shown(value: object) -> str | Message:
    """A value as its author will recognise it, cut short where it is long."""
    if value is None:
        return Message("nothing")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and value.bit_length() > LONGEST_BITS:
        return shortened(hex(value))  # Python writes no number of more than some thousand digits
    return shortened(f"'{value}'" if isinstance(value, str) else str(value))


def shortened(text: str) -> str:
    """A text on one line, cut where it is long; characters that do not show are spelled."""
    short = text if len(text) <= WIDEST else text[: WIDEST - 3] + "..."
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in short
    )


def known_fields(model: type[BaseModel], place: Place) -> list[str]:
    """The fields that a model knows at a place inside it."""
    models = [model]
    for part in place:
        below = [inner for outer in models for inner in _models_of_field(outer, part)]
        models = below or models  # an index, a key or a tag leads to no field: it stays among the same models
    return sorted({name for each in models for name in each.model_fields})


def _models_of_field(model: type[BaseModel], part: int | str) -> list[type[BaseModel]]:
    field = model.model_fields.get(str(part))
    return list(_models_in(field.annotation)) if field else []


def _models_in(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
