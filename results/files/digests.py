"""Digests: how a byte that changed is told. The SHA-256 of files and values, and records that state their own."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any


def canonical(value: object) -> bytes:
    """The value's canonical JSON: sorted keys, no spaces, shortest numbers."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return text.encode()


def digest_of(value: object) -> str:
    """The SHA-256 of the value's canonical JSON."""
    return sha256(canonical(value)).hexdigest()


def attested(record: Mapping[str, Any]) -> bytes:
    """The record as a person reads it, with its own digest at the end.

    Who reads it back, writes it again and finds other bytes knows that it was changed.
    """
    text = json.dumps({**record, "digest": digest_of(record)}, indent=1, ensure_ascii=False)
    return text.encode() + b"\n"
