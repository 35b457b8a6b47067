"""Misses: how we understand that a figure lies outside its forecast, and which incidents shaped a mechanism.

`misses.yaml` holds both.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input
from topologies.fields.title import Title
from topologies.reading.documents import read_yaml

FILE = Path(__file__).with_name("misses.yaml")
NOT_KNOWN = Title(fr="pas encore compris.", en="not understood yet.")


class Misses(Input):
    """What is understood of each miss, by incident and figure; and what of the model incidents have shaped."""

    shaped: dict[Slug, Title]
    """By incident: which mechanism was found, or mended, by looking at it. Its numbers can be left out; it cannot."""
    misses: dict[Slug, dict[Slug, Title]]


@cache
def _load() -> Misses:
    return read_yaml(FILE, Misses)


def why_missed(incident: str, figure: str) -> Title:
    """How we understand the miss, in both languages."""
    return _load().misses.get(incident, {}).get(figure, NOT_KNOWN)


def shaped_by() -> Mapping[str, Title]:
    """Which mechanism was found by looking at which incident, in both languages."""
    return _load().shaped
