"""Recovery: what is whole, what grows with the machines hit, in which order all comes back, and how long it takes."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from backtest.calibration.surveys import days_of_victims
from simulation.engine.event_kinds import EventKind, Happening
from simulation.engine.nodes import Node
from simulation.engine.random_streams import Luck
from simulation.engine.recovery_events import Stage, StageDone
from simulation.engine.signals import Hit
from simulation.engine.situation import Situation
from simulation.inputs.parameters.parameters import Parameters
from simulation.replication import PreparedCampaign
from simulation.response.prepared import PreparedResponse
from simulation.response.recovery import Recovery
from simulation.response.responders import ResponderLevel, levels_of
from simulation.response.stages import stages_of
from simulation.response.teams import Teams
from simulation.response.work import Work

HIT = Node(0)
YEARS_H = 10 * 365 * 24.0


def recovery_of(situation: Situation, response: PreparedResponse, p: Parameters) -> Recovery:
    return Recovery(situation, response, p, Teams(situation, response, p))


def recovered(
    prepared: PreparedCampaign, machines: float, *, held: bool = True, goes_off: bool = True
) -> tuple[Situation, dict[str, float]]:
    """One establishment comes back alone, from hour 0; when each stage was done and each application was back."""
    situation = Situation.at_start(prepared.nodes, Luck(1, 0), YEARS_H)
    recovery = recovery_of(situation, prepared.response, prepared.campaign.parameters)
    state = situation.states[HIT]
    state.directory_held_h = 0.0 if held else None
    done: dict[str, float] = {}
    situation.signals.application_back.subscribe(lambda _, name: done.update({name: situation.now_h}))
    recovery.call(HIT)
    recovery.teams.call(HIT)
    if goes_off:
        state.impact_h = state.detected_h = 0.0
        hit = Hit(node=HIT, machines=machines, first_sign=EventKind.DETECTION)
        recovery.lose_machines(hit)
        recovery.begin_if_detected(hit)
    else:
        state.isolated_h = 0.0
        recovery.begin_if_held(HIT)
    situation.env.run(until=YEARS_H)
    done |= {named(event.what): event.at_h for event in situation.timeline.events}
    return situation, done


def named(what: Happening) -> str:
    return what.detail if isinstance(what, StageDone) else str(what.kind)


def clean_start_h(done: Mapping[str, float]) -> float:
    return done["directory"] - done["responders_come"]


def test_a_directory_that_was_held_is_rebuilt_whole_however_few_machines_were_hit(
    small: PreparedCampaign,
) -> None:
    _, few = recovered(small, 0.1)
    _, many = recovered(small, 1.0)
    # Not to the hour: teams from outside do not work at night, and begin at another hour of the day.
    assert clean_start_h(few) == pytest.approx(clean_start_h(many), abs=24.0)
    rebuilt_h = [done["other_applications"] - done["directory"] for done in (few, many)]
    assert rebuilt_h[1] == pytest.approx(10 * rebuilt_h[0], rel=0.35), "the rest grows, and with fatigue"


def test_where_the_directory_was_not_held_nothing_of_it_is_rebuilt(small: PreparedCampaign) -> None:
    _, done = recovered(small, 0.1, held=False)
    assert "directory" not in done
    assert done["investigate"] < clean_start_h(recovered(small, 0.1)[1])


def test_a_directory_that_was_held_is_rebuilt_though_nothing_went_off(small: PreparedCampaign) -> None:
    situation, done = recovered(small, 0.0, goes_off=False)
    assert list(done) == ["responders_asked", "responders_come", "investigate", "directory"]
    assert situation.states[HIT].restored_h is None


def test_a_team_is_asked_for_once_the_crisis_cell_sits(small: PreparedCampaign) -> None:
    situation = Situation.at_start(small.nodes, Luck(1, 0), YEARS_H)
    recovery = recovery_of(situation, small.response, small.campaign.parameters)
    state = situation.states[HIT]
    state.directory_held_h = state.detected_h = state.isolated_h = 0.0
    for asked in (False, True):
        state.crisis_cell_h = 2.0 if asked else None
        recovery.begin_if_held(HIT)
        situation.env.run(until=situation.now_h + 1.0)
        assert (state.responders_asked_h is not None) is asked


def test_a_body_has_one_team_rebuild_the_directory_of_all_its_sites_once_at_its_own_size(
    small: PreparedCampaign,
) -> None:
    """Sites of it that were struck go on from then; separate bodies have each its own directory besides."""
    supervision = small.response.supervision
    bodies = frozenset(supervision.directory_of)
    body = replace(small.response, supervision=replace(supervision, run_as_one=bodies))
    *sites, shared = supervision.peers_of(HIT)
    rebuilt, cleaned = directories_rebuilt(small, body)
    assert rebuilt.keys() == {shared}
    assert cleaned == dict.fromkeys((*sites, shared), rebuilt[shared])
    apart, _ = directories_rebuilt(small, small.response)
    assert apart.keys() == {*sites, shared}
    assert body.beds[shared] == sum(body.beds[site] for site in sites)
    assert rebuilt[shared] > max(apart[site] for site in sites)


def test_a_body_whose_directory_was_held_shuts_the_attackers_out_once_with_its_network(
    small: PreparedCampaign,
) -> None:
    """Alone, a site that was hit does so for itself."""
    bodies = frozenset(small.response.supervision.directory_of)
    body = replace(small.response, supervision=replace(small.response.supervision, run_as_one=bodies))
    for response, is_alone in ((small.response, True), (body, False)):
        situation = Situation.at_start(small.nodes, Luck(1, 0), YEARS_H)
        recovery = recovery_of(situation, response, small.campaign.parameters)
        for node in (HIT, response.supervision.shared_of[HIT]):
            assert node is not None
            situation.states[node].directory_held_h = situation.states[node].isolated_h = 0.0
        situation.states[HIT].impact_h = situation.states[HIT].detected_h = 0.0
        hit = Hit(node=HIT, machines=0.5, first_sign=EventKind.DETECTION)
        recovery.lose_machines(hit)
        recovery.begin_if_detected(hit)
        recovery.call(HIT)
        situation.env.run(until=YEARS_H)
        told = {named(event.what) for event in situation.timeline.events}
        assert (Stage.CONTAIN in told) is is_alone
        assert Stage.WORKSTATIONS in told


def test_a_directory_that_is_clean_is_not_rebuilt_again_while_it_waits_for_its_links(
    small: PreparedCampaign,
) -> None:
    """Sites that go on with their own recovery lead nobody to it once more."""
    situation = Situation.at_start(small.nodes, Luck(1, 0), YEARS_H)
    recovery = recovery_of(situation, small.response, small.campaign.parameters)
    shared = small.response.supervision.shared_of[HIT]
    assert shared is not None
    situation.states[shared].directory_held_h = situation.states[shared].isolated_h = 0.0
    recovery.begin_if_held(shared)
    situation.after(YEARS_H / 2.0, partial(recovery.begin_if_held, shared))
    recovery.call(HIT)
    situation.env.run(until=YEARS_H)
    kinds = [event.what.kind for event in situation.timeline.events]
    assert kinds.count(EventKind.RESPONDERS_ASKED) == 1


def directories_rebuilt(
    small: PreparedCampaign, response: PreparedResponse
) -> tuple[dict[Node | None, float], dict[Node, float]]:
    """When directories are rebuilt, and nodes clean, where those of all sites and the one that they share were held."""
    situation = Situation.at_start(small.nodes, Luck(1, 0), YEARS_H)
    recovery = recovery_of(situation, response, small.campaign.parameters)
    cleaned: dict[Node, float] = {}
    situation.signals.cleaned.subscribe(lambda node: cleaned.update({node: situation.now_h}))
    for node in response.supervision.peers_of(HIT):
        situation.states[node].directory_held_h = situation.states[node].isolated_h = 0.0
        recovery.begin_if_held(node)
    recovery.call(HIT)
    situation.env.run(until=YEARS_H)
    events = situation.timeline.events
    rebuilt = {event.node: event.at_h for event in events if named(event.what) == Stage.DIRECTORY}
    came = [event for event in events if event.what.kind is EventKind.RESPONDERS_COME]
    assert len(came) == len(rebuilt)
    return rebuilt, cleaned


def test_a_body_of_forty_hospitals_has_its_directory_hardly_later_than_a_large_one(
    small: PreparedCampaign,
) -> None:
    """Its servers are more work; of less than the reference size all work grows alike, as victims of surveys tell."""
    directory, core = "directory", "core_servers"
    larger, smaller = times_as_long(small, 40.0), times_as_long(small, 0.4)
    assert larger[directory] <= 1.5
    assert larger[core] >= 5.0
    assert smaller[directory] == pytest.approx(smaller[core])


def times_as_long(prepared: PreparedCampaign, size: float) -> dict[str, float]:
    """Work of stages at so many times the reference beds, over that at those beds."""
    p, situation = prepared.campaign.parameters, Situation.at_start(prepared.nodes, Luck(1, 0), YEARS_H)
    state, stages = situation.states[HIT], stages_of(p)
    state.directory_held_h, state.machines_hit = 0.0, 1.0
    one, other = (
        Work(situation, replace(prepared.response, beds=(beds,) * len(prepared.nodes.names)), p)
        for beds in (p.recovery.reference_beds.value, size * p.recovery.reference_beds.value)
    )
    asked = (stages.clean_start[-1], stages.servers[0])
    return {str(each.stage): other.hours(HIT, each) / one.hours(HIT, each) for each in asked}


def test_clean_machines_come_before_what_is_read_on_them(small: PreparedCampaign) -> None:
    _, done = recovered(small, 0.6)
    of_stage = [name for name, one in applications(small) if one == Stage.VITAL_APPLICATIONS]
    vital = small.response.stakes.in_order(HIT, of_stage)
    assert done["first_workstations"] < min(done[name] for name in vital)
    back = [done[name] for name in vital]
    assert back == sorted(back), "in the order in which care needs them"
    assert len(set(back)) == len(back), "one after the other"
    assert done["restored"] == max(done.values())


def applications(prepared: PreparedCampaign) -> list[tuple[str, str]]:
    outages = prepared.campaign.parameters.outages
    return [(name, one.returns_with) for name, one in outages.applications.items()]


def test_more_teams_join_each_week_until_all_have(parameters: Parameters, small: PreparedCampaign) -> None:
    contracted = next(
        one for one in levels_of(small.campaign.posture, parameters) if one.name == "contracted"
    )
    out = [contracted.teams_after(weeks) for weeks in range(30)]
    assert out[0] == contracted.teams
    assert out == sorted(out)
    assert out[1] > out[0]
    assert out[-1] == contracted.most


def test_a_second_establishment_need_not_wait_for_the_first_once_more_teams_have_come(
    small: PreparedCampaign,
) -> None:
    def come_h(level: ResponderLevel) -> list[float]:
        response = replace(small.response, leaders=(level,), rebuilders=())
        situation = Situation.at_start(small.nodes, Luck(1, 0), YEARS_H)
        recovery = recovery_of(situation, response, small.campaign.parameters)
        for node in situation.nodes.sites:
            situation.states[node].directory_held_h = situation.states[node].isolated_h = 0.0
            recovery.begin_if_held(node)
        recovery.call(HIT)
        situation.env.run(until=YEARS_H)
        came = (situation.states[node].responders_came_h for node in situation.nodes.sites)
        return sorted(at_h for at_h in came if at_h is not None)

    alone = replace(small.response.leaders[0], teams=1, more_a_week=0.0, most=1, activation_h=1.0)
    growing = replace(alone, more_a_week=1.0, most=4)
    few, more = come_h(alone), come_h(growing)
    assert len(few) == len(more) == len(small.nodes.sites)
    assert all(late >= soon for late, soon in zip(few, more, strict=True))
    assert more[-1] < few[-1]


VICTIMS = 2_000


ALL_BACK = (Stage.CARE_APPLICATIONS, Stage.OTHER_APPLICATIONS)


def test_victims_such_as_those_of_the_surveys_take_as_long_as_surveyed(small: PreparedCampaign) -> None:
    """Recovered within a week: 22 to 58 %; after more than a month: 28 to 37 %; mean downtime: 17 to 27 days."""
    victims = days_of_victims(small, VICTIMS)
    recovered_days = victims[Stage.CARE_APPLICATIONS]
    assert 0.22 <= np.mean(recovered_days <= 7) <= 0.58
    assert 0.28 <= np.mean(recovered_days > 30) <= 0.37
    assert 17 <= np.mean(victims[Stage.VITAL_APPLICATIONS]) <= 27
    assert 0.005 <= np.mean(victims[Stage.OTHER_APPLICATIONS] > 365) <= 0.05, "some take a year and more"
