"""What a campaign did to the people of each department is the mean over its replications."""

from pathlib import Path

import pytest

from results.analysis.departments import departments_of
from tests.results import synthetic

CAMPAIGN = synthetic.campaign()


def test_departments_are_sums_over_their_communes_and_means_over_replications(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path / "store", [range(60)], 60)
    rows = store.frame("communes", CAMPAIGN.id)
    found = {each.department: each for each in departments_of(store.snapshot(CAMPAIGN.id))}
    assert list(found) == ["75", "77"]
    for code, one in found.items():
        here = rows[rows["department"] == code]
        visits = here["ed_visits"].sum()
        assert one.ed_visits == pytest.approx(visits / 60)
        assert one.ed_journey_min == pytest.approx(here["ed_journey_min"].sum() / visits)
        beyond = here["time_critical_beyond_30"].sum() / here["time_critical_taken"].sum()
        assert one.time_critical_beyond_30_share == pytest.approx(beyond)


def test_of_a_campaign_that_is_extended_only_what_is_sealed_counts(tmp_path: Path) -> None:
    store = synthetic.sealed(tmp_path / "store", [range(4)], 4)
    before = store.snapshot(CAMPAIGN.id)
    told = departments_of(before)
    with store.begin(CAMPAIGN):
        store.write_chunk(CAMPAIGN.id, synthetic.outcomes(range(4, 8)))
        store.seal(CAMPAIGN.id, 8)
    assert departments_of(before) == told
    assert departments_of(store.snapshot(CAMPAIGN.id)) != told
