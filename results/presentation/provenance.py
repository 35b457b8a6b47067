"""Provenance in words: how a fact is known."""

from collections.abc import Mapping
from typing import Final

from results.presentation.language import later
from topologies import Basis

BASES: Final[Mapping[Basis, str]] = {
    Basis.PUBLISHED: later("published"),
    Basis.DERIVED: later("derived by rule"),
    Basis.ASSUMPTION: later("assumed"),
}
