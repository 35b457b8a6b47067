"""What a lever is worth: more of it never helps the attacker, nor slows the defenders."""

from hypothesis import given
from hypothesis import strategies as st

from simulation.inputs.library import load_posture
from simulation.inputs.parameters.parameters import load_parameters
from simulation.inputs.postures.defences import defence_of
from simulation.inputs.postures.posture import Levers, Posture
from topologies.region import Trust

BASELINE, PARAMETERS = load_posture("baseline"), load_parameters()
"""Read once: an example is given no time for it."""
LEVERS = sorted(set(Levers.model_fields) - {"it_budget_share"})


def with_level(posture: Posture, lever: str, level: float) -> Posture:
    share = getattr(posture.levers, lever).model_copy(update={"value": level})
    return posture.model_copy(update={"levers": posture.levers.model_copy(update={lever: share})})


@given(lever=st.sampled_from(LEVERS), low=st.floats(0, 1), more=st.floats(0, 1))
def test_more_of_a_lever_never_leaves_more_to_the_attacker(lever: str, low: float, more: float) -> None:
    weak = defence_of(with_level(BASELINE, lever, low).at("750000001"), PARAMETERS)
    strong = defence_of(with_level(BASELINE, lever, min(1.0, low + more)).at("750000001"), PARAMETERS)
    assert all(strong.foothold_chance[way] <= weak.foothold_chance[way] for way in weak.foothold_chance)
    assert strong.privilege_chance <= weak.privilege_chance
    assert strong.worm_chance <= weak.worm_chance
    assert strong.control_chance <= weak.control_chance
    assert all(strong.crossing_chance[kind] <= weak.crossing_chance[kind] for kind in weak.crossing_chance)
    assert all(strong.trusting_chance[trust] <= weak.trusting_chance[trust] for trust in Trust)
    assert all(strong.shared_chance[trust] <= weak.shared_chance[trust] for trust in weak.shared_chance)
    assert strong.own_detection_per_h >= weak.own_detection_per_h
    assert strong.soc_detection_per_h >= weak.soc_detection_per_h
    assert strong.backups_fail_chance <= weak.backups_fail_chance
    assert strong.backups_lost_chance <= weak.backups_lost_chance
    assert strong.machines_exposed <= weak.machines_exposed
    assert strong.decisions <= weak.decisions
    assert strong.rehearsed >= weak.rehearsed
    assert strong.work <= weak.work


@given(level=st.floats(0, 1))
def test_an_establishments_own_level_stands_before_the_regions(level: float) -> None:
    own = Posture.model_validate(
        {**BASELINE.model_dump(), "establishments": {"750000001": {"directory": level, "source": "audit"}}}
    )
    assert own.at("750000001").directory == level
    assert own.at("750000002").directory == BASELINE.levers.directory.value


def test_no_lever_makes_several_networks_of_one() -> None:
    for name in ("isolated", "baseline", "care-2027"):
        defence = defence_of(load_posture(name).at("750000001"), PARAMETERS)
        assert defence.trusting_chance[Trust.NETWORK] == PARAMETERS.attack.trust_network.value
        assert defence.trusting_chance[Trust.ENTITY] == PARAMETERS.attack.trust_entity.value


def test_trust_is_the_weaker_the_less_those_behind_a_directory_are_one() -> None:
    defence = defence_of(BASELINE.at("750000001"), PARAMETERS)
    chances = {
        trust: reached * defence.trusting_chance[trust] for trust, reached in defence.shared_chance.items()
    }
    one = defence.trusting_chance[Trust.ENTITY]
    chances[Trust.ENTITY] = one * chances[Trust.NETWORK] + (1.0 - one) * chances[Trust.SEPARATE]
    in_order = [chances[trust] for trust in Trust]
    assert in_order == sorted(in_order, reverse=True)
