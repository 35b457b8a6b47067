"""What one replication promises, on the real region and on a small one."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest

import simulation
from simulation import Uncertainty
from simulation.engine.event_kinds import EventKind, Happening
from simulation.engine.nodes import Node
from simulation.engine.timeline import TimelineEvent
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.scenario import Scenario
from simulation.outcome.records import Outcome
from simulation.outcome.told import told
from simulation.replication import PreparedCampaign, crisis_of, replicate, trace_of
from tests.campaigns import beyond_measure, prepare_campaign, prepared_again
from tests.regions import ALONE, FIRST, SECOND, THIRD
from tests.simulation.same import same
from topologies.errors import BadInput
from topologies.region import Region

REPLICATIONS = range(12)


@pytest.fixture(scope="module")
def campaigns(
    prepared_for: Callable[[Posture], PreparedCampaign], baseline: Posture, prepared_posture: Posture
) -> dict[str, list[Outcome]]:
    """The same luck under two postures."""
    return {
        posture.name: [replicate(prepared_for(posture), 1, number) for number in REPLICATIONS]
        for posture in (baseline, prepared_posture)
    }


def test_a_replication_alone_equals_itself_in_a_campaign(
    campaigns: dict[str, list[Outcome]], ile_de_france: Region, scenario: Scenario, baseline: Posture
) -> None:
    central = Uncertainty.CENTRAL
    alone = simulation.simulate(ile_de_france, scenario, baseline, seed=1, replication=7, uncertainty=central)
    assert same(alone, campaigns["baseline"][7])


PLANS = {EventKind.PLAN_BLANC, EventKind.PLAN_BLANC_ASKED, EventKind.PLAN_BLANC_ENDS}


@pytest.mark.parametrize("number", [0, 2, 3])
def test_the_same_happens_to_every_node_whether_or_not_patients_are_simulated(
    prepared_for: Callable[[Posture], PreparedCampaign], baseline: Posture, number: int
) -> None:
    trace = trace_of(prepared_for(baseline), 1, number)
    crisis = crisis_of(prepared_for(baseline), 1, number)
    with_patients, without = (
        ([replace(told(state), last_event=None) for state in states], story(events))
        for states, events in ((trace.states, trace.timeline), (crisis.states, crisis.timeline.events))
    )
    assert with_patients == without
    assert len(without[1]) > 100


def test_what_a_replication_leaves_behind_at_an_hour_is_what_it_had_by_then(small: PreparedCampaign) -> None:
    whole = trace_of(small, 1, 0)
    served = whole.care.served[:100].copy()
    part = trace_of(small, 1, 0, until_h=100)
    assert np.array_equal(part.care.served[:100], served)
    assert part.timeline == tuple(event for event in whole.timeline if event.at_h < 100.0)


def story(events: Iterable[TimelineEvent]) -> list[tuple[float, Node | None, Happening]]:
    """When what happened to whom, but for plans blancs."""
    return [(event.at_h, event.node, event.what) for event in events if event.what.kind not in PLANS]


def test_two_replications_and_two_seeds_differ(small: PreparedCampaign) -> None:
    assert not same(replicate(small, 1, 0), replicate(small, 1, 1))
    assert not same(replicate(small, 1, 0), replicate(small, 2, 0))


DEPEND = {"medicine", "critical_care", "surgery_urgent", "laboratory"}
"""Streams that others pass patients on to; and of analyses clinicians ask for what can be made."""


def test_postures_share_their_patients(campaigns: dict[str, list[Outcome]]) -> None:
    for one, other in zip(*campaigns.values(), strict=True):
        first = [stream not in DEPEND for _, stream in one.hours.groups]
        assert np.array_equal(one.hours.demand[:, first], other.hours.demand[:, first])
        assert one.replication.ed_visits == other.replication.ed_visits
        assert one.replication.time_critical_patients == other.replication.time_critical_patients


def test_the_prepared_region_does_better_on_the_same_random_numbers(
    campaigns: dict[str, list[Outcome]],
) -> None:
    def total(posture: str, indicator: str) -> float:
        return float(sum(getattr(outcome.replication, indicator) for outcome in campaigns[posture]))

    for indicator in (
        "establishments_impacted",
        "bed_days_lost",
        "ed_visits_diverted",
        "ed_visits_unmet",
        "surgeries_postponed",
        "ed_visits_unmet",
        "time_critical_delay_min",
        "delay_deaths",
    ):
        assert total("prepared", indicator) < total("baseline", indicator)


def test_without_an_attack_there_is_only_ordinary_life(
    ile_de_france: Region, scenario: Scenario, baseline: Posture
) -> None:
    peace = scenario.model_copy(update={"waves": (), "event": None})
    prepared = prepare_campaign(ile_de_france, peace, baseline, simulation.load_parameters())
    for number in range(6):
        outcome = replicate(prepared, 1, number)
        row = outcome.replication
        assert (row.establishments_compromised, row.establishments_impacted, row.bed_days_lost) == (0, 0, 0.0)
        assert row.first_detection_h is row.first_impact_h is row.regional_cell_h is None
        assert 0.01 < row.ed_unmet_share < 0.03
        # A department that was full for half a day calls its plan: hardly one of all in a month.
        plans = [event for event in outcome.timeline if event.kind in {"plan_blanc", "plan_blanc_ends"}]
        assert len(plans) <= 12
        # Besides these there is only what patients meet on any day, and nothing led to it but that.
        assert {event.actor for event in outcome.timeline} <= {"establishment", "region"}
        assert [event.kind for event in outcome.timeline if event.cause is None] == ["ordinary_life"]
        called = {event.finess for event in plans}
        territories = {ile_de_france.establishments[finess].territory for finess in called if finess}
        spared = [territory not in territories for territory, _ in outcome.hours.groups]
        assert np.all(outcome.hours.capacity_share[:, spared] == 1.0)


WITHOUT_CAUSE = {"attack_begins", "strike", "ordinary_life"}
"""What may begin a chain of events: the attacker, or the days as they are."""


def test_every_event_follows_from_another_back_to_the_attackers_first_act(
    campaigns: dict[str, list[Outcome]],
) -> None:
    for outcome in campaigns["baseline"]:
        for event in outcome.timeline:
            if event.cause is None:
                assert event.kind in WITHOUT_CAUSE
                continue
            cause = outcome.timeline[event.cause]
            assert cause.event < event.event
            assert cause.at_h <= event.at_h
        assert [event.at_h for event in outcome.timeline] == sorted(event.at_h for event in outcome.timeline)
        assert [event.event for event in outcome.timeline] == list(range(len(outcome.timeline)))
        attack = next(event for event in outcome.timeline if event.kind == "attack_begins")
        before = [event.cause for event in outcome.timeline[1 : attack.event]]
        assert all(cause is not None and cause < attack.event for cause in before), (
            "ordinary life leads to these"
        )


def test_nothing_is_restored_before_it_is_hit_nor_hit_before_it_is_entered(
    campaigns: dict[str, list[Outcome]],
) -> None:
    hit = [
        row for outcome in campaigns["baseline"] for row in outcome.establishments if row.impact_h is not None
    ]
    assert hit
    for row in hit:
        assert row.compromised_h is not None
        assert row.impact_h is not None
        # Over a trusted directory the attacker is in control at once, and the payload may go off at the same hour.
        assert row.compromised_h <= row.impact_h
        assert row.restored_h is None or row.impact_h < row.restored_h


def test_where_everything_was_switched_off_in_time_nothing_goes_off(
    campaigns: dict[str, list[Outcome]],
) -> None:
    for outcome in campaigns["baseline"]:
        for row in outcome.establishments:
            if row.impact_h is not None and row.switched_off_h is not None:
                on_again = row.switched_on_h is not None and row.switched_on_h <= row.impact_h
                assert row.impact_h <= row.switched_off_h or on_again


def test_a_sure_attacker_takes_the_ght_and_nobody_else(small: PreparedCampaign) -> None:
    rows = {row.finess: row for row in replicate(small, 1, 0).establishments}
    assert [rows[finess].impact_h for finess in (FIRST, SECOND, THIRD)] == [72.0, 72.0, 72.0]
    assert rows[FIRST].via_link is None
    assert {rows[SECOND].via_service, rows[THIRD].via_service} == {"directory:the-ght"}
    assert not rows[ALONE].compromised


def test_the_alone_hospital_receives_what_the_ght_sends_on(small: PreparedCampaign) -> None:
    outcome = replicate(small, 1, 0)
    group = outcome.hours.groups.index(("Hors GHT (75)", "emergency_adult"))
    hit = slice(74, 24 * 6)
    assert outcome.hours.diverted_in[hit, group].sum() > 0
    assert outcome.replication.ed_visits_diverted > 0


def test_capacity_falls_at_the_impact_and_comes_back_by_stages(small: PreparedCampaign) -> None:
    learnt = beyond_measure(small.campaign.parameters, {"paper_shock": 2.0, "paper_settled": 0.7})
    outcome = replicate(prepared_again(small, parameters=learnt), 1, 0)
    share = outcome.hours.capacity_share[:, outcome.hours.groups.index(("The GHT", "dialysis"))]
    assert np.all(share[:72] == 1.0)
    assert share[73] < 1.0
    assert share.min() < 0.8
    lowest = int(share.argmin())
    assert lowest < 72 + 48, "machines are lost until someone cuts the links, and no longer"
    # Paper is learnt in days; then it tires by a few per cent a week, until an application is back.
    assert np.all(np.diff(share[lowest:]) >= -0.02)
    assert np.all(np.diff(share[lowest : 72 + 168]) >= 0)
    assert share[72 + 168] > share[lowest] + 0.03


def test_what_comes_back_is_entered_again_then_all_is_as_before(small: PreparedCampaign) -> None:
    """With the work done in hours, the establishments are restored, make up for the paper, and are whole again."""
    quick = {
        name: small.campaign.parameters.quantities[name].model_copy(update={"value": 0.05, "low": 0.01})
        for name in small.campaign.parameters.quantities
        if name.endswith("_days") and name not in {"isolation_days", "leak_days"}
    }
    prepared = prepared_again(small, parameters=small.campaign.parameters.changed(quick))
    outcome = replicate(prepared, 1, 0)
    restored_h = [row.restored_h for row in outcome.establishments if row.impact_h is not None]
    assert restored_h
    assert None not in restored_h
    share = outcome.hours.capacity_share[:, outcome.hours.groups.index(("The GHT", "outpatient"))]
    first, last = min(h for h in restored_h if h), max(h for h in restored_h if h)
    assert share[int(first) - 2] < 1.0
    reentry = small.campaign.parameters.continuity.reentry_days_per_day.value
    entered = int(last + (last - 72.0) * reentry) + 2
    assert np.any((share[int(last) + 1 : entered] < 1.0) & (share[int(last) + 1 : entered] > 0.85))
    assert np.all(share[entered:] == 1.0)
    assert outcome.replication.backlog_cleared is not False


def with_teams(posture: Posture, **numbers: float) -> Posture:
    """The posture with so many teams of these levels; the others have none."""
    teams = {
        name: posture.responders.teams[name].model_copy(update={"value": numbers[name]}) for name in numbers
    }
    responders = posture.responders.model_copy(update={"teams": teams})
    return posture.model_copy(update={"responders": responders})


@pytest.mark.parametrize("others", [{}, {"contracted": 0.0, "national": 0.0}])
def test_a_level_without_teams_sends_none(small: PreparedCampaign, others: dict[str, float]) -> None:
    posture = with_teams(small.campaign.posture, regional=2.0, **others)
    came = [
        event
        for event in trace_of(prepared_again(small, posture=posture), 1, 0).timeline
        if event.what.kind is EventKind.RESPONDERS_COME
    ]
    assert {event.what.detail for event in came} == {"regional"}


def test_teams_of_a_level_that_nobody_knows_are_refused_with_the_nearest_name(
    small_region: Region, small_scenario: Scenario, baseline: Posture
) -> None:
    teams = {"regionel": baseline.responders.teams["regional"]}
    responders = baseline.responders.model_copy(update={"teams": teams})
    posture = baseline.model_copy(update={"responders": responders})
    with pytest.raises(BadInput, match=r"baseline, responders\.teams\.regionel: .*use regional"):
        prepare_campaign(small_region, small_scenario, posture)


def test_a_posture_in_which_nobody_can_lead_is_refused(
    small_region: Region, small_scenario: Scenario, baseline: Posture
) -> None:
    posture = with_teams(baseline, suppliers=6.0, regional=0.0)
    with pytest.raises(BadInput, match=r"responders\.teams: no team can lead .*neighbouring"):
        prepare_campaign(small_region, small_scenario, posture)


def test_who_still_waits_at_the_horizon_counts_in_the_longest_wait(small: PreparedCampaign) -> None:
    prepared = prepared_again(
        small,
        posture=with_teams(small.campaign.posture, regional=1.0),
        parameters=beyond_measure(small.campaign.parameters, {"investigate_days": 1e6}),
    )
    outcome = replicate(prepared, 1, 0)
    asked = {event.finess: event.at_h for event in outcome.timeline if event.kind == "responders_asked"}
    served = {row.finess for row in outcome.establishments if row.responder_wait_h is not None}
    waiting_h = [
        prepared.campaign.scenario.horizon_h - at_h for finess, at_h in asked.items() if finess not in served
    ]
    assert waiting_h
    assert outcome.replication.responder_wait_max_h == pytest.approx(max(waiting_h))


def test_an_entry_point_outside_the_region_is_refused_with_its_field(
    small_region: Region, small_scenario: Scenario
) -> None:
    wave = small_scenario.waves[0].model_copy(update={"entry_points": ("930000328",)})
    with pytest.raises(BadInput, match=r"waves\.0\.entry_points\.0: 930000328 is not in small"):
        prepare_campaign(small_region, small_scenario.model_copy(update={"waves": (wave,)}))
