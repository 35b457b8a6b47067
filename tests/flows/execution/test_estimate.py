"""What a dry run foresees of room: of tables that only the first replications keep, only these."""

from pathlib import Path

import pytest

import results
from flows.execution.expected import estimate
from flows.execution.expected.estimate import Lacking, estimated
from flows.execution.expected.trial import Cost, Range, Trial
from flows.execution.plan import Plan
from simulation import Campaign
from tests.results import synthetic

CAMPAIGN = synthetic.campaign()
NOTHING = Cost(once=Range(0, 0), each=Range(0, 0))
TRIAL = Trial(
    computing=NOTHING,
    sealing=NOTHING,
    size=Cost(once=Range(1_000_000, 1_000_000), each=Range(10, 10)),
    of_first=Range(40, 40),
)


@pytest.mark.parametrize(("replications", "foreseen"), [(500, 1_025_000), (100_000, 2_400_000)])
def test_communes_are_foreseen_of_the_replications_that_keep_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replications: int, foreseen: int
) -> None:
    def tried(_plan: Plan, _campaign: Campaign) -> Trial:
        return TRIAL

    monkeypatch.setattr(estimate, "tried", tried)
    plan = Plan(
        campaign=CAMPAIGN,
        ordinary=CAMPAIGN,
        store=results.prepare(tmp_path),
        replications=replications,
        workers=1,
        left_out=None,
    )
    some = [Lacking(part=plan, campaign=CAMPAIGN, replications=replications)]
    assert estimated(some, Range(0, 0), lambda _told: None).size == (foreseen, foreseen)
