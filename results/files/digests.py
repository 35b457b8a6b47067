"""Records that state their own digest: how a byte that changed is noticed."""

import json
from collections.abc import Mapping
from typing import Any

from simulation.inputs.digests import digest_of


def attested(record: Mapping[str, Any]) -> bytes:
    """The record as a person reads it, with its own digest at the end.

    A reader who parses it, writes it again and gets other bytes knows that it was changed.
    """
    text = json.dumps({**record, "digest": digest_of(record)}, indent=1, ensure_ascii=False)
    return text.encode() + b"\n"
