"""What a benchmark found."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, and ratios of which those above one say that we are faster, or within what is promised."""

    title: str
    seconds: Mapping[str, float]
    ratios: Mapping[str, float]
