"""A template is right as it is, in the language spoken, and overwrites nothing."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from flows.cli.commands.new import Kind, NotWritten, new
from flows.execution.plan import Order, plan_of
from simulation.inputs.library import EVENTS, POSTURES, SCENARIOS, Shelf
from tests.flows.commands import SCENARIO
from topologies.fields.quantity import Input

KINDS: tuple[Kind, ...] = ("posture", "scenario", "event", "region")
SHELVES: tuple[tuple[Kind, Shelf[Input]], ...] = (
    ("posture", POSTURES),
    ("scenario", SCENARIOS),
    ("event", EVENTS),
)


def path_of(kind: str, folder: Path) -> Path:
    return folder / ("ma-region" if kind == "region" else f"mon-{kind}.yaml")


def order(folder: Path, kind: Kind, file: Path) -> Order:
    region, scenario = SCENARIO
    usual = Order(
        region=region,
        scenario=scenario,
        posture="baseline",
        replications=1,
        seed=1,
        store=str(folder / "store"),
        workers=1,
    )
    return {
        "region": replace(usual, region=str(file), scenario="ordinary-month"),
        "scenario": replace(usual, scenario=str(file)),
        "posture": replace(usual, posture=str(file)),
        "event": replace(usual, event=str(file)),
    }[kind]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_template_can_be_run_as_it_is(
    kind: Kind, language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules["flows.cli.commands.new"], "spoken", lambda: language)
    file = path_of(kind, tmp_path)
    new(kind, file)
    campaign = plan_of(order(tmp_path, kind, file)).campaign
    named = {
        "posture": campaign.posture.name,
        "scenario": campaign.scenario.name,
        "event": campaign.scenario.event and campaign.scenario.event.name,
        "region": campaign.region.name,
    }[kind]
    assert named == file.stem
    if kind != "region":
        text = file.read_text("utf-8")
        assert ("région" in text or "autre" in text or "événement" in text) is (language == "fr")


def test_a_new_region_is_three_tables_of_five_columns_at_most(tmp_path: Path) -> None:
    file = path_of("region", tmp_path)
    new("region", file)
    columns = {table.name: table.read_text("utf-8").partition("\n")[0].split(",") for table in file.iterdir()}
    assert sorted(columns) == ["communes.csv", "establishments.csv", "links.csv"]
    assert all(len(each) <= 5 for each in columns.values())


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_there_is_not_overwritten(kind: Kind, tmp_path: Path) -> None:
    file = path_of(kind, tmp_path)
    new(kind, file)
    with pytest.raises(NotWritten, match="exists already"):
        new(kind, file)
    with pytest.raises(NotWritten, match="cannot be written"):
        new(kind, tmp_path / "absent" / file.name)


def test_a_file_that_no_verb_would_take_for_one_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match=r"does not end in \.yaml"):
        new("posture", tmp_path / "posture")
    assert not list(tmp_path.iterdir())


def test_what_a_template_shows_as_a_comment_is_right_too(tmp_path: Path) -> None:
    for kind, shelf in SHELVES:
        file = path_of(kind, tmp_path)
        new(kind, file)
        text = file.read_text("utf-8")
        lines = [uncommented(line) for line in text.splitlines()]
        file.write_text("\n".join(lines).replace(": {}\n", ":\n"), "utf-8")
        assert shelf.load(file).model_dump()["name"] == file.stem


def uncommented(line: str) -> str:
    """What a comment would say, when it is a field or an item and no sentence."""
    inner = line.removeprefix("#").removeprefix(" ") if line.startswith("# ") else line.removeprefix("#")
    field = inner.strip().lstrip("- ").split(" ")[0]
    return inner if line.startswith("#") and field.endswith(":") and not inner[:1].isupper() else line
