"""GHTs: memberships that were looked up elsewhere are ours, or what differs is explained.

`known_ghts.csv` names who says so. Verdicts: *juste* (our source had it), *corrigé* (ours were mended after it) and
*expliqué* (the look-up is older than our data).
"""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from topologies.building.catalogue import REGIONS

KNOWN = list(csv.DictReader(Path(__file__).with_name("known_ghts.csv").read_text("utf-8").splitlines()))


@cache
def ghts_of(region: str) -> dict[str, str]:
    table = (REGIONS / region / "establishments.csv").read_text("utf-8")
    return {row["finess"]: row["ght"] for row in csv.DictReader(table.splitlines())}


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known["finess"])
def test_a_membership_that_is_known_is_ours_or_explained(known: dict[str, str]) -> None:
    ours = ghts_of(known["region"])[known["finess"]]
    assert (ours == known["ght"]) == (known["verdict"] in {"juste", "corrigé"})
    assert bool(known["explanation"]) == (known["verdict"] == "expliqué")


def test_enough_are_known_over_enough_regions() -> None:
    assert len(KNOWN) >= 40
    assert len({known["region"] for known in KNOWN}) >= 8
    assert Counter(known["verdict"] for known in KNOWN)["expliqué"] <= len(KNOWN) // 20
