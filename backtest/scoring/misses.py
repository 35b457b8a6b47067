"""Misses: how we understand that a figure lies outside its forecast; `misses.yaml`."""

from functools import cache
from pathlib import Path

from topologies.fields.identifiers import Slug
from topologies.fields.quantity import Input
from topologies.fields.title import Title
from topologies.reading.documents import read_yaml

FILE = Path(__file__).with_name("misses.yaml")
NOT_KNOWN = Title(fr="pas encore compris.", en="not understood yet.")


class Misses(Input):
    """What is understood of each miss, by incident and figure."""

    misses: dict[Slug, dict[Slug, Title]]


@cache
def _load() -> Misses:
    return read_yaml(FILE, Misses)


def why_missed(incident: str, figure: str) -> Title:
    """How we understand the miss, in both languages."""
    return _load().misses.get(incident, {}).get(figure, NOT_KNOWN)
