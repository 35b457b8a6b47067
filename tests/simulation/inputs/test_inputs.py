"""Scenario, posture and parameters: refused whole, with file, line, field and remedy."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from simulation.inputs.library import (
    POSTURES,
    SCENARIOS,
    load_posture,
    load_scenario,
    posture_names,
    scenario_names,
)
from simulation.inputs.parameters.parameters import FOLDER, Parameters, load_parameters
from simulation.inputs.parameters.plausible import Profile
from simulation.inputs.scenarios.scenario import Scenario
from topologies.errors import BadInput, UnknownName
from topologies.fields.quantity import Quantity

SCENARIO = SCENARIOS.file("ransomware-opening-ceremony")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    return path


def test_every_built_in_scenario_and_posture_loads_under_its_own_name() -> None:
    assert [load_scenario(name).name for name in scenario_names()] == scenario_names()
    assert [load_posture(name).name for name in posture_names()] == posture_names()


def test_an_unknown_name_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="ransomware-opening-ceremony"):
        load_scenario("ransomware-opening")
    with pytest.raises(UnknownName, match="prepared"):
        load_posture("prepard")


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ("horizon_h: 720", "horizon_h: 0", "horizon_h"),
        ("held_share_target: 0.9", "held_share_target: 1.9", "held_share_target"),
        ("at_most: 720", "at_most: -1", "thresholds.0.at_most"),
        ("indicator: icu_unmet_patient_h", "indicator: icu_unmet", "thresholds.0.indicator"),
        ("event: paris-2024", "evnt: paris-2024", "evnt"),
    ],
)
def test_a_wrong_field_is_refused_where_it_stands(tmp_path: Path, right: str, wrong: str, field: str) -> None:
    text = SCENARIO.read_text()
    assert right in text
    line = next(n for n, one in enumerate(text.splitlines(), 1) if right in one)
    with pytest.raises(BadInput) as refusal:
        load_scenario(written(tmp_path, text.replace(right, wrong, 1)))
    wheres = [finding.where for finding in refusal.value.findings]
    assert any(f"mine.yaml line {line}," in where and field in where for where in wheres), wheres


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    text = (
        SCENARIO.read_text()
        .replace("horizon_h: 720", "horizon_h: 0")
        .replace("at_most: 720", "at_most: -1", 1)
    )
    with pytest.raises(BadInput) as refusal:
        load_scenario(written(tmp_path, text))
    assert len(refusal.value.findings) == 2


def test_a_payload_before_the_start_or_after_the_horizon_is_refused(scenario: Scenario) -> None:
    for moved in (scenario.start - timedelta(hours=1), scenario.end):
        wave = {**scenario.waves[0].model_dump(), "detonation": {"at": moved}}
        with pytest.raises(ValidationError, match=r"waves\.\{number\}\.\{field\}|detonation"):
            Scenario.model_validate({**scenario.model_dump(), "waves": [wave]})


def test_every_parameter_says_what_it_is_worth(parameters: Parameters) -> None:
    for name, parameter in {**parameters.named, **parameters.quantities}.items():
        assert parameter.source, name
        assert not parameter.assumption or parameter.reason, name
        if isinstance(parameter, Quantity) and not parameter.assumption:
            assert "none" not in parameter.source.lower(), name


def numbers(folder: Path) -> Path:
    """A copy of the files of parameters, to be changed."""
    shutil.copytree(FOLDER, folder, dirs_exist_ok=True)
    return folder


def test_a_parameter_that_the_model_does_not_know_is_refused(tmp_path: Path) -> None:
    with (numbers(tmp_path) / "crisis/attack.yaml").open("a") as file:
        file.write("luck: {value: 1, unit: '1'}\n")
    with pytest.raises(BadInput, match="luck"):
        load_parameters(tmp_path)


def test_a_value_outside_its_own_range_is_refused(tmp_path: Path) -> None:
    file = numbers(tmp_path) / "crisis/attack.yaml"
    file.write_text(file.read_text().replace("value: 0.85", "value: 0.15", 1))
    with pytest.raises(BadInput, match="foothold_success"):
        load_parameters(tmp_path)


def test_a_profile_without_any_weight_is_refused() -> None:
    with pytest.raises(ValidationError, match="all weights are 0"):
        Profile(values=(0.0,) * 24, unit="weight", source="us")


def test_a_posture_without_any_team_is_refused(tmp_path: Path) -> None:
    lines = POSTURES.file("baseline").read_text().splitlines()
    first = lines.index("  teams:")
    for number in range(first, len(lines)):
        if lines[number].startswith(("      value:", "      low:")):
            lines[number] = lines[number].split(":")[0] + ": 0"
    with pytest.raises(BadInput, match="no team can come"):
        load_posture(written(tmp_path, "\n".join(lines)))
