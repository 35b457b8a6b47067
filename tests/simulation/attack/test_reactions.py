"""What attackers do who see that they are looked for, and what others find of them."""

from collections import Counter
from dataclasses import replace

import pytest

import simulation
from simulation.attack.night import until_night_h
from simulation.engine.event_kinds import EventKind
from simulation.engine.situation import Situation
from simulation.inputs.clock import hour_of_week, until_working_hours_h
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Posture
from simulation.inputs.scenarios.reaction import Reaction, Reacts
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Detonation, Movement, Wave
from simulation.replication import crisis_of
from tests.campaigns import beyond_measure, prepare_campaign
from tests.regions import FIRST, SECOND, THIRD
from topologies.fields.title import Title
from topologies.region import Region, Trust

WHY = Title(fr="pour essayer", en="to try")
LATE_H = 300.0


def with_values(parameters: Parameters, **values: float) -> Parameters:
    return parameters.changed(
        {
            name: parameters.quantities[name].model_copy(update={"value": value})
            for name, value in values.items()
        }
    )


@pytest.fixture
def one_network(small_region: Region) -> Region:
    services = {
        name: replace(service, trust=Trust.NETWORK) for name, service in small_region.services.items()
    }
    return replace(small_region, services=services)


@pytest.fixture
def seen(sure: Parameters) -> Parameters:
    """Whoever holds a directory is noticed within a day or two, and reads of it."""
    return with_values(
        sure,
        detection_h=20.0,
        alert_overlooked=0.0,
        attacker_reads=1.0,
        return_success=1.0,
        trust_network=1.0,
    )


def crisis(
    region: Region, scenario: Scenario, posture: Posture, p: Parameters, reaction: Reaction, number: int = 0
) -> Situation:
    """A replication of attackers who would wait for a late hour."""
    (wave,) = scenario.waves
    at = scenario.start.replace(day=scenario.start.day) + (scenario.end - scenario.start) * (LATE_H / 480.0)
    wave = wave.model_copy(
        update={"detonation": Detonation(at=at), "reacts": Reacts(reaction=reaction, why=WHY)}
    )
    return crisis_of(
        prepare_campaign(region, scenario.model_copy(update={"waves": (wave,)}), posture, p), 1, number
    )


def hours(situation: Situation, kind: EventKind) -> list[float]:
    return [event.at_h for event in situation.timeline.events if event.what.kind is kind]


def test_who_hurries_does_not_wait_to_be_thrown_out(
    one_network: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    patient = crisis(one_network, small_scenario, helpless, seen, Reaction.PASSIVE)
    hurried = crisis(one_network, small_scenario, helpless, seen, Reaction.HURRIES)
    (reacted_h,) = hours(hurried, EventKind.ATTACKERS_REACT)
    impacts = hours(hurried, EventKind.IMPACT)
    assert impacts
    assert reacted_h < min(impacts) < LATE_H
    assert not hours(patient, EventKind.ATTACKERS_REACT)
    assert all(hour >= LATE_H for hour in hours(patient, EventKind.IMPACT))


def test_attackers_read_of_it_once_a_crisis_cell_has_been_called(
    one_network: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    slow = with_values(seen, crisis_cell_h=10.0, isolation_h=1_000.0, order_h=1_000.0)
    situation = crisis(one_network, small_scenario, helpless, slow, Reaction.HURRIES)
    (reacted_h,) = hours(situation, EventKind.ATTACKERS_REACT)
    assert min(hours(situation, EventKind.DETECTION)) < reacted_h
    assert min(hours(situation, EventKind.CRISIS_CELL)) == reacted_h


def test_links_are_opened_in_working_hours_whatever_was_waited_for(
    one_network: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    starts_at_h, minute = hour_of_week(small_scenario.start), 1.0 / 60.0
    crises = [
        crisis(one_network, small_scenario, helpless, seen, Reaction.PASSIVE, number) for number in range(6)
    ]
    opened = [hours(situation, EventKind.RECONNECTION) for situation in crises]
    assert sum(map(bool, opened)) >= 3, "in some crises none is over by the end"
    assert not any(until_working_hours_h(starts_at_h + hour + minute) for some in opened for hour in some)


def test_what_was_stolen_is_published_though_they_were_thrown_out(
    one_network: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    quick = with_values(seen, exfiltration_h=1.0, exfiltration_success=1.0, leak_days=1.0)
    situation = crisis(one_network, small_scenario, helpless, quick, Reaction.PASSIVE)
    events = situation.timeline.events
    stolen = [event.node for event in events if event.what.kind is EventKind.DATA_THEFT]
    hit = {event.node for event in events if event.what.kind is EventKind.IMPACT}
    leaked = [event.node for event in events if event.what.kind is EventKind.DATA_LEAK]
    assert set(stolen) - hit, "somebody was thrown out in time"
    assert Counter(leaked) == Counter(stolen)
    assert min(hours(situation, EventKind.DATA_LEAK)) > LATE_H
    assert len(set(hours(situation, EventKind.DATA_LEAK))) == 1 < len(leaked), "one body, one day"


def test_who_hides_moves_on_later(
    one_network: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    watched = with_values(seen, detection_h=1.0, triage_h=1.0, isolation_h=1_000.0, order_h=1_000.0)
    moved = 0
    for number in range(10):
        moving = crisis(one_network, small_scenario, helpless, watched, Reaction.PASSIVE, number)
        hidden = crisis(one_network, small_scenario, helpless, watched, Reaction.HIDES, number)
        first_h = min(hours(hidden, EventKind.ATTACKERS_REACT))
        moved += sum(first_h < hour < first_h + 24.0 for hour in hours(moving, EventKind.FOOTHOLD))
        assert not any(first_h < hour < first_h + 24.0 for hour in hours(hidden, EventKind.FOOTHOLD))
    assert moved


def test_who_hides_waits_in_silence_for_the_hour(
    one_network: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    hours_of = {
        reaction: [
            min(
                hours(
                    crisis(one_network, small_scenario, helpless, seen, reaction, number), EventKind.DETECTION
                )
            )
            for number in range(5)
        ]
        for reaction in (Reaction.PASSIVE, Reaction.HIDES)
    }
    assert sum(hours_of[Reaction.HIDES]) > sum(hours_of[Reaction.PASSIVE])


def test_a_legal_entity_declares_once_for_all_its_sites(
    one_network: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    situation = crisis(one_network, small_scenario, helpless, seen, Reaction.HURRIES)
    assert len(hours(situation, EventKind.DETECTION)) > 1
    assert len(hours(situation, EventKind.DECLARATION)) == 1


def test_the_sites_of_one_body_are_cut_within_hours_of_the_first(
    one_network: Region, small_region: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    slow = with_values(seen, isolation_h=20.0, order_h=12.0)

    def spread_h(region: Region, number: int) -> float:
        """Hours from the first cut in the GHT to the last."""
        situation = crisis(region, small_scenario, helpless, slow, Reaction.PASSIVE, number)
        states = [situation.states[situation.nodes.number_of[name]] for name in (FIRST, SECOND, THIRD)]
        cuts = [state.isolated_h for state in states if state.isolated_h is not None]
        return max(cuts) - min(cuts)

    together, apart = (
        sum(spread_h(region, number) for number in range(8)) / 8 for region in (one_network, small_region)
    )
    assert together < apart / 2.0


def test_who_chooses_the_hour_waits_for_the_night(
    one_network: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    asleep = beyond_measure(seen, {"goes_off_at_night": 1.0, "detection_h": 1e12, "cert_warning_h": 1e12})
    (wave,) = small_scenario.waves
    waits = wave.model_copy(update={"detonation": Detonation(sites=1)})
    scenario = small_scenario.model_copy(update={"waves": (waits,)})
    prepared = prepare_campaign(one_network, scenario, helpless, asleep)
    starts_at_h = hour_of_week(scenario.start)
    impacts = [min(hours(crisis_of(prepared, 1, number), EventKind.IMPACT)) for number in range(8)]
    assert len(set(impacts)) > 1
    assert all(until_night_h(starts_at_h + hour, 0.5) == 0.0 for hour in impacts)


def test_who_strikes_again_comes_back_to_who_is_on_the_network_again(
    small_region: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    soon = with_values(seen, detection_h=4.0, isolation_days=3.0, return_days=1.0, precaution_share=0.0)
    returned = 0
    for number in range(10):
        again = crisis(small_region, small_scenario, helpless, soon, Reaction.STRIKES_AGAIN, number)
        gone = crisis(small_region, small_scenario, helpless, soon, Reaction.PASSIVE, number)
        assert len(hours(again, EventKind.IMPACT)) >= len(hours(gone, EventKind.IMPACT))
        back = hours(again, EventKind.ATTACKERS_REACT)
        returned += len(back)
        assert all(hour > min(hours(again, EventKind.RECONNECTION)) for hour in back)
        for state in again.states:
            assert state.impact_h is None or state.directory_held_h is not None
    assert returned


def test_shared_traces_are_looked_for_where_there_is_someone_who_shares(
    small_region: Region, small_scenario: Scenario, helpless: Posture, seen: Parameters
) -> None:
    """By others than the body that was attacked."""
    all_fall = {"trust_separate": 1.0, "shared_directory_reached": 1.0}
    hunted = with_values(seen, **all_fall, hunt_finds=1.0, indicators_h=1.0, hunt_h=2.0, order_h=1000.0)
    shared = crisis(small_region, small_scenario, helpless, hunted, Reaction.PASSIVE)
    alone = helpless.model_copy(update={"regional_cell": False})
    silent = crisis(small_region, small_scenario, alone, hunted, Reaction.PASSIVE)
    assert hours(shared, EventKind.INDICATORS_SHARED)
    assert "hunt" in {state.detected_by for state in shared.states}
    assert not hours(silent, EventKind.INDICATORS_SHARED)
    assert "hunt" not in {state.detected_by for state in silent.states}


def test_a_program_without_anyone_at_the_keyboard_does_not_react(small_scenario: Scenario) -> None:
    (wave,) = small_scenario.waves
    fields = {**wave.model_dump(), "movement": Movement.WORM}
    for reaction in set(Reaction) - {Reaction.PASSIVE}:
        with pytest.raises(ValueError, match="keyboard"):
            Wave.model_validate({**fields, "reacts": {"reaction": reaction, "why": WHY}})


def test_every_built_in_intrusion_says_how_its_attackers_react_and_why() -> None:
    waves = [wave for name in simulation.scenario_names() for wave in simulation.load_scenario(name).waves]
    assert all((wave.reacts is None) == wave.is_strike for wave in waves)
    assert {wave.reaction for wave in waves} == set(Reaction)
