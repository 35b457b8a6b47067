"""Files to deploy with: of their form, and of one mind with the program. No engine is at hand to run them."""

import re
import shlex
from pathlib import Path
from typing import Any

import compose_spec
import pytest
import yaml
from typer.main import get_command

from flows.cli.commands import tocsin
from tests.docs.test_project_files import ROOT

DEPLOY = ROOT / "docs/deploy"
COMPOSE = (DEPLOY / "compose.yaml").read_text("utf-8")


def parsed(written: str) -> compose_spec.PyCompose:
    options = compose_spec.PyOptions()
    options.apply_merge = True
    compose = options.from_yaml(written)
    compose.validate()
    return compose


def test_the_compose_file_is_one_by_its_specification() -> None:
    assert set(parsed(COMPOSE).service_names()) == {
        "database",
        "control-room",
        "scheduler",
        "worker",
        "campaign",
    }


@pytest.mark.parametrize(
    ("right", "wrong"), [("image: postgres", "picture: postgres"), ("[cluster]", "[clutter]")]
)
def test_a_compose_file_that_is_none_would_be_found(right: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=rf"{re.escape(wrong.split(':', maxsplit=1)[0].strip('[]'))}"):
        parsed(COMPOSE.replace(right, wrong))


def test_its_services_give_our_command_options_that_it_has() -> None:
    services: dict[str, Any] = yaml.safe_load(COMPOSE)["services"]
    verbs = get_command(tocsin).commands  # type: ignore[attr-defined]
    for service in ("control-room", "campaign"):
        verb, *rest = services[service]["command"]
        known = {name for parameter in verbs[verb].params for name in parameter.opts}
        assert {each for each in rest if each.startswith("--")} <= known


@pytest.mark.parametrize("name", ["dask-values.yaml", "prefect-values.yaml"])
def test_values_of_charts_are_yaml_with_a_command_that_names_them(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    values = yaml.safe_load(text)
    assert isinstance(values, dict)
    assert "tocsin run" in text


def test_one_image_serves_the_scheduler_and_its_workers() -> None:
    values = yaml.safe_load((DEPLOY / "dask-values.yaml").read_text("utf-8"))
    assert values["scheduler"]["image"] == values["worker"]["image"]
    assert values["worker"]["threads_per_worker"] == 1


def test_the_image_is_built_of_files_that_are_there_from_the_lock_with_dask() -> None:
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    copied = [shlex.split(line)[1:-1] for line in lines if line.startswith("COPY")]
    assert ["docs/deploy/requirements.lock"] in copied
    assert all(Path(ROOT / name).exists() for names in copied for name in names)
    assert "\ndistributed==" in (ROOT / "docs/deploy/requirements.lock").read_text("utf-8")
