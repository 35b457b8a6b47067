"""Ordinary months over France are as published: waits, passages, trolleys at night, refusals, calls.

What is published stands in `published.csv`, each figure with the range in which a month may lie and why.
"""

from collections.abc import Mapping
from csv import DictReader
from pathlib import Path

import pytest

import topologies
from simulation.inputs.parameters.parameters import load_parameters
from tests.validation.ordinary.months import measures, month_of

FILE = Path(__file__).parent / "published.csv"
PUBLISHED = list(DictReader(FILE.read_text(encoding="utf-8").splitlines()))
WINTER, SPRING, SUMMER = 1, 5, 8
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def months() -> Mapping[int, Mapping[str, float]]:
    """One replication of each month, in the terms of what is published."""
    region, parameters = topologies.load("france"), load_parameters()
    return {month: measures(month_of(region, parameters, month)) for month in (WINTER, SPRING, SUMMER)}


@pytest.mark.parametrize("row", PUBLISHED, ids=[row["name"] for row in PUBLISHED])
def test_ordinary_months_are_as_published(
    row: Mapping[str, str], months: Mapping[int, Mapping[str, float]]
) -> None:
    low, high = float(row["low"]), float(row["high"])
    assert low <= float(row["published"]) <= high
    found = {month: months[int(month)][row["name"]] for month in row["months"].split()}
    assert {month: value for month, value in found.items() if not low <= value <= high} == {}


def test_who_comes_in_the_evening_waits_longest(months: Mapping[int, Mapping[str, float]]) -> None:
    """The wait rises in the most crowded hours, the afternoon and the evening (DREES 2013)."""
    for month in months.values():
        assert month["wait_evening_min"] > month["wait_mean_min"] > month["wait_morning_min"]


def test_winter_is_the_worst_season_of_beds_and_no_month_diverts_many(
    months: Mapping[int, Mapping[str, float]],
) -> None:
    trolleys = {month: found["trolleys_per_night"] for month, found in months.items()}
    assert trolleys[WINTER] > 2.0 * max(trolleys[SPRING], trolleys[SUMMER])
    assert min(trolleys.values()) > 10.0
    assert max(found["ambulances_diverted_share"] for found in months.values()) < 0.01
