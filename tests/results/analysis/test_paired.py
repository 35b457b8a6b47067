"""Two campaigns on the same random numbers: what is told of their difference is what their rows say."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import results
from results import Paired, Store
from results.analysis.compared.rows import Rows
from results.analysis.compared.verdicts import Crises
from results.analysis.compared.waits import WAITS
from results.analysis.pairs.comparison import least_of
from results.analysis.pairs.differences import Direction
from results.analysis.pairs.paired import pair_of
from results.analysis.pairs.pairing import NotPaired, Side, check_paired
from results.analysis.witnesses import Witnesses
from results.store.comparisons import Varies, described_comparison
from results.store.description import described
from results.tables.tables import record_tables
from simulation import Campaign, Uncertainty
from simulation.inputs.library import load_posture
from simulation.outcome.records import Outcome
from tests.results import synthetic
from tests.results.analysis.test_summary import CALM, OFF, some

ATTACK = synthetic.attack()
PREPARED = replace(ATTACK, posture=load_posture("prepared"))
LOST: dict[str, object] = OFF | {"capacity_back": False, "restored_80_h": None, "restoration_h": None}
Changes = list[dict[str, object]]


def side(campaign: Campaign, changes: Changes) -> Side:
    """A campaign of these replications beside calm ordinary days, as it is read from a store."""
    asked, calm = (
        Rows(record_tables(some(each))["replications"]) for each in (changes, [CALM] * len(changes))
    )
    crises = Crises(
        asked=asked,
        ordinary=calm,
        witnesses=Witnesses.of_campaign(len(asked), campaign.uncertainty),
        horizon_h=campaign.scenario.horizon_h,
        went_off=~np.isnan(asked.of("went_off_h")),
    )
    return Side(described(campaign), campaign.inputs, crises)


def pair(reference: Changes, alternative: Changes) -> Paired:
    return pair_of(side(ATTACK, reference), side(PREPARED, alternative))


def seal(store: Store, campaign: Campaign, outcomes: list[Outcome]) -> None:
    with store.begin(campaign):
        store.write_chunk(campaign.id, outcomes)
        store.seal(campaign.id, len(outcomes))


def unmet(*patients: int) -> Changes:
    return [OFF | {"ed_visits_unmet": count} for count in patients]


def test_a_difference_is_that_of_the_rows_pair_by_pair() -> None:
    before, after = [500, 400, 300, 10, 90, 300], [450, 420, 200, 10, 0, 250]
    found = pair(unmet(*before), unmet(*after)).added["ed_visits_unmet"]
    apart = np.subtract(after, before)
    assert (found.unit, found.mean, found.median) == ("patients", apart.mean(), np.median(apart))
    assert (found.lowest_tenth, found.highest_tenth) == pytest.approx(tuple(np.quantile(apart, [0.1, 0.9])))
    assert (found.lower.count, found.equal.count, found.higher.count, found.equal.of) == (4, 1, 1, 6)
    assert found.mean_ci is not None
    assert found.mean_ci[0] < found.mean < found.mean_ci[1]
    assert found.median_ci == (min(apart), max(apart)), "six are just enough"
    assert found.lowest_tenth_ci is None, "far too few"


@pytest.mark.parametrize(
    ("apart", "direction"),
    [
        ([-50, -49, -51, -50], Direction.LOWER),
        ([50, 49, 51, 50], Direction.HIGHER),
        ([0, 0, 0, 0], Direction.EQUAL),
        ([-50, 40, -30, 60], Direction.UNCLEAR),
        ([-1, -2, -3, -2] * 4 + [-4_000], Direction.LOWER),
        ([-7], Direction.UNCLEAR),
    ],
)
def test_a_direction_is_told_by_the_mean_or_by_how_often_it_is_lower(
    apart: list[int], direction: Direction
) -> None:
    before = [5_000] * len(apart)
    after = [5_000 + each for each in apart]
    assert pair(unmet(*before), unmet(*after)).added["ed_visits_unmet"].direction is direction


def test_the_other_way_round_it_is_the_opposite() -> None:
    both = unmet(500, 400, 300), unmet(450, 420, 200)
    one, other = pair(*both), pair(*reversed(both))
    for name, found in one.added.items():
        assert found.mean == pytest.approx(-other.added[name].mean)
        assert found.lower.count == other.added[name].higher.count
        assert found.highest_tenth == pytest.approx(-other.added[name].lowest_tenth)


def test_crises_are_those_that_went_off_under_either() -> None:
    calm = CALM | {"ed_visits_unmet": 100}
    found = pair([calm, *unmet(500, 400), calm], [*unmet(300), calm, *unmet(500), calm])
    assert (found.replications, found.crises) == (4, 3)
    off = found.went_off
    assert (off.both, off.reference_only, off.alternative_only, off.neither) == (1, 1, 1, 1)
    assert found.added["ed_visits_unmet"].mean == (200 - 400 + 100) / 3


def test_where_it_never_went_off_all_replications_are_told_of() -> None:
    found = pair([CALM | {"ed_visits_unmet": 7}] * 3, [CALM | {"ed_visits_unmet": 5}] * 3)
    assert (found.crises, found.added["ed_visits_unmet"].equal.of) == (0, 3)
    assert found.added["ed_visits_unmet"].mean == -2.0


def test_a_time_that_is_not_over_lasts_to_the_end_of_the_days_and_is_no_average_of_those_over() -> None:
    found = pair([LOST, LOST, OFF, OFF], [OFF, LOST, CALM, LOST]).waits["restoration_h"]
    horizon_h = ATTACK.scenario.horizon_h
    lasted = np.array([240.0 - (horizon_h - 100.0), 0.0, -240.0, horizon_h - 100.0 - 240.0])
    assert found.lasted.mean == pytest.approx(lasted.mean())
    change = found.not_over
    assert (change.both, change.reference_only, change.alternative_only, change.neither) == (1, 1, 1, 1)


def test_no_wait_is_among_what_is_averaged() -> None:
    found = pair([OFF, LOST], [LOST, OFF])
    assert not set(found.added) & set(WAITS)


def test_care_held_is_told_under_both() -> None:
    broken = OFF | {"ed_unmet_share": 0.5}
    held = pair([broken, broken, OFF, OFF], [broken, OFF, OFF, broken]).care_held
    assert held is not None
    assert (held.both, held.reference_only, held.alternative_only, held.neither) == (1, 1, 1, 1)
    assert held.difference == 0.0


def test_an_indicator_that_the_region_does_not_count_is_left_out() -> None:
    uncounted: Changes = [OFF | {"ed_journey_min": None}] * 2
    assert "ed_journey_min" not in pair(uncounted, uncounted).added


def test_of_more_replications_those_that_both_have_are_paired(tmp_path: Path) -> None:
    store = synthetic.sealed_beside(tmp_path, some(unmet(1, 2, 3, 4, 5)), some([CALM] * 5))
    seal(store, PREPARED, some(unmet(1, 2, 9)))
    found = results.paired(store, ATTACK.id, PREPARED.id)
    assert (found.replications, found.added["ed_visits_unmet"].mean) == (3, 2.0)


SHORTER = ATTACK.scenario.model_copy(update={"horizon_h": ATTACK.scenario.horizon_h - 24})


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"seed": 2}, "has another seed; run it with --seed 1"),
        ({"uncertainty": Uncertainty.DRAWN}, "takes its parameters otherwise"),
        ({"model": "0"}, "another version of the model"),
        ({"scenario": SHORTER}, "is of other days"),
        ({"region": replace(ATTACK.region, title="Autre")}, "of another region"),
    ],
)
def test_campaigns_that_share_no_chance_are_refused_with_the_reason(
    changes: dict[str, object], said: str
) -> None:
    other = replace(PREPARED, **changes)  # type: ignore[arg-type]
    with pytest.raises(NotPaired, match=said):
        check_paired([side(ATTACK, [OFF]), side(other, [OFF])])


def test_ordinary_life_is_refused(tmp_path: Path) -> None:
    store = synthetic.sealed_beside(tmp_path, some([OFF] * 2), some([CALM] * 2))
    with pytest.raises(NotPaired, match="is ordinary life"):
        results.paired(store, ATTACK.id, store.description(ATTACK.id).ordinary)


def test_a_comparison_holds_what_its_campaigns_say_beside_each_other(tmp_path: Path) -> None:
    store = synthetic.sealed_beside(tmp_path, some(unmet(500, 400, 300)), some([CALM] * 3))
    seal(store, PREPARED, some(unmet(450, 420, 200)))
    kept = described_comparison(Varies.POSTURE, [ATTACK.id, PREPARED.id])
    store.keep(kept)
    found = results.compare(store, kept.comparison)
    assert [each.name for each in found.alternatives] == ["baseline", "prepared"]
    assert found.pairs == (results.paired(store, ATTACK.id, PREPARED.id),)
    (pair,), added = found.pairs, [each.added["ed_visits_unmet"].mean for each in found.alternatives]
    assert added[1] - added[0] == pytest.approx(pair.added["ed_visits_unmet"].mean)
    assert {each.ordinary for each in found.alternatives} == {store.description(ATTACK.id).ordinary}


def test_the_one_that_adds_least_is_named_where_chance_does_not_explain_it() -> None:
    rng = np.random.default_rng(1)
    before = rng.integers(300, 500, 20)
    reference = side(ATTACK, unmet(*before.tolist()))
    pooled = replace(ATTACK, posture=load_posture("pooled"))
    skewed = [*(before[:-1] - 1).tolist(), int(before[-1]) - 300]
    assert least_of(reference, [side(PREPARED, unmet(*skewed))])["ed_visits_unmet"] == PREPARED.id
    others = [
        side(pooled, unmet(*rng.permutation(before).tolist())),
        side(PREPARED, unmet(*(before - 50).tolist())),
    ]
    found = least_of(reference, others)
    assert (found["ed_visits_unmet"], found["ed_left_unseen"]) == (PREPARED.id, None)
