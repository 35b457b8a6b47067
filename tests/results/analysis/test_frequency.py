"""How often what severity: yearly draws of a region agree with the counts that they come from."""

from dataclasses import replace

import numpy as np
import pytest

import topologies
from results.analysis.frequency import Severity, counted, expected_in, years_of
from topologies.region import Region

YEARS = 1_000


@pytest.fixture(scope="module")
def bretagne() -> Region:
    return topologies.load("bretagne")


def interval_of(count: int) -> tuple[float, float]:
    """A count's exact interval (Garwood 1936), nine times in ten, by drawing what gives as many or more, or fewer."""
    rng = np.random.default_rng(1)
    low = np.quantile(rng.gamma(count, 1.0, 200_000), 0.05) if count else 0.0
    return float(low), float(np.quantile(rng.gamma(count + 1, 1.0, 200_000), 0.95))


def test_the_severity_of_a_thousand_years_lies_within_the_interval_of_the_counts(bretagne: Region) -> None:
    known, cases = counted(), years_of(bretagne, YEARS).cases
    as_the_country = known.establishments.value / len(bretagne.establishments)
    in_a_year = cases.mean(axis=0) * as_the_country
    for severity, mean in zip(Severity, in_a_year, strict=True):
        low, high = interval_of(known.severity.counts[severity])
        assert low <= mean <= high, severity
    years = known.cases.counts.values()
    assert min(years) <= in_a_year.sum() <= max(years)


def test_years_differ_as_the_counted_years_do(bretagne: Region) -> None:
    known, site = counted(), next(iter(bretagne.establishments.values()))
    country = replace(bretagne, establishments=dict.fromkeys(map(str, range(3_000)), site))
    totals = years_of(country, YEARS).cases.sum(axis=1)
    counts = np.array([*known.cases.counts.values()])
    assert totals.std() / totals.mean() == pytest.approx(counts.std(ddof=1) / counts.mean(), rel=0.25)


def test_a_region_of_fewer_establishments_expects_fewer_and_what_is_told_is_the_same_each_time(
    bretagne: Region, ile_de_france: Region
) -> None:
    here, there = expected_in(bretagne), expected_in(ile_de_france)
    assert here == expected_in(bretagne)
    assert all(one.low < one.per_year < one.high for one in here)
    assert all(one.per_year < other.per_year for one, other in zip(here, there, strict=True))
    assert here[-1].per_year == pytest.approx(sum(one.per_year for one in here[:-1]))
