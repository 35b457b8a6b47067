"""Frequency: how many ransomware cases of each severity a region has to expect in a year, by the counts of CERT Santé.

The years that were counted differ by more than chance: a year's rate is gamma distributed around a mean, with the
spread of the counts, and its cases are Poisson. How severe a case is follows the counts of 2024 (Dirichlet, after
Jeffreys, "An invariant form for the prior probability", 1946). A region has its part of the country's establishments,
each as exposed as another. What is not known of the mean and of the shares is drawn with the rest.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated

import numpy as np
from numpy.random import Generator, Philox, SeedSequence
from numpy.typing import NDArray
from pydantic import Field

from topologies.fields.quantity import Input, Quantity
from topologies.fields.scalars import Text, Whole
from topologies.reading.documents import read_yaml
from topologies.region import Region

Count = Annotated[Whole, Field(ge=0, le=1_000_000)]
YEARS = 20_000
"""Drawn for an expectation and its interval: they are then known to some hundredths of themselves."""
SEED = 1
INTERVAL = (0.05, 0.95)


class Severity(StrEnum):
    """How far a case went."""

    ONE_WORKSTATION = "one_workstation"
    ONE_SERVER = "one_server"
    SEVERAL_SERVERS = "several_servers"
    PROVIDER = "provider"
    """A provider of several establishments, stopped there."""


class Cases(Input):
    """The cases of some years."""

    counts: dict[Whole, Count] = Field(min_length=2)
    unit: Text
    source: Text


class Severities(Input):
    """The same cases, or some of them, by how far they went."""

    counts: dict[Severity, Count]
    unit: Text
    source: Text


class Counted(Input):
    """`frequency.yaml`."""

    cases: Cases
    severity: Severities
    establishments: Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Cases of one severity, or all of them."""

    severity: Severity | None
    per_year: float
    low: float
    high: float
    """Bounds of what the expectation itself may be, nine times in ten."""
    in_a_year: float
    """The chance of one at least in a year."""


@dataclass(frozen=True, slots=True)
class Draws:
    """Years of a region, drawn; by severity, of shape (years, severities)."""

    expected: NDArray[np.float64]
    """What would be expected if the mean and the shares were as drawn."""
    cases: NDArray[np.int64]


@cache
def counted() -> Counted:
    """What CERT Santé has counted."""
    return read_yaml(Path(__file__).with_name("frequency.yaml"), Counted)


def years_of(region: Region, years: int, seed: int = SEED) -> Draws:
    """So many years of a region, each with a mean and shares of its own; the same for the same seed."""
    known, rng = counted(), Generator(Philox(SeedSequence(seed)))
    counts = np.array([*known.cases.counts.values()], dtype=np.float64)
    mean, variance = float(counts.mean()), float(counts.var(ddof=1))
    # Of the mean of the counted years, and of one year around it, without the part that Poisson has in their variance.
    shape_of_mean = len(counts) * mean**2 / variance
    shape_of_year = mean**2 / max(variance - mean, mean**2 / 1_000)
    means = rng.gamma(shape_of_mean, mean / shape_of_mean, years)
    rates = rng.gamma(shape_of_year, means / shape_of_year)
    order = [known.severity.counts.get(severity, 0) for severity in Severity]
    shares = rng.dirichlet([count + 0.5 for count in order], years)
    all_of_them = known.establishments
    country = rng.triangular(all_of_them.low, all_of_them.value, all_of_them.high, years)
    here = (len(region.establishments) / country)[:, None] * shares
    return Draws(here * means[:, None], rng.poisson(here * rates[:, None]))


def expected_in(region: Region) -> list[Expected]:
    """The cases of each severity that a region has to expect in a year, and then of all."""
    draws = years_of(region, YEARS)
    found = [_expected(s, draws.expected[:, n], draws.cases[:, n]) for n, s in enumerate(Severity)]
    return [*found, _expected(None, draws.expected.sum(axis=1), draws.cases.sum(axis=1))]


def _expected(severity: Severity | None, expected: NDArray[np.float64], cases: NDArray[np.int64]) -> Expected:
    low, high = np.quantile(expected, INTERVAL).tolist()
    return Expected(
        severity=severity,
        per_year=float(expected.mean()),
        low=low,
        high=high,
        in_a_year=float((cases > 0).mean()),
    )
