"""Digests of inputs: the SHA-256 of a value's canonical JSON."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from pydantic_core import to_jsonable_python


def plain(value: object) -> Any:
    """The value as plain JSON values; a model or a record is its fields."""
    return to_jsonable_python(value, fallback=_dictionary)


def canonical(value: object) -> bytes:
    """The canonical JSON of a plain value: sorted keys, no spaces, shortest numbers."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def digest_of(value: object) -> str:
    """The SHA-256 of a plain value's canonical JSON."""
    return sha256(canonical(value)).hexdigest()


def _dictionary(value: object) -> object:
    """A read-only mapping as the dictionary that it shows; nothing else is expected in an input."""
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no part of a campaign's inputs")
