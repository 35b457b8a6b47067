"""What holds on every replication: on the same random numbers, more protection never helps the attacker."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng

import simulation
import topologies
from simulation.inputs.parameters.parameters import Parameters
from simulation.inputs.postures.posture import Levers, Posture
from simulation.inputs.scenarios.reaction import Reaction, Reacts
from simulation.inputs.scenarios.scenario import Scenario
from simulation.inputs.scenarios.wave import Detonation
from simulation.outcome.records import Outcome
from simulation.replication import PreparedCampaign, crisis_of, replicate
from tests.campaigns import beyond_measure, prepare_campaign, prepared_again
from tests.regions import random_region
from topologies.fields.title import Title
from topologies.region import LinkKind, Region

PREVENTION = ("internet_exposure", "directory", "workstations", "remote_maintenance", "awareness", "backups")
LEVERS = sorted(set(Levers.model_fields) - {"ght_pooling"})
WITHOUT_TRUST = (LinkKind.HOSTING, LinkKind.MAINTENANCE, LinkKind.EXCHANGE)
REPLICATION = st.integers(0, 10_000)
LEVEL = st.floats(0.0, 1.0)


def easy(parameters: Parameters, **values: float) -> Parameters:
    """Links carry often, so that there is something to see."""
    often = {"crossing_hosting": 0.6, "crossing_maintenance": 0.6, "crossing_exchange": 0.6} | values
    update = {name: parameters.quantities[name].model_copy(update={"value": v}) for name, v in often.items()}
    return parameters.changed(update)


def alone(lever: str, level: float) -> Posture:
    """Each on its own, with one lever at this level: nobody is warned by another's misfortune."""
    posture = simulation.load_posture("isolated")
    share = getattr(posture.levers, lever).model_copy(update={"value": level})
    return posture.model_copy(update={"levers": posture.levers.model_copy(update={lever: share})})


def attacked(region: Region, days: int) -> Scenario:
    """Two entry points, a payload after so many days, and attackers who look on.

    Who hurries is hurried by whoever notices first, so that a door that stays shut may leave the others more time.
    """
    scenario = simulation.load_scenario("ransomware-opening-ceremony")
    wave = scenario.waves[0].model_copy(
        update={
            "entry_points": tuple(region.establishments)[:2],
            "detonation": Detonation(at=scenario.start + timedelta(days=days)),
            "reacts": Reacts(reaction=Reaction.PASSIVE, why=Title(fr="pour essayer", en="to try")),
        }
    )
    return scenario.model_copy(update={"waves": (wave,), "event": None, "horizon_h": 15 * 24})


def compromised(prepared: PreparedCampaign, replication: int) -> set[str]:
    states = crisis_of(prepared, 3, replication).states
    return {
        prepared.nodes.names[site] for site in prepared.nodes.sites if states[site].compromised_h is not None
    }


@settings(max_examples=40, deadline=None)
@given(draw=REPLICATION, lever=st.sampled_from(PREVENTION), low=LEVEL, high=LEVEL)
def test_prevention_never_adds_a_compromised_establishment_when_nobody_notices(
    draw: int, lever: str, low: float, high: float
) -> None:
    low, high = sorted((low, high))
    region = random_region(default_rng(draw), 12, 3.3, (*WITHOUT_TRUST, LinkKind.DIRECTORY))
    asleep = easy(simulation.load_parameters(), detection_h=2880.0, impact_notice_h=4.0)
    never = dict.fromkeys(("detection_h", "cert_warning_h", "impact_notice_h"), 1e12)
    never |= dict.fromkeys(("sabotage_seen", "theft_seen", "supervision_sees"), 0.0)
    parameters, scenario = beyond_measure(asleep, never), attacked(region, 8)
    weak = compromised(prepare_campaign(region, scenario, alone(lever, low), parameters), draw)
    strong = compromised(prepare_campaign(region, scenario, alone(lever, high), parameters), draw)
    assert strong <= weak


@settings(max_examples=60, deadline=None)
@given(draw=REPLICATION, lever=st.sampled_from(LEVERS), low=LEVEL, high=LEVEL, days=st.integers(2, 12))
def test_no_lever_adds_a_compromised_establishment_where_nobody_warns_another(
    draw: int, lever: str, low: float, high: float, days: int
) -> None:
    """Also with detection and cuts. Where neighbours warn one another it holds on average only (decision 0009)."""
    low, high = sorted((low, high))
    region = random_region(default_rng(draw), 12, 3.3, WITHOUT_TRUST)
    parameters, scenario = easy(simulation.load_parameters()), attacked(region, days)
    weak = compromised(prepare_campaign(region, scenario, alone(lever, low), parameters), draw)
    strong = compromised(prepare_campaign(region, scenario, alone(lever, high), parameters), draw)
    assert strong <= weak


@pytest.fixture(scope="module")
def histories() -> list[Outcome]:
    """A replication of every built-in scenario and of some postures."""
    region = topologies.load("ile-de-france")
    others = [simulation.load_posture(name) for name in ("isolated", "pooled")]
    outcomes = []
    for number, name in enumerate(simulation.scenario_names()):
        scenario = simulation.load_scenario(name).in_region(region)
        prepared = prepare_campaign(region, scenario, event=scenario.event)
        again = [prepared_again(prepared, posture=posture) for posture in others]
        outcomes += [replicate(one, 5, number) for one in (prepared, *again)]
    return outcomes


@pytest.mark.long
def test_every_row_of_a_timeline_has_a_cause_back_to_a_first_act(histories: list[Outcome]) -> None:
    """The attacker's, or ordinary life."""
    for outcome in histories:
        for event in outcome.timeline:
            if event.cause is None:
                assert event.kind in {"attack_begins", "strike", "ordinary_life"}
            else:
                cause = outcome.timeline[event.cause]
                assert cause.event < event.event
                assert cause.at_h <= event.at_h


def test_nothing_is_restored_before_it_is_hit(histories: list[Outcome]) -> None:
    rows = [row for outcome in histories for row in outcome.establishments if row.restored_h is not None]
    assert rows
    for row in rows:
        assert row.restored_h is not None
        assert row.impact_h is not None
        assert row.impact_h < row.restored_h


def test_every_step_of_the_attacker_bears_its_technique(histories: list[Outcome]) -> None:
    for outcome in histories:
        for event in outcome.timeline:
            if event.actor == "attacker" and event.kind != "outage":
                assert event.technique, event.kind
