"""Explanations: a rule of a model that a document breaks, in a sentence with its remedy.

pydantic says what is wrong in its own English; each kind of its errors becomes two `Message`s, the problem and the
remedy, which the catalogue has in French.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from topologies.errors import Message, nearest_names
from topologies.fields.identifiers import DEPARTMENT, FINESS, INSEE, NODE, SERVICE, SLUG_ALONE, VENUE
from topologies.fields.remedies import DAY, FIELDS, INSTANT, LIST, NUMBER, TEXT, WHOLE, YES_NO
from topologies.fields.shown import shortened, shown
from topologies.reading.positions import Place

PATTERNS = {
    NODE: Message("write a FINESS number, or a shared service by its kind and name, such as samu:75"),
    SERVICE: Message("write its kind, a colon and a name in small letters, such as host:a"),
    VENUE: Message("write venue: and a name in small letters, such as venue:stade-de-france"),
    SLUG_ALONE: Message(
        "write small letters without accents, digits and single hyphens, such as festival-2026"
    ),
    FINESS: Message("write the nine characters of the FINESS number; spreadsheets drop leading zeros"),
    INSEE: Message("write the five characters of the INSEE code; spreadsheets drop leading zeros"),
    DEPARTMENT: Message("write the department's official code, such as 75, 2A or 974"),
}

EXPLANATIONS: Mapping[str, tuple[Message, Message]] = {
    "missing": (Message("is missing"), Message("add it")),
    "string_type": (Message("must be text, not {value}"), TEXT),
    "int_type": (Message("must be a whole number, not {value}"), WHOLE),
    "int_parsing": (Message("must be a whole number, not {value}"), WHOLE),
    "int_from_float": (Message("must be a whole number, not {value}"), WHOLE),
    "float_type": (Message("must be a number, not {value}"), NUMBER),
    "float_parsing": (Message("must be a number, not {value}"), NUMBER),
    "finite_number": (Message("must be a finite number, not {value}"), NUMBER),
    "bool_type": (Message("must be yes or no, not {value}"), YES_NO),
    "bool_parsing": (Message("must be yes or no, not {value}"), YES_NO),
    "greater_than_equal": (
        Message("must be at least {minimum}, not {value}"),
        Message("write {minimum} or more"),
    ),
    "less_than_equal": (
        Message("must be at most {maximum}, not {value}"),
        Message("write {maximum} or less"),
    ),
    "greater_than": (Message("must be more than {bound}, not {value}"), Message("write more than {bound}")),
    "less_than": (Message("must be less than {bound}, not {value}"), Message("write less than {bound}")),
    "string_too_short": (
        Message("must have at least {minimum} {minimum:character|characters}"),
        Message("write it out"),
    ),
    "string_too_long": (
        Message("must have at most {maximum} {maximum:character|characters}"),
        Message("shorten it"),
    ),
    "string_pattern_mismatch": (Message("is malformed: {value}"), Message("match the pattern {pattern}")),
    "too_short": (
        Message("must have at least {minimum} {minimum:item|items}, not {count}"),
        Message("add what is missing"),
    ),
    "too_long": (
        Message("must have at most {maximum} {maximum:item|items}, not {count}"),
        Message("take some out"),
    ),
    "list_type": (Message("must be a list, not {value}"), LIST),
    "tuple_type": (Message("must be a list, not {value}"), LIST),
    "set_type": (Message("must be a list, not {value}"), LIST),
    "frozen_set_type": (Message("must be a list, not {value}"), LIST),
    "dict_type": (Message("must have fields of its own, not be {value}"), FIELDS),
    "mapping_type": (Message("must have fields of its own, not be {value}"), FIELDS),
    "model_type": (Message("must have fields of its own, not be {value}"), FIELDS),
    "model_attributes_type": (Message("must have fields of its own, not be {value}"), FIELDS),
    "invalid_key": (Message("has a name that is not text: {value}"), TEXT),
    "date_type": (Message("must be a day, not {value}"), DAY),
    "date_parsing": (Message("must be a day, not {value}"), DAY),
    "date_from_datetime_parsing": (Message("must be a day, not {value}"), DAY),
    "date_from_datetime_inexact": (Message("must be a day without an hour, not {value}"), DAY),
    "datetime_type": (Message("must be an instant, not {value}"), INSTANT),
    "datetime_parsing": (Message("must be an instant, not {value}"), INSTANT),
    "datetime_from_date_parsing": (Message("must be an instant, not {value}"), INSTANT),
    "timezone_aware": (Message("must say its time zone: {value}"), INSTANT),
    "string_unicode": (Message("holds invalid characters"), Message("write it again")),
    "recursion_loop": (Message("contains itself"), Message("write it out")),
    "union_tag_not_found": (Message("must say which it is: {bound} is missing"), Message("add {bound}")),
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


def explained(error: ErrorDetails, model: type[BaseModel]) -> tuple[Message, Message]:
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
    if kind not in EXPLANATIONS:
        return Message("is not as expected: {text}", {"text": error["msg"]}), Message("write it otherwise")
    problem, remedy = EXPLANATIONS[kind]
    remedy = PATTERNS.get(str(context.get("pattern")), remedy)
    return problem.filled(values), remedy.filled(values)


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
    """What a model's own validator says.

    It raises `ValueError(problem)` or `ValueError(problem, remedy)`, of `Message`s.
    """
    said = [part if isinstance(part, Message) else Message("{text}", {"text": part}) for part in error.args]
    problem, remedy, *_ = [*said, Message("change one or the other")]
    return problem, remedy


def known_fields(model: type[BaseModel], place: Place) -> list[str]:
    """The fields that a model knows at a place inside it."""
    models = [model]
    for part in place:
        below = [inner for outer in models for inner in _models_of_field(outer, part)]
        models = below or models  # an index, a key or a tag leads to no field
    return sorted({name for each in models for name in each.model_fields})


def _models_of_field(model: type[BaseModel], part: int | str) -> list[type[BaseModel]]:
    field = model.model_fields.get(str(part))
    return list(_models_in(field.annotation)) if field else []


def _models_in(annotation: Any) -> Iterable[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
